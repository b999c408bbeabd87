/**
 * Where people see a repository: its page and how its forge writes addresses.
 * https://docs.github.com/en/repositories/working-with-files/using-files/getting-permanent-links-to-files ·
 * https://docs.gitlab.com/user/project/repository/files/#permalinks
 */
export interface WebPage {
  /** Without a trailing slash: `https://github.com/acme/shop`. */
  readonly url: string;
  /** What comes between the page and `blob/…` or `commit/…`. */
  readonly infix: "" | "-/";
}

/** The page of a Git URL without credentials, or null where we do not know how its host writes addresses. */
export function webPageOf(url: string): WebPage | null {
  if (!URL.canParse(url)) return null;
  const { protocol, origin, hostname, pathname } = new URL(url);
  if (protocol !== "https:") return null;
  const page = `${origin}${pathname.replace(/\/$/, "").replace(/\.git$/, "")}`;
  const labels = hostname.split(".");
  if (labels.includes("github")) return { url: page, infix: "" };
  if (labels.includes("gitlab")) return { url: page, infix: "-/" };
  return null;
}

/** The address of a file at a commit, or of the commit itself. */
export function linkTo(
  page: WebPage,
  { commit, path, line }: { commit: string; path?: string; line?: number },
): string {
  const base = `${page.url}/${page.infix}`;
  if (path === undefined) return `${base}commit/${encodeURIComponent(commit)}`;
  const encoded = path.split("/").map(encodeURIComponent).join("/");
  const anchor = line === undefined ? "" : `#L${line}`;
  return `${base}blob/${encodeURIComponent(commit)}/${encoded}${anchor}`;
}
