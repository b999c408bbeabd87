/**
 * Versions under which results are remembered. They stand in a file of their own so that a remembered answer
 * can be found without loading the readers that made it.
 */

/** Bump when a change of any reader in core/ changes what it reads: stored readings are then made again. */
export const READING_VERSION = "3";

/** Bump the second number when judging changes: stored evaluations are then made again. */
export const EVALUATION_VERSION = `${READING_VERSION}/1`;
