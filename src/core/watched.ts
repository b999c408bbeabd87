import type { PlaceOf } from "./planning/layouts.ts";

/**
 * Which paths of a repository are looked at. Documents are known by where they lie. Artifacts are recognised by content, so
 * paths only choose what is worth opening: a wrong guess costs one read and ends in a finding, not in a wrong number.
 */
export function watchedBy(placeOf: PlaceOf): (path: string) => boolean {
  return (path) => placeOf(path) !== null || mayBeArtifact(path);
}

const EXTENSION = /\.(?:json|xml|info|lcov|txt|log|out|trx|tap|cov)$/i;

const TELLING =
  /cov|trend|lcov|junit|jacoco|clover|tests?[-_.]?(?:results?|reports?|output|log|run|summary)|pytest|surefire|(?:^|[/_.-])(?:results?|metrics|reports?|performance_baseline)(?:[/_.-]|$)/i;

const NEVER =
  /(?:^|\/)(?:node_modules|vendor|\.git|\.venv|site-packages)\/|(?:^|\/)(?:package(?:-lock)?|tsconfig[^/]*|composer|requirements[^/]*)\.(?:json|txt)$/i;

/** Paths that a coverage or test tool, or a script about one, may have written. */
export function mayBeArtifact(path: string): boolean {
  return EXTENSION.test(path) && TELLING.test(path) && !NEVER.test(path);
}
