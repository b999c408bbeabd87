import type { Artifact } from "../../src/core/artifact.ts";
import type {
  CoverageReport,
  TrendEntry,
} from "../../src/core/coverage/observation.ts";
import type {
  ArtifactVersion,
  DocumentAt,
  Facts,
  Moment,
} from "../../src/core/facts.ts";
import { gatherEvidence } from "../../src/core/judge/evidence.ts";
import { checkFile, questionsOf } from "../../src/core/judge/fileQuestions.ts";
import {
  evidenceFor,
  type PhaseEvidence,
} from "../../src/core/judge/phaseEvidence.ts";
import type { ClaimContext } from "../../src/core/judge/judgement.ts";
import type { PhaseScope } from "../../src/core/judge/scope.ts";
import type { Claim } from "../../src/core/planning/claim.ts";
import { baseOf } from "../../src/core/judge/requiredPath.ts";
import { readInPlace } from "../../src/core/planning/laidOut.ts";
import { detectedLayouts } from "../../src/core/planning/layouts.ts";
import { parsePhaseKey } from "../../src/core/planning/phaseKey.ts";
import type { Target } from "../../src/core/planning/target.ts";
import { readArtifact } from "../../src/core/readArtifact.ts";
import type { TestResults } from "../../src/core/results/testResults.ts";
import { mayBeArtifact } from "../../src/core/watched.ts";
import { reportOf, type Row } from "./reports.ts";

/** One commit of a story. A file is its text, an artifact that was read already, or null when it goes. */
export interface Step {
  readonly files: Readonly<Record<string, string | Artifact | null>>;
  /** `test(19-01): …` names a phase. */
  readonly subject?: string;
  /** An hour after the step before, unless said. */
  readonly at?: string;
}

const { placeOf } = detectedLayouts;

const START = Date.parse("2026-02-18T09:00:00Z");
const HOUR = 3_600_000;

/** The facts about a repository after some commits: read as the program reads them, without Git. */
export function factsOf(
  steps: readonly Step[],
  overrides: Partial<Facts> = {},
): Facts {
  const moments = steps.map((step, position) => momentAt(position, step.at));
  const commit = moments.at(-1) ?? momentAt(0);
  const tree = new Map<string, string>();
  const contents = new Map<string, string | Artifact>();
  const changed = new Map<string, Moment>();
  const began = new Map<string, Moment>();
  const below = new Map<string, Moment>();
  const phases = new Map<string, string | null>();
  const mentions = new Map<string, Moment[]>();
  const versions: ArtifactVersion[] = [];
  steps.forEach(({ files, subject = "" }, index) => {
    const moment = moments[index] ?? commit;
    const key = parsePhaseKey(/\((\d+)/.exec(subject)?.[1] ?? "");
    if (key !== null) mentions.set(key, [...(mentions.get(key) ?? []), moment]);
    for (const [path, content] of Object.entries(files)) {
      changed.set(path, moment);
      phases.set(path, key);
      const directory = placeOf(path)?.directory;
      if (directory) below.set(directory, moment);
      if (content === null) {
        tree.delete(path);
        contents.delete(path);
        continue;
      }
      const blob = `${path}@${index}`;
      tree.set(path, blob);
      contents.set(path, content);
      if (directory && !began.has(directory)) began.set(directory, moment);
      const artifact = artifactIn(path, content);
      if (artifact) {
        versions.push({
          path,
          blob,
          artifact,
          introduced: moment,
          scope: /\(([^()]+)\)/.exec(subject)?.[1] ?? null,
          inTree: false,
        });
      }
    }
  });
  const documents = [...contents].flatMap(([path, content]): DocumentAt[] => {
    const place = placeOf(path);
    return place && typeof content === "string"
      ? [
          {
            path,
            blob: tree.get(path) ?? "",
            place,
            reading: readInPlace(place, content),
          },
        ]
      : [];
  });
  const questions = questionsOf(
    documents.flatMap(({ place, reading }) =>
      reading.plan ? { plan: reading.plan, base: baseOf(place.root) } : [],
    ),
    tree,
  );
  return {
    repository: "acme/shop",
    commit,
    tree,
    documents,
    artifacts: versions.map((version) => ({
      ...version,
      inTree: tree.get(version.path) === version.blob,
    })),
    history: {
      lastChange: (path) => changed.get(path) ?? null,
      firstBelow: (directory) => began.get(directory) ?? null,
      lastBelow: (directory) => below.get(directory) ?? null,
      phaseOfLastChange: (path) => phases.get(path) ?? null,
      mentions: (key) => mentions.get(key) ?? [],
    },
    fileChecks: new Map(
      questions.flatMap((question) => {
        const text = contents.get(question.path);
        return typeof text === "string"
          ? [[question.path, checkFile(text, question)] as const]
          : [];
      }),
    ),
    findings: [],
    ...overrides,
  };
}

/** The commit of a step. */
export function momentAt(position: number, at?: string): Moment {
  return {
    sha: `${position}`.padStart(2, "0").repeat(20),
    at: at ?? new Date(START + position * HOUR).toISOString(),
    position,
  };
}

function artifactIn(path: string, content: string | Artifact): Artifact | null {
  if (typeof content !== "string") return content;
  return mayBeArtifact(path) && !placeOf(path)
    ? readArtifact(path, new TextEncoder().encode(content))
    : null;
}

/** What the steps of a story hold as evidence for a phase: phase 19, begun with the first step, unless said. */
export function evidenceOf(
  steps: readonly Step[],
  scope: Partial<PhaseScope> = {},
): PhaseEvidence {
  return evidenceFor(
    {
      key: "19",
      start: momentAt(0),
      documents: [],
      ...scope,
    },
    gatherEvidence(factsOf(steps)),
  );
}

/** A coverage report as an artifact. */
export function coverage(
  rows: readonly Row[],
  overrides: Partial<CoverageReport> = {},
): Artifact {
  return { kind: "coverage", report: reportOf(rows, overrides) };
}

/** A trend file with entries of phase 19, unless they say otherwise. */
export function trend(...entries: Partial<TrendEntry>[]): Artifact {
  return {
    kind: "trend",
    trend: {
      format: "trend-history",
      entries: entries.map((entry) => ({
        at: null,
        phase: "19",
        plan: null,
        scope: null,
        percent: null,
        lines: null,
        files: [],
        tests: null,
        trust: "measured",
        trustWhy: null,
        ...entry,
      })),
      findings: [],
    },
  };
}

/** The tests of a trend entry: 91 of 130 pass, 39 fail. */
export function counted(
  overrides: Partial<NonNullable<TrendEntry["tests"]>> = {},
): Partial<TrendEntry> {
  return {
    tests: {
      passed: 91,
      failed: 39,
      errors: null,
      skipped: null,
      total: 130,
      passRate: null,
      ...overrides,
    },
  };
}

/** A finished test run; 91 passed, 29 failed and 10 errors, unless said. */
export function results(overrides: Partial<TestResults> = {}): Artifact {
  const run = { passed: 91, failed: 29, errors: 10, skipped: 0, ...overrides };
  const ran = run.passed + run.failed + run.errors;
  return {
    kind: "results",
    results: {
      format: "pytest-log",
      flaky: 0,
      total: ran + run.skipped,
      passRate: ran === 0 ? null : (run.passed / ran) * 100,
      durationSeconds: null,
      failures: [],
      complete: true,
      findings: [],
      ...run,
    },
  };
}

/** Overall coverage of at least 50 %, as a document sets it. */
export function aTarget(overrides: Partial<Target> = {}): Target {
  return {
    metric: "coverage",
    subject: "overall",
    each: false,
    aspect: null,
    op: ">=",
    value: 50,
    upper: null,
    unit: "%",
    from: null,
    tolerance: null,
    orDocumented: false,
    text: "Overall coverage reaches 50 %",
    path: ".planning/phases/19-push/19-01-PLAN.md",
    line: 12,
    ...overrides,
  };
}

/** Overall coverage of 55.3 %, as a summary claims it. */
export function aClaim(overrides: Partial<Claim> = {}): Claim {
  return {
    metric: "coverage",
    subject: "overall",
    value: 55.3,
    upper: null,
    unit: "%",
    fraction: null,
    tolerance: 0.05,
    atLeast: false,
    estimated: false,
    historic: false,
    aspect: null,
    text: "Overall coverage: 55.3 %",
    path: ".planning/phases/19-push/19-01-SUMMARY.md",
    line: 20,
    ...overrides,
  };
}

/** When the document of a claim was written: as the tenth commit, alone, with nothing finished since anything was measured. */
export function aContext(overrides: Partial<ClaimContext> = {}): ClaimContext {
  return {
    written: momentAt(9),
    workBegan: momentAt(0),
    directory: ".planning/phases/19-push",
    plan: null,
    plans: null,
    alone: true,
    finishedSince: () => false,
    counts: [],
    wholes: [],
    combined: [],
    ...overrides,
  };
}
