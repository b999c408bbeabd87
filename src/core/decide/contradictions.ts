import type { Announcement, ContradictionNews, Incident } from "../news.ts";
import type { ClaimResult, RepositoryStatus } from "../status.ts";

interface Known {
  readonly status: RepositoryStatus;
  readonly incidents: readonly Incident[];
}

/** Contradicted claims told one by one per commit; the rest are counted on the last. */
const TOLD_PER_COMMIT = 5;

/** Claims that a measurement newly contradicts, once per document blob and claim; and those that no longer are. */
export function contradictionNews(
  { status: previous, incidents }: Known,
  current: RepositoryStatus,
): Announcement[] {
  const before = new Set(
    claimsOf(previous).flatMap(({ claim }) =>
      isContradicted(claim) ? namesOf(claim) : [],
    ),
  );
  const keys = new Set(incidents.map((incident) => incident.key));
  const fresh: (ClaimOf & { key: string })[] = [];
  const now = new Map<string, ClaimResult>();
  for (const { phase, claim } of claimsOf(current)) {
    for (const name of namesOf(claim)) {
      if (!now.has(name) || isContradicted(claim)) now.set(name, claim);
    }
    if (!isContradicted(claim)) continue;
    const key = `claim|${claim.path}|${claim.blob ?? ""}|${claim.metric}|${claim.subject}|${claim.value}`;
    if (keys.has(key) || namesOf(claim).some((name) => before.has(name)))
      continue;
    keys.add(key);
    fresh.push({ phase, claim, key });
  }
  const told = fresh.slice(0, TOLD_PER_COMMIT);
  return [
    ...told.map(({ phase, claim, key }, index): Announcement => ({
      key,
      transition: "fire",
      news: {
        kind: "contradiction",
        phase,
        claim,
        others: index === told.length - 1 ? fresh.length - told.length : 0,
        resolvedBy: null,
        commit: current.commit,
        at: current.at,
      },
    })),
    ...incidents.flatMap((incident) => settled(incident, now, current)),
  ];
}

interface ClaimOf {
  readonly phase: ContradictionNews["phase"];
  readonly claim: ClaimResult;
}

/** Every claim of a repository, with the phase it is about. */
function claimsOf({ phases, claims }: RepositoryStatus): ClaimOf[] {
  return [
    ...phases.flatMap(({ phase: { key, name }, claims: own }) =>
      own.map((claim) => ({ phase: { key, name }, claim })),
    ),
    ...claims.map((claim) => ({ phase: null, claim })),
  ];
}

function settled(
  incident: Incident,
  now: ReadonlyMap<string, ClaimResult>,
  { commit, at }: RepositoryStatus,
): Announcement[] {
  if (incident.state !== "open" || incident.news.kind !== "contradiction")
    return [];
  const claim = namesOf(incident.news.claim)
    .map((name) => now.get(name))
    .find((found) => found !== undefined);
  if (claim && isContradicted(claim)) return [];
  const news: ContradictionNews = {
    ...incident.news,
    resolvedBy: claim
      ? `The claim is now ${claim.verdict.replace("_", " ")}: ${claim.why}`
      : "The document no longer makes this claim.",
    commit,
    at,
  };
  return [{ key: incident.key, transition: "resolve", news }];
}

function isContradicted({ verdict }: ClaimResult): boolean {
  return verdict === "contradicted";
}

/**
 * A claim is the same one while its document says the same words, wherever the line has moved, and while the document has
 * the same content, wherever that has moved.
 */
function namesOf(claim: ClaimResult): string[] {
  const words = [claim.metric, claim.subject, claim.value, claim.text];
  const places =
    claim.blob === undefined ? [claim.path] : [claim.path, claim.blob];
  return places.map((place) => [place, ...words].join("|"));
}
