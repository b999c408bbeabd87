import { fileName } from "../fileName.ts";
import type { DocumentAt, PathHistory } from "../facts.ts";
import { planIdOf } from "../planning/documentKind.ts";
import type { Gap, VerificationStatus } from "../status.ts";

export interface Verified {
  readonly verification: VerificationStatus | null;
  readonly gaps: readonly Gap[];
}

/**
 * The verification of a phase, with the gaps it lists: of several, the one that changed last, and one of the whole phase before one of
 * a single plan. It is stale when a summary of the phase was committed after it.
 */
export function verificationOf(
  directory: string,
  documents: readonly DocumentAt[],
  history: PathHistory,
): Verified {
  const [newest] = documents
    .flatMap(({ path, reading }) =>
      reading.verification
        ? [
            {
              path,
              reading: reading.verification,
              ofPlan: isOfPlan(path, directory),
            },
          ]
        : [],
    )
    .toSorted(
      (a, b) =>
        Number(a.ofPlan) - Number(b.ofPlan) ||
        positionOf(b.path, history) - positionOf(a.path, history) ||
        Number(isOld(a.path)) - Number(isOld(b.path)),
    );
  if (!newest) return { verification: null, gaps: [] };
  const { path, reading } = newest;
  const newerSummaries = newerSummariesThan(path, documents, history);
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

/** The plans' summaries that changed after a document did, by the order of commits: in a rebased batch all commit times are the same second. */
export function newerSummariesThan(
  path: string,
  documents: readonly DocumentAt[],
  history: PathHistory,
): string[] {
  const position = positionOf(path, history);
  return documents
    .filter(
      (other) =>
        other.place.kind === "summary" &&
        positionOf(other.path, history) > position,
    )
    .map((summary) => summary.path);
}

function positionOf(path: string, history: PathHistory): number {
  return history.lastChange(path)?.position ?? -1;
}

/** `19-03-VERIFICATION.md` verifies plan 3. */
function isOfPlan(path: string, directory: string): boolean {
  const stem = fileName(path).replace(/-?VERIFICATION(?:-OLD)?\.md$/i, "");
  return planIdOf(stem, fileName(directory)) !== null;
}

/** `19-VERIFICATION-OLD.md`: kept beside the one that replaced it. */
function isOld(path: string): boolean {
  return /-OLD\.md$/i.test(path);
}
