/** Outcomes of single tests, as the progress lines of a run show them. */
export interface Progress {
  readonly passed: number;
  readonly failed: number;
  readonly errors: number;
  readonly skipped: number;
  /** Names of the tests that a verbose log shows, with how each went; empty for a log of dots. */
  readonly byName: ReadonlyMap<string, NamedOutcome>;
}

export interface NamedOutcome {
  /** Null while it is being run again. */
  readonly outcome: Outcome | null;
  /** It was run again before this outcome. */
  readonly rerun: boolean;
}

type Outcome = "passed" | "failed" | "errors" | "skipped";

const PERCENT = String.raw`(?:\s+\[\s*\d+(?:%|/\d+)\s*\])?`;
/** `tests/test_a.py ..F.s  [ 45%]` */
const DOTS_OF_FILE = new RegExp(
  String.raw`^\S+\.py (?<dots>[.FEsxXR]+)${PERCENT}$`,
);
/** `..F.s  [ 45%]`, from `-q` or where a long line went on. */
const DOTS = new RegExp(String.raw`^(?<dots>[.FEsxXR]+)${PERCENT}$`);
const WORD = "PASSED|FAILED|ERROR|SKIPPED|XFAIL|XPASS|RERUN";
/** `tests/test_a.py::test_b PASSED  [ 12%]` */
const VERBOSE = new RegExp(
  String.raw`^(?<name>\S+\.py::.*?) (?<word>${WORD})\b[^:]*$`,
);
/** `[gw0] [ 12%] PASSED tests/test_a.py::test_b`, from pytest-xdist */
const WORKER = new RegExp(
  String.raw`^\[gw\d+\]${PERCENT} (?<word>${WORD}) (?<name>\S+\.py::.*?)\s*$`,
);

const OF_DOT: Readonly<Record<string, Outcome>> = {
  ".": "passed",
  X: "passed",
  F: "failed",
  E: "errors",
  s: "skipped",
  x: "skipped",
};
const OF_WORD: Readonly<Record<string, Outcome>> = {
  PASSED: "passed",
  XPASS: "passed",
  FAILED: "failed",
  ERROR: "errors",
  SKIPPED: "skipped",
  XFAIL: "skipped",
};

/** Dots alone also end a sentence or show that something is loading; they are progress only within a run. */
export function isProgress(line: string): boolean {
  return (
    DOTS_OF_FILE.test(line) ||
    VERBOSE.test(line) ||
    WORKER.test(line) ||
    (DOTS.test(line) && line.includes("["))
  );
}

export function readProgress(lines: readonly string[]): Progress {
  const counts: Record<Outcome, number> = {
    passed: 0,
    failed: 0,
    errors: 0,
    skipped: 0,
  };
  const byName = new Map<string, NamedOutcome>();
  for (const line of lines) {
    const { name, word } =
      (VERBOSE.exec(line) ?? WORKER.exec(line))?.groups ?? {};
    if (name !== undefined && word !== undefined) {
      const rerun = word === "RERUN" || byName.get(name)?.rerun === true;
      byName.set(name, { outcome: OF_WORD[word] ?? null, rerun });
      continue;
    }
    const { dots } = (DOTS_OF_FILE.exec(line) ?? DOTS.exec(line))?.groups ?? {};
    for (const dot of dots ?? "") {
      const outcome = OF_DOT[dot];
      if (outcome !== undefined) counts[outcome]++;
    }
  }
  for (const { outcome } of byName.values()) {
    if (outcome !== null) counts[outcome]++;
  }
  return { ...counts, byName };
}
