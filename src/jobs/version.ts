/**
 * Versions under which results are remembered. They stand in a file of their own so that a remembered answer
 * can be found without loading the readers that made it.
 */

/** Bump when a change of any reader in core/ changes what it reads: stored readings are then made again. */
export const READING_VERSION = "7";

/** Bump the second number when judging changes: stored evaluations are then made again. */
const EVALUATION_VERSION = `${READING_VERSION}/2`;

/** The version of evaluations that looked for documents at the places of a fingerprint ("" where nothing is configured). */
export function evaluationVersion({
  fingerprint,
}: {
  readonly fingerprint: string;
}): string {
  return fingerprint === ""
    ? EVALUATION_VERSION
    : `${EVALUATION_VERSION}@${fingerprint}`;
}

/** Whether two evaluations looked for documents at the same places. */
export function sameLayouts(one: string, other: string): boolean {
  const places = (version: string) => version.split("@").slice(1).join("@");
  return places(one) === places(other);
}
