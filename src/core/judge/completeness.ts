import { fileName } from "../fileName.ts";
import type { DocumentAt, PathHistory } from "../facts.ts";
import type { Completeness, PlanStatus, StatusStatement } from "../status.ts";
import { newerSummariesThan } from "./verification.ts";
import { isAboutThePhase, saysComplete, saysOpen } from "./statusWords.ts";
import type { Listed } from "./roadmapEntries.ts";
import { count } from "./wording.ts";

/** What the rules look at. */
export interface PhaseFiles {
  readonly directory: string;
  readonly documents: readonly DocumentAt[];
  readonly plans: readonly PlanStatus[];
  readonly roadmap: readonly Listed[];
  readonly statements: readonly StatusStatement[];
  readonly history: PathHistory;
}

/**
 * Whether the phase is complete, by each of the rules that GSD's own commands follow, and by the documents' own words. The rules
 * count files by name, as GSD does; the headline is phasewatch's own answer. Rules: gsd-build/get-shit-done `roadmap.cjs`
 * (cmdRoadmapAnalyze), `commands.cjs` (determinePhaseStatus); open-gsd/gsd-core (`verification.status`, `phase_complete`). GSD's fifth
 * rule looks for cells that its own template never writes, so what documents say stands in its place.
 */
export function completenessOf(phase: PhaseFiles): Completeness[] {
  // In another layout than GSD's its rules have nothing to look at.
  if (phase.documents.some(({ place }) => place.rules)) {
    return [byDocuments(phase)];
  }
  const verified = byVerification(phase);
  return [
    byRoadmap(phase),
    byProgress(phase),
    verified,
    byPhaseComplete(phase, verified),
    byDocuments(phase),
  ];
}

/** Whether two of GSD's rules give different answers; one that gives none disagrees with nobody. */
export function rulesDisagree(rules: readonly Completeness[]): boolean {
  const answers = rules
    .filter(({ definition }) => definition !== "documents")
    .flatMap(({ complete }) => complete ?? []);
  return new Set(answers).size > 1;
}

/** `roadmap analyze`: every file that is called a summary counts, and a ticked box counts for more than all of them. */
function byRoadmap(phase: PhaseFiles): Completeness {
  const { plans, summaries } = countedByName(phase);
  const names = namesIn(phase);
  const onDisk =
    summaries >= plans && plans > 0
      ? "complete"
      : summaries > 0
        ? "partial"
        : plans > 0
          ? "planned"
          : hasSuch(names, "RESEARCH.md")
            ? "researched"
            : hasSuch(names, "CONTEXT.md")
              ? "discussed"
              : "empty";
  const box = phase.roadmap.find(
    ({ phase: entry }) => entry.from === "checklist",
  );
  const forced = box?.phase.checked === true && onDisk !== "complete";
  const files = `${count(summaries, "summary", "summaries")} by name for ${count(plans, "plan", "plans")}`;
  return {
    definition: "roadmap",
    says: forced ? "complete" : onDisk,
    complete: forced || onDisk === "complete",
    why: forced
      ? `${files} would be ${onDisk}; ${fileName(box.path)}:${box.phase.line} is ticked, which decides.`
      : `${files}.`,
  };
}

/** `determinePhaseStatus`, which the progress and stats commands show. */
function byProgress(phase: PhaseFiles): Completeness {
  const { plans, summaries } = countedByName(phase);
  const files = `${count(summaries, "summary", "summaries")} by name for ${count(plans, "plan", "plans")}`;
  const answer = (says: string, why = `${files}.`): Completeness => ({
    definition: "progress",
    says,
    complete: says === "Complete",
    why,
  });
  if (plans === 0) return answer("Pending");
  if (summaries < plans)
    return answer(summaries === 0 ? "Planned" : "In Progress");
  const verification = firstVerification(phase, /(?:^|-)VERIFICATION\.md$/);
  if (!verification) return answer("Executed", `${files}, no verification.`);
  const raw = verification.raw;
  const says =
    raw === "passed"
      ? "Complete"
      : raw === "human_needed"
        ? "Needs Review"
        : "Executed";
  return answer(
    says,
    `${files}; ${fileName(verification.path)} says ${raw === "" ? "nothing" : `“${raw}”`}.`,
  );
}

/** `verification.status`: the first verification by name; found gaps count for more than its age. */
function byVerification(phase: PhaseFiles): Completeness {
  const answer = (
    says: string,
    complete: boolean | null,
    why: string,
  ): Completeness => ({ definition: "verification", says, complete, why });
  const found = firstVerification(phase, /-VERIFICATION\.md$/);
  if (!found) {
    return answer(
      "missing",
      null,
      "No file of the directory is called …-VERIFICATION.md.",
    );
  }
  const { path, raw } = found;
  const name = fileName(path);
  if (raw === "gaps_found") return answer(raw, false, `${name} says so.`);
  const newer = newerSummariesThan(path, phase.documents, phase.history).length;
  const known = raw === "passed" || raw === "human_needed";
  if (known && newer > 0) {
    return answer(
      "stale",
      null,
      `${name} says “${raw}”; ${count(newer, "summary is", "summaries are")} newer.`,
    );
  }
  return known
    ? answer(raw, raw === "passed", `${name} says so.`)
    : answer(
        "unknown",
        null,
        raw === ""
          ? `${name} has no status in its front matter.`
          : `“${raw}” of ${name} is none of GSD's words.`,
      );
}

/** `phase_complete`: every plan has its own summary, and the verification passed. */
function byPhaseComplete(
  { plans }: PhaseFiles,
  verified: Completeness,
): Completeness {
  const live = plans.filter(({ superseded }) => !superseded);
  const paired = live.filter(({ summary }) => summary !== null).length;
  const executed = live.length > 0 && paired === live.length;
  const complete = executed && verified.says === "passed";
  return {
    definition: "phase_complete",
    says: complete ? "complete" : executed ? "executed" : "incomplete",
    complete,
    why: `${paired} of ${count(live.length, "plan has its", "plans have their")} own summary; the verification is ${verified.says}.`,
  };
}

/** What documents about the whole phase say: one word where they agree, both counts where they do not. */
function byDocuments({ statements, documents }: PhaseFiles): Completeness {
  const about = statements.filter(({ path }) =>
    isAboutThePhase(path, documents),
  );
  const done = about.filter(({ says }) => saysComplete(says));
  const open = about.filter(({ says }) => saysOpen(says));
  const cite = (said: readonly StatusStatement[]) =>
    said.map(({ path, line }) => `${fileName(path)}:${line}`).join(", ");
  const agreed = (said: readonly StatusStatement[]) =>
    `${cite(said)} ${said.length === 1 ? "says" : "say"} so.`;
  const answer = (
    says: string,
    complete: boolean | null,
    why: string,
  ): Completeness => ({ definition: "documents", says, complete, why });
  if (done.length === 0 && open.length === 0) {
    return answer(
      "nothing",
      null,
      "No document about the whole phase says whether it is complete.",
    );
  }
  if (open.length === 0) return answer("complete", true, agreed(done));
  if (done.length === 0) return answer("not complete", false, agreed(open));
  return answer(
    "both",
    null,
    `Complete: ${cite(done)}. Not complete: ${cite(open)}.`,
  );
}

/** Names of the files that lie in the directory itself. */
function namesIn({ directory, documents }: PhaseFiles): string[] {
  return documents.flatMap(({ path }) =>
    path === `${directory}/${fileName(path)}` ? [fileName(path)] : [],
  );
}

function countedByName(phase: PhaseFiles): {
  plans: number;
  summaries: number;
} {
  const names = namesIn(phase);
  return {
    plans: names.filter((name) => isSuch(name, "PLAN.md")).length,
    summaries: names.filter((name) => isSuch(name, "SUMMARY.md")).length,
  };
}

function hasSuch(names: readonly string[], ending: string): boolean {
  return names.some((name) => isSuch(name, ending));
}

/** GSD's names: `PLAN.md`, or anything that ends in `-PLAN.md`, case and all. */
function isSuch(name: string, ending: string): boolean {
  return name === ending || name.endsWith(`-${ending}`);
}

/** The verification that comes first by name, and the status in its front matter as written. */
function firstVerification(
  { directory, documents }: PhaseFiles,
  name: RegExp,
): { path: string; raw: string } | null {
  // Documents come in the order of their paths.
  const first = documents.find(
    ({ path }) =>
      path === `${directory}/${fileName(path)}` && name.test(fileName(path)),
  );
  return first
    ? { path: first.path, raw: first.reading.status?.raw ?? "" }
    : null;
}
