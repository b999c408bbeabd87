import type { Comparable, FileChange } from "../coverage/compare.ts";
import type { RegressionNews } from "../news.ts";
import { SLACK } from "../slack.ts";

/** A like-for-like loss that is worth an alert. */
export interface Drop {
  /** Null for the whole of what both reports measure, else the file that lost most. */
  readonly file: FileChange | null;
  readonly severity: RegressionNews["severity"];
  /** The loss, in points, from which it is one. */
  readonly threshold: number;
}

/** Overall: a warning from this many points, critical from that many. */
const OVERALL_POINTS = 0.5;
const CRITICAL_POINTS = 2;
/** One file has fewer lines, so it takes more points. */
const FILE_POINTS = 5;
/** A drop by a handful of lines is no news, however many points it is. */
const OVERALL_LINES = 20;
const FILE_LINES = 10;
/** How far a series may move beyond its usual movement before that is news. */
const NOISE_FACTOR = 3;
/** Fewer falls than this do not show what is usual: the one before may have been the exception. */
const FALLS_NEEDED = 5;

/**
 * The drop that a comparison shows, if it is one: of the whole, or else of single files. An overall drop silences those of
 * its files.
 *
 * @param deltas earlier like-for-like steps of the same series, in points: how much it moves by itself
 */
export function dropIn(
  { delta, newlyUncovered, files }: Comparable,
  deltas: readonly number[],
): Drop | null {
  const threshold = Math.max(OVERALL_POINTS, NOISE_FACTOR * usualFall(deltas));
  if (reaches(delta, threshold) && newlyUncovered >= OVERALL_LINES) {
    return { file: null, severity: severityOf(delta), threshold };
  }
  const [file] = files.filter(hasDropped);
  return file ? { file, severity: "warning", threshold: FILE_POINTS } : null;
}

/** Whether a single file lost so much that it is news by itself. */
export function hasDropped({ delta, newlyUncovered }: FileChange): boolean {
  return (
    delta !== null &&
    reaches(delta, FILE_POINTS) &&
    newlyUncovered >= FILE_LINES
  );
}

/** How bad an overall drop of `delta` points is. */
export function severityOf(delta: number): RegressionNews["severity"] {
  return reaches(delta, CRITICAL_POINTS) ? "critical" : "warning";
}

/** Whether so little of a drop is left that it is over: half of what fired it, or a series at the threshold would never rest. */
export function isRecovered(delta: number, threshold: number): boolean {
  return -delta <= threshold / 2 + SLACK;
}

function reaches(delta: number, points: number): boolean {
  return -delta >= points - SLACK;
}

/**
 * How far a series usually falls by itself: the median of its falls. Rises say nothing about that; counted in, a coverage push would
 * hide the drop that ends it. The median, because one outlier must not raise it.
 */
function usualFall(deltas: readonly number[]): number {
  const falls = deltas.filter((delta) => delta < 0).toSorted((a, b) => b - a);
  const middle = falls[Math.floor(falls.length / 2)];
  return middle === undefined || falls.length < FALLS_NEEDED ? 0 : -middle;
}
