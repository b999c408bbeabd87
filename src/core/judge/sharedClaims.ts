import { fileName } from "../fileName.ts";
import type { DocumentAt, PathHistory } from "../facts.ts";
import type { Claim } from "../planning/claim.ts";
import { keysInFileName } from "../planning/phaseNamed.ts";

/** A phase directory, as far as claims from outside of it look for theirs. */
export interface Owner {
  readonly key: string;
  readonly directory: string;
  readonly root: string;
}

/** Claims of one document that lies outside of the phase directories. */
export interface SharedClaims {
  readonly document: DocumentAt;
  readonly claims: readonly Claim[];
}

/**
 * Gives the claims of roadmaps, states and reports to the phases that they speak of: the one that the statement or its headings
 * name, the one of the file's name, the one a STATE says is current, or the one that the commit which last changed the document names.
 * What none of these tells stays with the repository (key null); so does what several directories could claim.
 */
export function shareOut(
  documents: readonly DocumentAt[],
  owners: readonly Owner[],
  history: PathHistory,
): ReadonlyMap<string | null, readonly SharedClaims[]> {
  const shared = new Map<string | null, SharedClaims[]>();
  for (const document of documents) {
    const { path, reading } = document;
    if (document.place.directory !== null) continue;
    const find = (key: string | null | undefined) =>
      key ? ownerOf(key, path, owners) : null;
    const named = keysInFileName(fileName(path));
    const whole =
      named.map(find).find((owner) => owner !== null) ??
      find(named.length > 0 ? null : reading.state?.key) ??
      find(named.length > 0 ? null : history.phaseOfLastChange(path));
    const groups = Map.groupBy(reading.claims, (claim) =>
      claim.phase === undefined ? whole : find(claim.phase),
    );
    for (const [directory, claims] of groups) {
      const key = directory ?? null;
      shared.set(key, [...(shared.get(key) ?? []), { document, claims }]);
    }
  }
  return shared;
}

/** The directory of a key whose root is nearest to a document; null when there is none, or more than one. */
function ownerOf(
  key: string,
  path: string,
  owners: readonly Owner[],
): string | null {
  const candidates = owners.filter((owner) => owner.key === key);
  const nearest = candidates.reduce(
    (most, { root }) => Math.max(most, nearness(root, path)),
    -1,
  );
  const [one, ...others] = candidates.filter(
    ({ root }) => nearness(root, path) === nearest,
  );
  return one && others.length === 0 ? one.directory : null;
}

/** How many characters of its path a document shares with the directory that a root lies in; -1 where it lies elsewhere. */
function nearness(root: string, path: string): number {
  const home = root.slice(0, root.lastIndexOf("/") + 1);
  return path.startsWith(home) ? home.length : -1;
}
