import { z } from "zod";
import type { Finding, FindingKind } from "../../finding.ts";
import {
  isJsonObject,
  type JsonDocument,
  type JsonObject,
} from "../../jsonText.ts";
import { percentCovered, type Counts } from "../counts.ts";
import type { CoverageReport, FileCoverage } from "../observation.ts";
import {
  contradiction,
  countsText,
  NOTHING,
  percentText,
  plus,
  same,
} from "./numbers.ts";
import { judgeTrust, saysEstimated, type Doubts } from "./trust.ts";

const count = z.int().nonnegative();

/** https://coverage.readthedocs.io/en/latest/commands/cmd_json.html: the summary of a file and the totals are alike. */
const Summary = z
  .object({
    covered_lines: count,
    num_statements: count,
    percent_covered: z.number().min(0).max(100).optional(),
    covered_branches: count.default(0),
    num_branches: count.optional(),
  })
  .refine(
    (summary) =>
      summary.covered_lines <= summary.num_statements &&
      summary.covered_branches <= (summary.num_branches ?? 0),
  );

const Meta = z.object({
  version: z.string().max(100).nullable().catch(null),
  timestamp: z.string().max(100).nullable().catch(null),
});

interface Measure {
  readonly lines: Counts;
  readonly branches: Counts | null;
  readonly percent: number | null;
}

/**
 * Reads `coverage json` of coverage.py (formats 1 to 3), or null when it is something else. `percent_covered` folds branches in when
 * they were measured: (lines + branches) / (statements + branches), which is why such a report has the basis `line+branch`.
 */
export function readCoveragePy(
  path: string,
  document: JsonDocument,
): CoverageReport | null {
  const root = document.value;
  if (!isJsonObject(root) || !isJsonObject(root["files"])) return null;
  if (!looksLikeCoveragePy(root, root["files"])) return null;

  const findings: Finding[] = [];
  const tell = (kind: FindingKind, message: string): void => {
    findings.push({ kind, path, line: null, message });
  };
  const doubts: Doubts = { estimated: [], inconsistent: [] };

  const measured: (readonly [file: string, measure: Measure])[] = [];
  let skipped = 0;
  let withLines = 0;
  for (const [file, entry] of Object.entries(root["files"])) {
    const name = file.replaceAll("\\", "/");
    const measure = isJsonObject(entry) ? measureOf(entry["summary"]) : null;
    if (!isJsonObject(entry) || measure === null) {
      skipped++;
      tell(
        "structure",
        `${name} has no summary with covered_lines and num_statements that can be counts; it is left out.`,
      );
      continue;
    }
    if (Array.isArray(entry["executed_lines"])) withLines++;
    const why = disagreement(name, measure);
    if (why !== null) doubts.inconsistent.push(why);
    measured.push([name, measure]);
  }

  const sums = sumOf(measured.map(([, measure]) => measure));
  const totals = measureOf(root["totals"]);
  if (totals === null) {
    doubts.inconsistent.push(
      "It has no totals that can be counts, so its files were added up.",
    );
  } else {
    const why = disagreement("The report", totals);
    if (why !== null) doubts.inconsistent.push(why);
    doubts.inconsistent.push(
      ...(skipped === 0
        ? sumProblems(totals, sums)
        : [
            `${skipped} of its files cannot be read, so its totals cannot be checked.`,
          ]),
    );
  }
  const overall = totals ?? sums;
  doubts.estimated.push(
    ...signsOfHand(root, document, {
      files: measured.length,
      withLines,
      measures: [overall, ...measured.map(([, measure]) => measure)],
    }),
  );

  const { trust, trustWhy, findings: doubtful } = judgeTrust(doubts);
  for (const { kind, message } of doubtful) tell(kind, message);
  const meta = Meta.safeParse(root["meta"]).data;
  return {
    format: "coverage.py",
    tool: meta?.version == null ? null : `coverage.py ${meta.version}`,
    basis: overall.branches === null ? "line" : "line+branch",
    trust,
    trustWhy,
    percent: folded(overall).total === 0 ? null : percentOf(overall),
    totals: {
      lines: overall.lines,
      statements: null,
      branches: overall.branches,
      functions: null,
    },
    files: measured.map(([name, { lines, branches }]): FileCoverage => {
      return { path: name, ...lines, branches };
    }),
    measuredAt: meta?.timestamp ?? null,
    findings,
  };
}

function looksLikeCoveragePy(root: JsonObject, files: JsonObject): boolean {
  const totals = root["totals"];
  if (isJsonObject(totals)) {
    return "num_statements" in totals || "covered_lines" in totals;
  }
  const [first] = Object.values(files);
  return (
    isJsonObject(first) &&
    isJsonObject(first["summary"]) &&
    "num_statements" in first["summary"]
  );
}

function measureOf(summary: unknown): Measure | null {
  const { data } = Summary.safeParse(summary);
  if (data === undefined) return null;
  return {
    lines: { covered: data.covered_lines, total: data.num_statements },
    branches:
      data.num_branches === undefined
        ? null
        : { covered: data.covered_branches, total: data.num_branches },
    percent: data.percent_covered ?? null,
  };
}

function folded({ lines, branches }: Measure): Counts {
  return branches === null ? lines : plus(lines, branches);
}

function percentOf(measure: Measure): number | null {
  return measure.percent ?? percentCovered(folded(measure));
}

function disagreement(name: string, measure: Measure): string | null {
  if (measure.percent === null) return null;
  const counted = contradiction(measure.percent, folded(measure));
  return counted === null
    ? null
    : `${name} says ${percentText(measure.percent)}, but ${counted}.`;
}

function sumOf(measures: readonly Measure[]): Measure {
  let lines = NOTHING;
  let branches: Counts | null = null;
  for (const measure of measures) {
    lines = plus(lines, measure.lines);
    if (measure.branches !== null) {
      branches = plus(branches ?? NOTHING, measure.branches);
    }
  }
  return { lines, branches, percent: null };
}

function sumProblems(totals: Measure, sums: Measure): string[] {
  const pairs = [
    ["lines", totals.lines, sums.lines],
    ["branches", totals.branches ?? NOTHING, sums.branches ?? NOTHING],
  ] as const;
  return pairs
    .filter(([, total, sum]) => !same(total, sum))
    .map(
      ([unit, total, sum]) =>
        `Its totals say ${countsText(total)} ${unit}, but its files add up to ${countsText(sum)}.`,
    );
}

/** What coverage.py never writes, and people and scripts do. */
function signsOfHand(
  root: JsonObject,
  { duplicateKeys }: JsonDocument,
  seen: {
    readonly files: number;
    readonly withLines: number;
    readonly measures: readonly Measure[];
  },
): string[] {
  const signs: string[] = [];
  const said = saysEstimated(root);
  if (said !== null) signs.push(`It is an estimate: ${said}.`);
  if (!isJsonObject(root["meta"])) {
    signs.push("It has no meta block, which coverage.py always writes.");
  }
  if (seen.files > 0 && seen.withLines === 0) {
    signs.push("No file lists its executed lines.");
  }
  const [duplicate] = duplicateKeys;
  if (duplicate !== undefined) {
    signs.push(
      `The key “${duplicate.key}” is there twice in one object (line ${duplicate.line}).`,
    );
  }
  if (isRounded(seen.measures)) {
    signs.push(
      "All its percentages are rounded, and coverage.py does not round.",
    );
  }
  return signs;
}

function isRounded(measures: readonly Measure[]): boolean {
  let rounded = false;
  for (const measure of measures) {
    const exact = percentCovered(folded(measure));
    if (measure.percent === null || exact === null) continue;
    const hundredths = measure.percent * 100;
    if (Math.abs(hundredths - Math.round(hundredths)) > 1e-6) return false;
    if (Math.abs(measure.percent - exact) > 1e-6) rounded = true;
  }
  return rounded;
}
