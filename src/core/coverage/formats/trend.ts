import type { Finding } from "../../finding.ts";
import {
  isJsonObject,
  type JsonDocument,
  type JsonObject,
} from "../../jsonText.ts";
import type { TrendEntry, TrendFile } from "../observation.ts";
import { readEntry } from "./trendEntry.ts";

/** Lists of runs, or objects that hold one run per phase. */
const RUNS = ["history", "coverage_history", "phases", "entries", "runs"];
/** Single runs, and objects of them, that are older than the list. */
const EARLIER = ["baseline", "baselines", "phase_progression"];
/** Single runs that are as new as the list's last. */
const LATEST = ["current", "latest"];
/** A goal is written like a run. */
const GOAL = /target|goal|next|planned/i;

/**
 * Reads a file in which a project keeps the numbers of its runs, or null when it is something else. Formats: `trend-array` (a list),
 * `trend-history` (lists under a name), `trend-phases` (by phase), `trend-summary` (one run under `overall`), `trend-entry` (one run).
 */
export function readTrend(
  path: string,
  { value: root }: JsonDocument,
): TrendFile | null {
  const findings: Finding[] = [];
  if (Array.isArray(root)) {
    const entries = readList(root, { path, name: "", findings });
    return entries.length > 0
      ? { format: "trend-array", entries, findings }
      : null;
  }
  if (!isJsonObject(root)) return null;

  const runs = RUNS.flatMap((name) =>
    readRuns(root[name], { path, name, findings }),
  );
  const points = (names: readonly string[]): TrendEntry[] =>
    names
      .flatMap((name) => readPoints(root[name], { path, name, findings }))
      .filter((point) => !runs.some((run) => repeats(point, run)));
  const entries = [...points(EARLIER), ...runs, ...points(LATEST)];
  if (entries.length > 0) {
    const format =
      root["phases"] === undefined ? "trend-history" : "trend-phases";
    return { format, entries, findings };
  }

  const whole = wholeRun(root);
  if (whole === null) return null;
  const read = readEntry(whole.run, { path, name: whole.name, findings });
  return read.length > 0
    ? { format: whole.format, entries: read, findings }
    : null;
}

interface ListPlace {
  readonly path: string;
  readonly name: string;
  readonly findings: Finding[];
}

function readList(list: readonly unknown[], place: ListPlace): TrendEntry[] {
  return list.flatMap((raw, index) =>
    readRun(raw, { ...place, name: `${place.name}[${index}]` }),
  );
}

function readRuns(value: unknown, place: ListPlace): TrendEntry[] {
  if (Array.isArray(value)) return readList(value, place);
  if (!isJsonObject(value)) return [];
  return Object.entries(value).flatMap(([key, raw]) =>
    readRun(isJsonObject(raw) ? { phase: key, ...raw } : raw, {
      ...place,
      name: `${place.name}.${key}`,
    }),
  );
}

function readRun(raw: unknown, place: ListPlace): TrendEntry[] {
  const entries = isJsonObject(raw) ? readEntry(raw, place) : [];
  if (entries.length === 0) {
    place.findings.push({
      kind: "structure",
      path: place.path,
      line: null,
      message: `${place.name} has no percentage, counts or tests that can be read; it is left out.`,
    });
  }
  return entries;
}

/** One run, or an object whose values are runs: `{"phase_8_baseline": {"coverage": 4.4}}`. Goals among them are passed over. */
function readPoints(value: unknown, place: ListPlace): TrendEntry[] {
  const point = isJsonObject(value) ? value : { coverage: value };
  const own = readEntry(point, place);
  if (own.length > 0) return own;
  return Object.entries(point).flatMap(([key, raw]) =>
    isJsonObject(raw) && !GOAL.test(key)
      ? readEntry(
          { phase: key, ...raw },
          { ...place, name: `${place.name}.${key}` },
        )
      : [],
  );
}

/** The list tells the same run in more words. */
function repeats(point: TrendEntry, run: TrendEntry): boolean {
  return point.scope === run.scope && point.percent === run.percent;
}

/** A file that is one run. */
function wholeRun(
  root: JsonObject,
): { run: JsonObject; name: string; format: string } | null {
  const { overall, metadata } = root;
  if (isJsonObject(overall)) {
    const about = isJsonObject(metadata) ? metadata : {};
    return {
      run: { ...about, ...root },
      name: "overall",
      format: "trend-summary",
    };
  }
  const saysWhen = ["phase", "plan", "date", "timestamp"].some(
    (key) => root[key] !== undefined,
  );
  const saysCoverage = Object.keys(root).some((key) =>
    key.includes("coverage"),
  );
  return saysWhen && saysCoverage
    ? { run: root, name: "The file", format: "trend-entry" }
    : null;
}
