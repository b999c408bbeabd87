import type { Finding } from "../../finding.ts";
import {
  isJsonObject,
  type JsonDocument,
  type JsonObject,
} from "../../jsonText.ts";
import { percentCovered, type Counts } from "../counts.ts";
import type { CoverageReport, FileCoverage } from "../observation.ts";
import { NOTHING, plus } from "./numbers.ts";
import { judgeTrust } from "./trust.ts";

interface FileMeasure {
  readonly lines: Counts;
  readonly statements: Counts;
  readonly branches: Counts;
  readonly functions: Counts;
}

/**
 * Reads Istanbul's `coverage-final.json` (nyc, c8, Jest, Vitest), or null when it is something else. It holds hits, so everything is
 * counted here as istanbul-lib-coverage does:
 * https://github.com/istanbuljs/istanbuljs/blob/main/packages/istanbul-lib-coverage/lib/file-coverage.js
 */
export function readIstanbulFinal(
  path: string,
  { value: root }: JsonDocument,
): CoverageReport | null {
  if (!isJsonObject(root)) return null;
  const entries = Object.entries(root);
  if (!entries.some(([, entry]) => hasStatements(entry))) return null;

  const findings: Finding[] = [];
  const files: FileCoverage[] = [];
  let lines = NOTHING;
  let statements = NOTHING;
  let branches = NOTHING;
  let functions = NOTHING;
  for (const [key, entry] of entries) {
    const measure = hasStatements(entry) ? measureOf(entry) : null;
    const name = nameOf(key, entry);
    if (measure === null) {
      findings.push({
        kind: "structure",
        path,
        line: null,
        message: `${name} has no statements (statementMap and s) with numbers of hits; it is left out.`,
      });
      continue;
    }
    files.push({
      path: name,
      ...measure.statements,
      branches: measure.branches,
    });
    lines = plus(lines, measure.lines);
    statements = plus(statements, measure.statements);
    branches = plus(branches, measure.branches);
    functions = plus(functions, measure.functions);
  }
  const left = findings.length;
  const { trust, trustWhy } = judgeTrust({
    estimated: [],
    inconsistent:
      left === 0
        ? []
        : [`${left} of its files cannot be read, so its totals are too small.`],
  });
  return {
    format: "istanbul-final",
    tool: null,
    basis: "statement",
    trust,
    trustWhy,
    percent: percentCovered(statements),
    totals: { lines, statements, branches, functions },
    files,
    measuredAt: null,
    findings,
  };
}

interface WithStatements extends JsonObject {
  readonly statementMap: JsonObject;
  readonly s: JsonObject;
}

function hasStatements(entry: unknown): entry is WithStatements {
  return (
    isJsonObject(entry) &&
    isJsonObject(entry["statementMap"]) &&
    isJsonObject(entry["s"])
  );
}

function nameOf(key: string, entry: unknown): string {
  const path = isJsonObject(entry) ? entry["path"] : undefined;
  return (typeof path === "string" ? path : key).replaceAll("\\", "/");
}

/** Null when a number of hits is none. */
function measureOf(entry: WithStatements): FileMeasure | null {
  const statements = Object.entries(entry.s);
  const branches: unknown[] = isJsonObject(entry["b"])
    ? Object.values(entry["b"]).flat()
    : [];
  const functions: unknown[] = isJsonObject(entry["f"])
    ? Object.values(entry["f"])
    : [];
  if (
    !statements.every(hasHits) ||
    !branches.every(isHits) ||
    !functions.every(isHits)
  ) {
    return null;
  }
  return {
    lines: countHits(lineHits(entry.statementMap, statements)),
    statements: countHits(statements.map(([, hits]) => hits)),
    branches: countHits(branches),
    functions: countHits(functions),
  };
}

function isHits(value: unknown): value is number {
  return typeof value === "number" && value >= 0;
}

function hasHits(statement: [string, unknown]): statement is [string, number] {
  return isHits(statement[1]);
}

/** A line has the hits of the statement that begins on it, the greatest where several do. */
function lineHits(
  statementMap: JsonObject,
  statements: readonly (readonly [string, number])[],
): number[] {
  const lines = new Map<number, number>();
  for (const [id, hits] of statements) {
    const statement = statementMap[id];
    const start = isJsonObject(statement) ? statement["start"] : undefined;
    const line = isJsonObject(start) ? start["line"] : undefined;
    if (typeof line !== "number") continue;
    lines.set(line, Math.max(lines.get(line) ?? 0, hits));
  }
  return [...lines.values()];
}

function countHits(hits: readonly number[]): Counts {
  return {
    covered: hits.filter((count) => count > 0).length,
    total: hits.length,
  };
}
