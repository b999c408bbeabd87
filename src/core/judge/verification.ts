import type { DocumentAt, PathHistory } from "../facts.ts";
import type { Gap, VerificationStatus } from "../status.ts";

export interface Verified {
  readonly verification: VerificationStatus | null;
  readonly gaps: readonly Gap[];
}

/**
 * The verification of a phase, with the gaps it lists: of several, the one that changed last. It is stale when a summary of the
 * phase was committed after it, by the order of commits: in a rebased batch all commit times are the same second.
 */
export function verificationOf(
  documents: readonly DocumentAt[],
  history: PathHistory,
): Verified {
  const position = (path: string) => history.lastChange(path)?.position ?? -1;
  const [newest] = documents
    .flatMap(({ path, reading }) =>
      reading.verification ? [{ path, reading: reading.verification }] : [],
    )
    .toSorted(
      (a, b) =>
        position(b.path) - position(a.path) ||
        Number(isOld(a.path)) - Number(isOld(b.path)),
    );
  if (!newest) return { verification: null, gaps: [] };
  const { path, reading } = newest;
  const newerSummaries = documents
    .filter(
      (other) =>
        other.place.kind === "summary" && position(other.path) > position(path),
    )
    .map((summary) => summary.path);
  const { status, rawStatus, score } = reading;
  return {
    verification: {
      path,
      status,
      rawStatus,
      score,
      stale: newerSummaries.length > 0,
      newerSummaries,
    },
    gaps: reading.gaps.map((gap) => ({ ...gap, path })),
  };
}

/** `19-VERIFICATION-OLD.md`: kept beside the one that replaced it. */
function isOld(path: string): boolean {
  return /-OLD\.md$/i.test(path);
}
