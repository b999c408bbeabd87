import type { Context } from "./context.ts";
import { MAX_SUBJECT } from "./draft.ts";
import { SOURCE_FILE, onlyFile } from "./fileNames.ts";
import { OTHER_THINGS } from "./metricNames.ts";
import { clauseBefore, isName, subjectIn } from "./nounPhrase.ts";
import type { Spot } from "./spot.ts";
import { isWhole } from "./wholeLabels.ts";
import { bare, cut } from "./words.ts";

/** What a coverage is of: what is named behind the number, then before it, then around it; null where it is no code. */
export function coverageSubject(spot: Spot, context: Context): string | null {
  const { after, upTo, next } = spot;
  // In "0% → 33% overall coverage" the words behind the last number are about both.
  const behind = namedBehind(
    next && /^\s*(?:→|to)\s*$/.test(after) ? next : spot,
  );
  if (behind !== undefined) return behind;
  const clause = clauseBefore(upTo);
  if (SOURCE_FILE.test(clause)) return onlyFile(clause) ?? "unnamed";
  if (isWhole(clause)) return "overall";
  const label = subjectIn(clause);
  if (label !== null && isName(label)) return label;
  // Two files before the number: it may be either's.
  if (SOURCE_FILE.test(upTo)) return onlyFile(upTo) ?? "unnamed";
  if (
    isWhole(upTo) &&
    !/,|;/.test(upTo.slice(upTo.toLowerCase().lastIndexOf("overall")))
  )
    return "overall";
  return context.subject ?? "unnamed";
}

/** "… 53 % overall coverage", "… 84% coverage on models.py", "… 74% desktop": undefined where nothing is named, null where it is no code. */
function namedBehind({ tail, after }: Spot): string | null | undefined {
  const own =
    /^\W{0,3}((?:[\w&/.-]+ ){0,4}?)(?:coverage|covered)\b\s*(?:(?:achieved |reached )?(?:on|of|for|in|across|to)\s+([^,;()→]{2,80}))?/i.exec(
      tail,
    );
  if (own) {
    const scope = own[2];
    if (scope !== undefined) {
      if (OTHER_THINGS.test(scope)) return null;
      const thing = scope.split(SCOPE_END)[0] ?? "";
      if (SOURCE_FILE.test(thing)) {
        return onlyFile(thing) ?? cut(bare(thing), MAX_SUBJECT);
      }
      if (isWhole(`${own[1] ?? ""} ${scope}`)) return "overall";
      const noun = subjectIn(thing);
      if (noun !== null && !/\b(?:plans?|phases?|runs?)$/i.test(noun))
        return noun;
    }
    const kind = own[1] ?? "";
    if (isWhole(kind)) return "overall";
    return subjectIn(kind) ?? undefined;
  }
  if (/^\W{0,3}overall\b(?! average)/i.test(after)) return "overall";
  const only = /^\s*\(([\w ]{2,40}) only\)/i.exec(after)?.[1];
  if (only !== undefined) return only;
  const platform = /^\W{0,3}(desktop|mobile|frontend|backend)\b/i.exec(
    tail,
  )?.[1];
  if (platform !== undefined) return platform;
  const span = /^\W{0,3}across\s+([^,;()]{2,60})/i.exec(tail)?.[1];
  if (span !== undefined)
    return subjectIn(span.split(SCOPE_END)[0] ?? "") ?? "unnamed";
  const file = /^\W{0,3}(?:for|on|in)\s+(\S+)/i.exec(tail)?.[1] ?? "";
  return onlyFile(file) ?? undefined;
}

/** Where "coverage on X" has said its X. */
const SCOPE_END =
  /\s(?:but|with|which|that|using|via|is|was|while|by|exceed\w*|vs|from|to|at|despite|as|after|so)\s/i;
