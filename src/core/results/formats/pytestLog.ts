import { formatCount } from "../../coverage/counts.ts";
import type { Finding, FindingKind } from "../../finding.ts";
import type { TestResults } from "../testResults.ts";
import { isProgress, readProgress, type Progress } from "./pytestProgress.ts";
import { settleTotal } from "./total.ts";

/** Failures beyond it are counted and not listed. */
const FAILURES_LISTED = 500;
const MESSAGE_LENGTH = 500;
/** Longer lines are output of tests; patterns are not let loose on them. */
const LINE_LENGTH = 2000;

/** Colours and cursor movements of a terminal. */
// oxlint-disable-next-line no-control-regex
const ANSI = /\u001B\[[0-9;?]*[ -/]*[@-~]/g;
/** What GitHub Actions puts before every line of a log. */
const TIMESTAMP = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+Z /;

const START = /^=+ test session starts .*=+$/;
const SECTION = /^=+ (?<title>[^=]+?) =+$/;
const INTERRUPTED =
  /^!+ (?<why>.*(?:Interrupted|KeyboardInterrupt|stopping after|Exit:|INTERNALERROR).*?) !+$/;
/** `collected 158 items / 150 deselected / 8 selected`, or `2 workers [158 items]` from pytest-xdist */
const COLLECTED =
  /^(?:(?:collecting \.\.\. )?collected |\d+ workers? \[)(?<items>\d+) items?\b(?:.*\/ (?<selected>\d+) selected)?/;
const SHORT_SUMMARY = /^(?<word>FAILED|ERROR) (?<rest>\S.*)$/;

/**
 * The last line of a run: `=== 12 failed, 131 passed, 2 rerun in 45.23s (0:00:45) ===`, without the bars under `-q`.
 * https://github.com/pytest-dev/pytest/blob/main/src/_pytest/terminal.py (build_summary_stats_line)
 */
const SUMMARY =
  /^(?:=+ )?(?<counts>(?:\d+ [a-z]+(?: passed| failed| collected)?(?:, )?)+|no tests ran) in (?<seconds>\d+(?:\.\d+)?) ?s(?:econds)?(?: \([\d:., a-z]+\))?(?: =+)?$/;

type Key = "passed" | "failed" | "errors" | "skipped" | "rerun";

/** An expected failure counts as skipped: it proves nothing. An unexpected pass counts as passed, as for pytest itself. */
const KEYS: Readonly<Record<string, Key | null>> = {
  passed: "passed",
  xpassed: "passed",
  failed: "failed",
  error: "errors",
  errors: "errors",
  skipped: "skipped",
  xfailed: "skipped",
  rerun: "rerun",
  reruns: "rerun",
  deselected: null,
  warning: null,
  warnings: null,
  // `--collect-only`: nothing ran.
  "test collected": null,
  "tests collected": null,
  // Parts of tests that are counted themselves.
  "subtests passed": null,
  "subtests failed": null,
};

interface Session {
  readonly lines: string[];
  summary: Summary | null;
}

interface Summary {
  readonly counts: Readonly<Record<Key, number>>;
  readonly seconds: number;
}

/**
 * Reads what pytest printed, or null for another text. Of several runs in one file the last counts. A log that ends before its
 * summary line is counted from its progress, as a lower bound. The table of pytest-cov is not read.
 */
export function readPytestLog(path: string, text: string): TestResults | null {
  const sessions = sessionsOf(text);
  const session = sessions.at(-1);
  if (session === undefined) return null;

  const findings: Finding[] = [];
  const tell = (kind: FindingKind, message: string): void => {
    findings.push({ kind, path, line: null, message });
  };
  if (sessions.length > 1) {
    tell(
      "ambiguous",
      `The log holds ${sessions.length} test runs; the last one is taken.`,
    );
  }
  const { summary } = session;
  const progress = readProgress(progressLines(session.lines));
  if (summary === null) {
    tell(
      "structure",
      "The log ends before the summary line of its run, so its counts are a lower bound.",
    );
  }
  const interrupted = session.lines
    .map((line) => INTERRUPTED.exec(line)?.groups?.["why"])
    .find((why) => why !== undefined);
  if (interrupted !== undefined) {
    tell(
      "structure",
      `The run did not finish (${clip(interrupted)}), so its counts are a lower bound.`,
    );
  }

  const { passed, failed, errors, skipped } = summary?.counts ?? progress;
  const counts = { passed, failed, errors, skipped };
  const failures = failuresOf(session.lines, progress);
  if (failures.length > FAILURES_LISTED) {
    tell(
      "too_large",
      `Only the first ${FAILURES_LISTED} of ${formatCount(failures.length)} failures are listed; all are counted.`,
    );
  }
  return {
    format: "pytest-log",
    ...counts,
    flaky: flakyOf(summary, progress, tell),
    ...settleTotal(counts, neverRun(session.lines, counts), path, findings),
    durationSeconds: summary?.seconds ?? null,
    failures: failures.slice(0, FAILURES_LISTED),
    complete: summary !== null && interrupted === undefined,
    findings,
  };
}

/** The runs of a log: one begins at its header or, under `-q`, with the first progress after a summary line. */
function sessionsOf(text: string): Session[] {
  const sessions: Session[] = [];
  let current: Session | null = null;
  const begin = (): Session => {
    const session: Session = { lines: [], summary: null };
    sessions.push(session);
    return session;
  };
  const before: string[] = [];
  for (const raw of text.split("\n")) {
    const line = raw
      .slice(0, LINE_LENGTH)
      .replaceAll(ANSI, "")
      .replace(TIMESTAMP, "")
      .trimEnd();
    const summary = summaryOf(line);
    const begins =
      START.test(line) ||
      ((current === null || current.summary !== null) &&
        (summary !== null || isProgress(line)));
    if (begins) {
      current = begin();
      // Under `-q` the failures of a run come before its only recognised line.
      current.lines.push(...before.splice(0));
    }
    if (current === null) before.push(line);
    else current.lines.push(line);
    if (current !== null && summary !== null) current.summary = summary;
  }
  return sessions;
}

function summaryOf(line: string): Summary | null {
  // The pattern is tried on few lines only: it is the costly one.
  if (!/ in \d/.test(line) || line.length > 300) return null;
  const { counts: list, seconds } = SUMMARY.exec(line)?.groups ?? {};
  if (list === undefined) return null;
  const counts = { passed: 0, failed: 0, errors: 0, skipped: 0, rerun: 0 };
  for (const [, number, word] of list.matchAll(/(\d+) ([a-z ]+)/g)) {
    const key = KEYS[String(word)];
    if (key === undefined) return null;
    if (key !== null) counts[key] += Number(number);
  }
  return { counts, seconds: Number(seconds) };
}

/** Progress stands before the first section: what follows shows source code and output of tests. */
function progressLines(lines: readonly string[]): readonly string[] {
  const end = lines.findIndex((line) => {
    const title = SECTION.exec(line)?.groups?.["title"];
    return title !== undefined && !title.startsWith("test session starts");
  });
  return end === -1 ? lines : lines.slice(0, end);
}

/** The number of collected tests where it is greater than that of outcomes; null where it says nothing new. */
function neverRun(
  lines: readonly string[],
  counts: Pick<TestResults, "passed" | "failed" | "errors" | "skipped">,
): number | null {
  for (const line of lines) {
    const match = COLLECTED.exec(line)?.groups;
    if (match === undefined) continue;
    const collected = Number(match["selected"] ?? match["items"]);
    // A test may fail and then have an error in its teardown, so errors are no tests of their own here.
    const outcomes = counts.passed + counts.failed + counts.skipped;
    return collected > outcomes + counts.errors ? collected : null;
  }
  return null;
}

function failuresOf(
  lines: readonly string[],
  progress: Progress,
): TestResults["failures"] {
  const heading = lines.findLastIndex(
    (line) =>
      SECTION.exec(line)?.groups?.["title"] === "short test summary info",
  );
  const listed = lines.slice(heading + 1).flatMap((line) => {
    const rest = SHORT_SUMMARY.exec(line)?.groups?.["rest"];
    return rest === undefined ? [] : [splitFailure(rest)];
  });
  if (listed.length > 0) return listed;
  return [...progress.byName]
    .filter(([, { outcome }]) => outcome === "failed" || outcome === "errors")
    .map(([name]) => ({ name: clip(name), message: "" }));
}

/** `tests/a.py::test_b[x - y] - AssertionError: …`: the parameters may hold the separator too. */
function splitFailure(rest: string): { name: string; message: string } {
  const bracket = rest.indexOf("[");
  let separator = rest.indexOf(" - ");
  if (bracket !== -1 && bracket < separator) {
    const close = rest.indexOf("] - ", bracket);
    if (close !== -1) separator = close + 1;
    else if (rest.endsWith("]")) separator = -1;
  }
  return separator === -1
    ? { name: clip(rest), message: "" }
    : {
        name: clip(rest.slice(0, separator)),
        message: clip(rest.slice(separator + 3)),
      };
}

function flakyOf(
  summary: Summary | null,
  { byName }: Progress,
  tell: (kind: FindingKind, message: string) => void,
): number {
  if (byName.size > 0) {
    return [...byName.values()].filter(
      ({ outcome, rerun }) => rerun && outcome === "passed",
    ).length;
  }
  if (summary === null || summary.counts.rerun === 0) return 0;
  const { rerun, passed } = summary.counts;
  tell(
    "ambiguous",
    `The log counts ${formatCount(rerun)} reruns and does not name them; they are taken for as many flaky tests, which is the most there can be.`,
  );
  return Math.min(rerun, passed);
}

function clip(text: string): string {
  return text.slice(0, MESSAGE_LENGTH);
}
