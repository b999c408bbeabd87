import type { Finding } from "../../finding.ts";
import { isJsonObject, type JsonObject } from "../../jsonText.ts";
import { formatCount, percentCovered, type Counts } from "../counts.ts";
import type { TrendEntry } from "../observation.ts";
import {
  asCount,
  asCounts,
  asPercent,
  contradiction,
  percentText,
  writtenTolerance,
} from "./numbers.ts";
import { saysEstimated } from "./trust.ts";

/** Where an entry stands, for the findings about it. */
export interface Place {
  readonly path: string;
  /** `phases[2]`, as a person would look for it. */
  readonly name: string;
  readonly findings: Finding[];
}

const PERCENT = [
  "overall_coverage",
  "coverage_pct",
  "coverage_percent",
  "coverage_percentage",
  "overall_percent",
  "overall_pct",
  "total_coverage",
  "line_coverage",
  "percent_covered",
  "coverage",
];
/** Says what it is a percentage of only where the place does: in a module, in a file, in a dated run. */
const BARE_PERCENT = ["percent", "pct"];
const COVERED = ["lines_covered", "covered_lines", "covered"];
const TOTAL = [
  "lines_total",
  "total_lines",
  "num_statements",
  "total_statements",
  "total",
];
const AT = [
  "timestamp",
  "date",
  "measured_at",
  "generated_at",
  "created_at",
  "last_updated",
];
const MODULES = ["modules", "components", "sub_projects"];
const FILES = ["file_coverage", "files", "high_priority_files"];
const FILE_NAME = ["file", "path", "name"];
/** Objects that an entry may put its own numbers into. */
const NESTED = ["coverage", "overall", "totals", "metrics"];

const SUB_PROJECT = /^([a-z][a-z0-9_]*?)_(?:coverage_)?(?:percent|pct)$/;
/** What stands before `_percent` without being a part of the project. */
const NO_SUB_PROJECT =
  /^(?:overall|coverage|total|lines?|branch(?:es)?|statements?|functions?|pass|gap|required|previous|average)$|target|goal|baseline|increase|improvement|change|delta|impact/;

/**
 * Reads one recorded run. Nearly every project names the numbers its own way; the names known here are those that scripts were seen
 * to write. Gives one entry for the whole project (scope null) and one for each part of it that has a number; none when
 * nothing in the object is a measurement.
 */
export function readEntry(raw: JsonObject, place: Place): TrendEntry[] {
  const common = {
    at: textOf(first(raw, AT)),
    phase: nameOf(raw["phase"]),
    plan: nameOf(raw["plan"]),
  };
  const numbers = [
    common.at === null ? withoutBarePercent(raw) : raw,
    ...NESTED.map((key) => raw[key]).filter(isJsonObject),
  ].find((candidate) => hasMeasure(candidate));
  const tests = readTests(raw, place);
  const files = numbers === undefined ? [] : readFiles(raw, place);
  const estimate = saysEstimated(raw);
  const parts = readParts(raw, place, estimate).map((part) => ({
    ...common,
    ...part,
    files: [],
    tests: null,
  }));

  if (numbers === undefined && tests === null) return parts;
  const whole = readMeasure(numbers ?? {}, place, estimate);
  const borrowed = borrowedFrom(raw, whole.percent);
  if (estimate !== null) {
    tell(place, "estimated", `${place.name} is an estimate: ${estimate}.`);
  }
  if (borrowed !== null) {
    tell(place, "inconsistent", `${place.name} gives ${borrowed}.`);
  }
  return [
    {
      ...common,
      scope: null,
      ...whole,
      ...(borrowed !== null && whole.trust === "measured"
        ? { trust: "inconsistent", trustWhy: borrowed }
        : {}),
      files,
      tests,
    },
    ...parts,
  ];
}

type MeasureOfEntry = Pick<
  TrendEntry,
  "percent" | "lines" | "trust" | "trustWhy"
>;

function hasMeasure(raw: JsonObject): boolean {
  return percentOf(raw) !== null || countsOf(raw) !== null;
}

function percentOf(raw: JsonObject): number | null {
  for (const key of [...PERCENT, ...BARE_PERCENT]) {
    const percent = asPercent(raw[key]);
    if (percent !== null) return percent;
  }
  return null;
}

function withoutBarePercent(raw: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(raw).filter(([key]) => !BARE_PERCENT.includes(key)),
  );
}

function countsOf(raw: JsonObject): Counts | null {
  return asCounts(first(raw, COVERED), first(raw, TOTAL));
}

function readMeasure(
  raw: JsonObject,
  place: Place,
  estimate: string | null,
): MeasureOfEntry {
  const stated = percentOf(raw);
  const counts = countsOf(raw);
  const counted =
    stated === null || counts === null
      ? null
      : contradiction(stated, counts, writtenTolerance(stated));
  const lines =
    counted === null && counts !== null && counts.total > 0 ? counts : null;
  const percent = stated ?? (lines === null ? null : percentCovered(lines));
  const shown = percentText(percent ?? 0);
  if (counts?.total === 0 && stated !== null) {
    tell(
      place,
      "structure",
      `${place.name} gives ${shown} and 0 of 0 lines; the counts are left out.`,
    );
  }
  if (counted !== null) {
    tell(
      place,
      "inconsistent",
      `${place.name} gives ${shown}, but ${counted}.`,
    );
  }
  const measure = { percent, lines };
  if (estimate !== null) {
    return {
      ...measure,
      trust: "estimated",
      trustWhy: `an estimate: ${estimate}`,
    };
  }
  return counted === null
    ? { ...measure, trust: "measured", trustWhy: null }
    : {
        ...measure,
        trust: "inconsistent",
        trustWhy: `${shown}, but ${counted}`,
      };
}

/** Numbers of parts of the project: `"desktop_percent": 74`, `"modules": {"core": {…}}`. */
function readParts(
  raw: JsonObject,
  place: Place,
  estimate: string | null,
): ({ scope: string } & MeasureOfEntry)[] {
  const parts: ({ scope: string } & MeasureOfEntry)[] = [];
  for (const [scope, percent] of Object.entries(subProjects(raw))) {
    if (percent === null) continue;
    parts.push({ scope, ...readMeasure({ percent }, place, estimate) });
  }
  for (const key of MODULES) {
    const modules = raw[key];
    if (!isJsonObject(modules)) continue;
    for (const [scope, value] of Object.entries(modules)) {
      const module = isJsonObject(value) ? value : { percent: value };
      const where = { ...place, name: `${place.name}.${key}.${scope}` };
      // A script that could not name a module calls the whole project "".
      if (scope === "") continue;
      if (!hasMeasure(module)) {
        tell(
          where,
          "structure",
          `${where.name} has no number; it is left out.`,
        );
        continue;
      }
      const own = saysEstimated(module) ?? estimate;
      parts.push({ scope, ...readMeasure(module, where, own) });
    }
  }
  return parts;
}

function subProjects(raw: JsonObject): Record<string, number | null> {
  // A file about something else may have `cpu_percent`.
  if (!PERCENT.some((key) => key in raw)) return {};
  const found: Record<string, number | null> = {};
  for (const [key, value] of Object.entries(raw)) {
    const name = SUB_PROJECT.exec(key)?.[1];
    if (name === undefined || NO_SUB_PROJECT.test(name)) continue;
    found[name] = asPercent(value);
  }
  return found;
}

/** Why an overall number is none: only one of several parts was measured, and it is that part's. */
function borrowedFrom(raw: JsonObject, percent: number | null): string | null {
  const parts = Object.entries(subProjects(raw));
  const measured = parts.filter(([, value]) => value !== null);
  const [only] = measured;
  if (
    percent === null ||
    measured.length !== 1 ||
    parts.length === 1 ||
    only?.[1] !== percent
  ) {
    return null;
  }
  const missing = parts.filter(([, value]) => value === null);
  return `${percentText(percent)} overall, which is the number of ${only[0]} alone: ${missing.map(([name]) => name).join(" and ")} have none`;
}

function readFiles(raw: JsonObject, place: Place): TrendEntry["files"] {
  const files: { path: string; percent: number }[] = [];
  const percentKeys = [...PERCENT, ...BARE_PERCENT];
  for (const key of FILES) {
    const value = raw[key];
    const entries: (readonly [unknown, unknown])[] = Array.isArray(value)
      ? value
          .filter(isJsonObject)
          .filter((file) => percentKeys.some((name) => name in file))
          .map((file) => [first(file, FILE_NAME), file])
      : isJsonObject(value)
        ? Object.entries(value)
        : [];
    for (const [path, measure] of entries) {
      const percent = isJsonObject(measure)
        ? percentOf(measure)
        : asPercent(measure);
      if (typeof path !== "string" || percent === null) {
        tell(
          place,
          "structure",
          `${place.name}.${key}: ${typeof path === "string" ? `“${path}”` : "an element"} has no percentage; it is left out.`,
        );
        continue;
      }
      files.push({ path: path.replaceAll("\\", "/"), percent });
    }
  }
  return files;
}

const PASSED = ["tests_passing", "tests_passed", "passing", "passed"];
const FAILED = ["tests_failing", "tests_failed", "failing", "failed"];
const ERRORS = ["tests_errors", "tests_error", "errors"];
const SKIPPED = ["tests_skipped", "skipped"];
const TESTS = ["tests_total", "total_tests", "test_count", "tests_run"];

function readTests(raw: JsonObject, place: Place): TrendEntry["tests"] {
  const passed = asCount(first(raw, PASSED));
  const stated = asCount(first(raw, TESTS));
  const tests = {
    passed,
    failed: asCount(first(raw, FAILED)),
    errors: asCount(first(raw, ERRORS)),
    skipped: asCount(first(raw, SKIPPED)),
    // Without passing tests, "created" says how many were written, not how many ran.
    total: stated ?? (passed === null ? null : asCount(raw["tests_created"])),
  };
  const passRate = asPassRate(raw["pass_rate"], tests.passed, tests.total);
  if (
    passRate === null &&
    Object.values(tests).every((count) => count === null)
  ) {
    return null;
  }
  const outcomes =
    (tests.passed ?? 0) +
    (tests.failed ?? 0) +
    (tests.errors ?? 0) +
    (tests.skipped ?? 0);
  if (
    tests.total !== null &&
    tests.passed !== null &&
    tests.failed !== null &&
    outcomes !== tests.total
  ) {
    tell(
      place,
      "inconsistent",
      `${place.name} counts ${formatCount(tests.total)} tests, but gives an outcome for ${formatCount(outcomes)}.`,
    );
  }
  return { ...tests, passRate };
}

/** In percent, though some scripts write 0.98: such a fraction is known by the counts beside it. */
function asPassRate(
  value: unknown,
  passed: number | null,
  total: number | null,
): number | null {
  const rate = asPercent(value);
  if (rate === null || passed === null || total === null) return rate;
  const isFraction =
    rate > 0 && rate <= 1 && Math.abs(passed / total - rate) < 0.01;
  return isFraction ? rate * 100 : rate;
}

function first(raw: JsonObject, keys: readonly string[]): unknown {
  const key = keys.find(
    (name) => raw[name] !== undefined && raw[name] !== null,
  );
  return key === undefined ? undefined : raw[key];
}

function textOf(value: unknown): string | null {
  return typeof value === "string" && value !== "" ? value.slice(0, 200) : null;
}

function nameOf(value: unknown): string | null {
  return typeof value === "number" ? String(value) : textOf(value);
}

function tell(
  { path, findings }: Place,
  kind: "structure" | "inconsistent" | "estimated",
  message: string,
): void {
  findings.push({ kind, path, line: null, message });
}
