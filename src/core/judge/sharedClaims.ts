import { fileName } from "../fileName.ts";
import type { DocumentAt, PathHistory } from "../facts.ts";
import type { Claim } from "../planning/claim.ts";
import { keysInFileName } from "../planning/phaseNamed.ts";
import { baseOf } from "./requiredPath.ts";

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
 * name, the one of the file's name, or the one that the commit which last changed a report names; a roadmap or a state is changed with
 * every phase. What none of these tells stays with the repository (key null); so does what several directories could claim.
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
      key ? ownerOf(key, document, owners) : null;
    const named = keysInFileName(fileName(path));
    const whole =
      named.length > 0
        ? (named.map(find).find((owner) => owner !== null) ?? null)
        : document.place.kind === "report"
          ? find(history.phaseOfLastChange(path))
          : null;
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

/**
 * The directory of a key in a document's root or, for a report outside of any, in the nearest root around it; null when there is none,
 * or more than one. Roots number their phases each for itself.
 */
function ownerOf(
  key: string,
  { path, place }: DocumentAt,
  owners: readonly Owner[],
): string | null {
  const around = owners.filter((owner) =>
    place.root === ""
      ? owner.key === key && path.startsWith(baseOf(owner.root))
      : owner.key === key && owner.root === place.root,
  );
  const nearest = Math.max(...around.map((owner) => baseOf(owner.root).length));
  const [one, ...others] = around.filter(
    (owner) => baseOf(owner.root).length === nearest,
  );
  return one && others.length === 0 ? one.directory : null;
}
