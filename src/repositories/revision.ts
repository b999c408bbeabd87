/** A full object id, SHA-1 or SHA-256. */
export function isObjectId(text: string): boolean {
  return /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(text);
}

/**
 * Whether a text can name one commit. Control characters would end a request to `git cat-file` early, and `..`
 * would climb out of a URL's path; no revision that names a single commit holds either.
 */
export function isRevision(text: string): boolean {
  return (
    text.trim() !== "" &&
    text !== "." &&
    !text.includes("..") &&
    // eslint-disable-next-line no-control-regex
    !/[\u0000-\u001f\u007f]/.test(text)
  );
}

/** Whether a text can be a branch's name, by https://git-scm.com/docs/git-check-ref-format as far as it matters here. */
export function isBranchName(text: string): boolean {
  return isRevision(text) && !/[\s~^:?*[\\]|@\{/.test(text);
}

/**
 * Committer time as ISO 8601 UTC. Git stores any number; what a four-digit year cannot say is moved to the
 * nearest time it can.
 */
export function isoTime(seconds: number): string {
  const latest = 253_402_300_799; // 9999-12-31T23:59:59Z
  const bounded = Number.isFinite(seconds)
    ? Math.min(Math.max(Math.trunc(seconds), 0), latest)
    : 0;
  return new Date(bounded * 1000).toISOString().replace(".000Z", "Z");
}

/** The first paragraph of a commit message as one line, as Git's `%s` has it. */
export function subjectOf(message: string): string {
  const lines = message.split("\n").map((line) => line.trimEnd());
  const text = lines.slice(lines.findIndex((line) => line !== ""));
  const end = text.indexOf("");
  return text.slice(0, end === -1 ? undefined : end).join(" ");
}

/** One order for both implementations: Git sorts by bytes, GitHub does not promise any. */
export function byPath(
  a: { readonly path: string },
  b: { readonly path: string },
): number {
  return a.path < b.path ? -1 : a.path > b.path ? 1 : 0;
}
