import { z } from "zod";
import type { Finding } from "../../finding.ts";
import { isJsonObject, type JsonDocument } from "../../jsonText.ts";
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

const Metric = z
  .object({
    total: count,
    covered: count,
    // "Unknown" stands for 0 of 0.
    pct: z.union([z.number(), z.literal("Unknown")]).optional(),
  })
  .refine(({ covered, total }) => covered <= total);

/** https://github.com/istanbuljs/istanbuljs/blob/main/packages/istanbul-lib-coverage/lib/coverage-summary.js */
const Summary = z.object({
  lines: Metric,
  statements: Metric.optional().catch(undefined),
  branches: Metric.optional().catch(undefined),
  functions: Metric.optional().catch(undefined),
});
type Summary = z.infer<typeof Summary>;

/** Reads Istanbul's `coverage-summary.json` (nyc, c8, Jest, Vitest), or null when it is something else. */
export function readIstanbulSummary(
  path: string,
  { value: root }: JsonDocument,
): CoverageReport | null {
  if (!isJsonObject(root)) return null;
  const total = Summary.safeParse(root["total"]).data;
  if (total === undefined) return null;

  const findings: Finding[] = [];
  const doubts: Doubts = { estimated: [], inconsistent: [] };
  const files: FileCoverage[] = [];
  let sum = NOTHING;
  let skipped = 0;
  for (const [file, entry] of Object.entries(root)) {
    if (file === "total" || !isJsonObject(entry)) continue;
    const name = file.replaceAll("\\", "/");
    const summary = Summary.safeParse(entry).data;
    if (summary === undefined) {
      skipped++;
      findings.push({
        kind: "structure",
        path,
        line: null,
        message: `${name} has no line counts that can be counts; it is left out.`,
      });
      continue;
    }
    const lines = countsOf(summary.lines);
    doubts.inconsistent.push(...disagreements(name, summary));
    sum = plus(sum, lines);
    files.push({
      path: name,
      ...lines,
      branches: summary.branches ? countsOf(summary.branches) : null,
    });
  }

  const lines = countsOf(total.lines);
  doubts.inconsistent.push(...disagreements("The report", total));
  if (skipped > 0) {
    doubts.inconsistent.push(
      `${skipped} of its files cannot be read, so its total cannot be checked.`,
    );
  } else if (files.length > 0 && !same(lines, sum)) {
    doubts.inconsistent.push(
      `Its total says ${countsText(lines)} lines, but its files add up to ${countsText(sum)}.`,
    );
  }
  const said = saysEstimated(root);
  if (said !== null) doubts.estimated.push(`It is an estimate: ${said}.`);
  const { trust, trustWhy, findings: doubtful } = judgeTrust(doubts);
  return {
    format: "istanbul-summary",
    tool: null,
    basis: "line",
    trust,
    trustWhy,
    percent: statedPercent(total.lines) ?? percentCovered(lines),
    totals: {
      lines,
      statements: total.statements ? countsOf(total.statements) : null,
      branches: total.branches ? countsOf(total.branches) : null,
      functions: total.functions ? countsOf(total.functions) : null,
    },
    files,
    measuredAt: null,
    findings: [
      ...doubtful.map((finding) => ({ ...finding, path, line: null })),
      ...findings,
    ],
  };
}

function countsOf({ covered, total }: Counts): Counts {
  return { covered, total };
}

/** Istanbul writes 100 for 0 of 0, or "Unknown"; neither is a measurement. */
function statedPercent({ pct, total }: z.infer<typeof Metric>): number | null {
  return total === 0 || typeof pct !== "number" || pct < 0 || pct > 100
    ? null
    : pct;
}

function disagreements(name: string, summary: Summary): string[] {
  const problems: string[] = [];
  for (const key of ["lines", "statements", "branches", "functions"] as const) {
    const metric = summary[key];
    if (typeof metric?.pct !== "number") continue;
    const counted = contradiction(metric.pct, metric);
    if (counted === null) continue;
    problems.push(
      `${name} says ${percentText(metric.pct)} of its ${key}, but ${counted}.`,
    );
  }
  return problems;
}
