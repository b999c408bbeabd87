import { MAX_SUBJECT } from "./draft.ts";
import { ARTIFACT, onlyFile } from "./fileNames.ts";
import { bare, cut } from "./words.ts";

/** The text since the last comma or dash; what an open bracket explains belongs to it. */
export function clauseBefore(text: string): string {
  const open = text.lastIndexOf("(");
  const shut = text.lastIndexOf(")");
  const inner = open > shut ? text.slice(open + 1) : text;
  const own = lastClause(inner);
  if (open <= shut || subjectIn(own) !== null) return own;
  return lastClause(text.slice(0, open));
}

function lastClause(text: string): string {
  return (
    text
      .replace(/\([^()]*\)/g, " ")
      .split(/[,;→]\s|%\)?[^%]{0,60}?\band\s|\s[-–—]\s|\bbut\b/)
      .at(-1) ?? ""
  );
}

const FILLER =
  /\b(?:test|tests|code|line|lines|branch|branches|statement|statements|function|coverage|covered|current|currently|actual|actually|final|measured|measurement|achieved|achieves?|achievement|reached|reaches|reaching|result|results|value|after|before|baseline|new|now|is|are|was|were|at|of|the|an?|to|from|up|down|by|increased|increases|increase|improved|improves|shows?|for|on|in|with|has|have|total|percent|pass(?:ing)?|rate|report|metrics?|reports|only|all|our|and|status|starting|ending|average|avg|mean|measurable|amount|added|and|or|confirms?|confirmed|generated|documented|created|gives?|claims?|claimed|estimated|est|approximately|extended|exceeds?|exceeded|increasing|unit|well|approx|comprehensive|successfully|high|yes|ok|remains?|still|stands?|expanded|significant|improvement|change|delta|overall|previous|previously|initial|summary|post|pre|it|this|that|these|those|as|via|data|number|numbers|ranges?|weighted|tracked|reduced|maintained|improving|verified|corrected|updated|accurate|recorded|went|rose|grew|fell|climbed|dropped|expected|comprehensive|realistic|maintaining|then|targets?|goals?)\b/gi;

/** The noun that a label or scope names once metric words and fillers are taken away; null where nothing is left. */
export function subjectIn(label: string): string | null {
  const words = bare(label)
    .replace(/[:=]\s*$/, "")
    .trim();
  const file = onlyFile(words);
  if (file !== null) return file;
  if (words.length > MAX_SUBJECT || /[.!?]\s/.test(words)) return null;
  if (
    /%|\bwith\b/.test(
      words.replace(/\s*[≥>~]{0,2}=?\s*\d+(?:-\d+)?\s?%\+?.*$/, ""),
    )
  )
    return null;
  if (ARTIFACT.test(words)) return null;
  const rest = words
    .replace(FILLER, " ")
    .replace(/[^\p{L}\d&/_.-]+/gu, " ")
    .trim();
  if (
    !/\p{L}{2}/u.test(rest) ||
    /^(?:task|step|item|phase|plan|wave|run|note|issue|fix|impact|key|reason)\b[\s\d.-]*$/i.test(
      rest,
    )
  )
    return null;
  if (rest.split(" ").length > 5) return null;
  if (
    /\b(?:not|entry|if|that|which|when|despite|because|files? with)\b/i.test(
      words,
    )
  )
    return null;
  const object =
    /\b(?:tests?|coverage|report|baseline)\s+(?:for|of|on)\s+(?:the\s+)?(\S+(?: \S+){0,3})$/i.exec(
      words,
    )?.[1];
  if (object !== undefined) return cut(object, MAX_SUBJECT);
  const trimmed = words
    .replace(
      /^(?:(?:the|a|an|all|our|current|final|measured|actual|achieved|overall|average|on|for|of|in|with|baseline)\s+)+/i,
      "",
    )
    .replace(
      /(?:\s+(?:test|code|line|branch|statement|function|unit))?\s+(?:coverage|pass rate)\b.*$/i,
      "",
    )
    .replace(
      /\s+(?:achiev\w+|reach\w*|has|have|is|are|at|now|from|increas\w*|improv\w*|to|of|shows?)\b.*$/i,
      "",
    )
    .replace(/\s*[≥>~]{0,2}=?\s*\d+(?:-\d+)?\s?%.*$/, "")
    .replace(/[.:\s-]+$/, "")
    .trim();
  return trimmed === "" || !/\p{L}{2}/u.test(trimmed)
    ? cut(rest, MAX_SUBJECT)
    : cut(trimmed, MAX_SUBJECT);
}

/** A noun phrase and no piece of a sentence ("generated", "28 tests pass"). */
export function isName(label: string): boolean {
  return !/^(?:and|or|so|both|\d+)\b|[:!?]|^(?:\w+ed|achieving|enabling|resulting|reaching|bringing|showing|including|starting|calculating|adding|increasing|covering|being|having|chasing)\b|\b(?:lines|showing|shows|impact|contribution|reality|targets?|math|timeline|goal|file|files|percentage|document(?:s|ed)?|avoids|build|delivered|receive|contains?|while|deviation|note|milestone|initiative|pattern|excellent|good|moderate|state|key|why|here|module|starting|nearly|tests? pass|tested|resulting|established|critical\]|\w+n't|cannot)\b|^(?:no|yes|test|coverage|missing|additional|started|ended)$/i.test(
    label,
  );
}
