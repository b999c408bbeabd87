import type {
  RequirementStatus,
  StatusStatement,
  TargetVerdict,
} from "../status.ts";
import type { PhaseEvidence } from "./phaseEvidence.ts";
import {
  listsFor,
  mappedTo,
  rivalsInRoot,
  spoken,
  type RequirementFacts,
  type Sources,
  type Spoken,
} from "./requirementSources.ts";
import { answeringTarget, type Answering } from "./requirementTarget.ts";
import { documentsWord, type Word } from "./requirementWord.ts";

/**
 * The requirements that a phase is to fulfil, each with what documents say of it and with what answers it: a measured target that
 * carries its id or that its text sets; else the documents' own word, by the three sources of GSD's milestone audit
 * (../shared/research/gsd.md §1.4), and named as that. Ordered by id.
 */
export function judgeRequirements(
  facts: RequirementFacts,
  evidence: PhaseEvidence,
): RequirementStatus[] {
  const { documents, key } = facts;
  const rivals = rivalsInRoot(facts);
  const own = documents.flatMap(spoken);
  const lists = listsFor(facts).map(spoken);
  const [first = []] = lists;
  const mapped = mappedTo(facts, rivals);
  const here = new Set(
    [
      ...mapped,
      ...own.filter(({ role }) => role !== "named"),
      ...first.filter(({ phase }) => phase === key && rivals.length === 0),
    ].map(({ id }) => id),
  );
  const byId = (mentions: readonly Spoken[]) =>
    Map.groupBy(mentions, ({ id }) => id);
  const listed = lists.map(byId);
  const [ofOwn, ofMapped] = [byId(own), byId(mapped)];
  for (const id of ofOwn.keys()) {
    if (listed.some((list) => list.has(id))) here.add(id);
  }
  return [...here]
    .toSorted((a, b) => a.localeCompare(b, "en", { numeric: true }))
    .map((id) =>
      judgeOne(
        id,
        {
          own: ofOwn.get(id) ?? [],
          listed: listed.find((list) => list.has(id))?.get(id) ?? [],
          mapped: ofMapped.get(id) ?? [],
        },
        facts,
        evidence,
      ),
    );
}

function judgeOne(
  id: string,
  sources: Sources,
  facts: RequirementFacts,
  evidence: PhaseEvidence,
): RequirementStatus {
  const { own, listed, mapped } = sources;
  const defining =
    listed.find(({ role }) => role === "defined") ??
    mapped.find(({ text }) => text !== null) ??
    own.find(({ role, text }) => role === "verified" && text !== null) ??
    own.find(({ text }) => text !== null);
  const place = defining ?? listed[0] ?? mapped[0] ?? own[0];
  const says = [...listed, ...own].flatMap((mention) => wordOf(mention, facts));
  const answering = answeringTarget(id, defining, facts, evidence);
  const word = documentsWord(sources, facts);
  return {
    id,
    text: defining?.text ?? "",
    path: place?.path ?? "",
    line: place?.line ?? 1,
    plans: plansOf(own),
    says,
    ...answerOf(answering, word),
  };
}

/** Where a target answers without a measurement, the documents' word is told beside it. */
function answerOf(
  answering: Answering | null,
  word: Word,
): Pick<RequirementStatus, "verdict" | "target" | "why"> {
  if (!answering) return { ...word, target: null };
  const { target, settles, criteria } = answering;
  if (!settles) {
    return {
      verdict: word.verdict,
      target,
      why: `${word.why} One of its ${criteria} criteria is measurable: ${target.why}`,
    };
  }
  const open = !MEASURED.has(target.verdict) && word.verdict !== "unknown";
  return {
    verdict: target.verdict,
    target,
    why: open ? `${target.why} ${word.why}` : target.why,
  };
}

const MEASURED: ReadonlySet<TargetVerdict> = new Set([
  "met",
  "missed",
  "above_range",
  "documented",
]);

function plansOf(own: readonly Spoken[]): string[] {
  const plans = own.flatMap(({ role, planId }) =>
    planId !== null &&
    (role === "claimed" || role === "promised" || role === "named")
      ? planId
      : [],
  );
  return [...new Set(plans)];
}

function wordOf(
  { role, says, path, line }: Spoken,
  { history, commit }: RequirementFacts,
): StatusStatement[] {
  const word = role === "completed" ? "listed as completed" : says;
  const { at } = history.lastChange(path) ?? commit;
  return word ? [{ path, line, says: word, at }] : [];
}
