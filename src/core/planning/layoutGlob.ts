import { RE2JS } from "re2js";

/** What the placeholders of a glob stood for; null for one that it does not have. */
export interface Captures {
  readonly root: string;
  /** The phase's directory below the root; null where the glob has none. */
  readonly unit: string | null;
  readonly id: string | null;
  readonly plan: string | null;
  /** The words in the directory's name. */
  readonly unitSlug: string | null;
  /** The words in the file's name. */
  readonly slug: string | null;
}

/** `20260131-142530` is how spec-kit numbers by time. */
const ID = String.raw`\d{8}-\d{6}|\d{1,6}[A-Za-z]?(?:\.\d{1,6})*`;
const PLAN = String.raw`\d{1,6}[A-Za-z]?(?:\.\d{1,6})*`;

type Part = "root" | "unit" | "file";

/**
 * Matches whole paths against a root, a phase's directory and a file. It runs on RE2, in time that is linear in the path: no
 * configuration can make a repository of 100,000 paths take for ever.
 *
 * @throws Error with one sentence for a glob that makes no sense
 */
export function pathMatcher(
  root: string,
  unit: string | null,
  file: string,
): (path: string) => Captures | null {
  const middle = unit === null ? "" : `(?P<unit>${source(unit, "unit")})/`;
  const pattern = RE2JS.compile(
    `(?P<root>${source(root, "root")})/${middle}${source(file, "file")}`,
  );
  const names = pattern.namedGroups();
  const beginning = /^[^*<]*/.exec(`${root}/`)?.[0] ?? "";
  return (path) => {
    // Most paths of a repository lie elsewhere.
    if (!path.startsWith(beginning)) return null;
    const matcher = pattern.matcher(path);
    if (!matcher.matches()) return null;
    const group = (name: string) =>
      name in names ? matcher.group(name) : null;
    return {
      root: group("root") ?? "",
      unit: group("unit"),
      id: group("unit_id") ?? group("file_id"),
      plan: group("file_plan"),
      unitSlug: group("unit_slug"),
      slug: group("file_slug"),
    };
  };
}

/** Matches a single name, such as an entry of a tracker: `epic-<id>`. */
export function nameMatcher(glob: string) {
  const match = pathMatcher("-", null, glob);
  return (name: string): Captures | null => match(`-/${name}`);
}

/** A glob with its number in place. */
export function nameFor(glob: string, id: string): string {
  return glob.replaceAll("<id>", id);
}

function source(glob: string, part: Part): string {
  if (glob === "" || glob.startsWith("/") || glob.endsWith("/")) {
    throw new Error(
      `“${glob}” is no relative path. Write it without “/” at its ends.`,
    );
  }
  const segments = glob.split("/");
  const seen = new Set<string>();
  return segments
    .map((segment, index) => {
      const isLast = index === segments.length - 1;
      if (segment === "**") {
        if (isLast && part === "file") {
          throw new Error(
            `“${glob}” ends with “**”, which stands for directories. Write “**/*.md” for files.`,
          );
        }
        return isLast ? "[^/]+(?:/[^/]+)*" : "(?:[^/]+/)*";
      }
      if (segment.includes("**") || segment === "." || segment === "..") {
        throw new Error(
          `“${segment}” in “${glob}” means nothing. Write “*” within a name and “**” as a whole one.`,
        );
      }
      const isName = part === "file" && isLast;
      return `${segmentSource(segment, glob, part, isName, seen)}${isLast ? "" : "/"}`;
    })
    .join("");
}

function segmentSource(
  segment: string,
  glob: string,
  part: Part,
  isName: boolean,
  seen: Set<string>,
): string {
  return segment
    .split(/(\*|<[^>]*>)/)
    .map((piece) => {
      if (piece === "*") return "[^/]*";
      const name = /^<(.*)>$/.exec(piece)?.[1];
      if (name === undefined) return RE2JS.quote(piece);
      const known = PLACEHOLDERS[part].includes(name);
      if (!known || seen.has(name)) {
        throw new Error(
          known
            ? `“${glob}” has <${name}> twice.`
            : `“${glob}” has <${name}>, which cannot stand there. Possible: ${PLACEHOLDERS[part].map((other) => `<${other}>`).join(", ") || "none"}.`,
        );
      }
      seen.add(name);
      // A file's slug ends at a dot: `1-2-login.validation-report.md` is about a story, and none.
      const words = isName ? "[^/.]+" : "[^/]+";
      const inside = name === "id" ? ID : name === "plan" ? PLAN : words;
      return `(?P<${part}_${name}>${inside})`;
    })
    .join("");
}

const PLACEHOLDERS: Readonly<Record<Part, readonly string[]>> = {
  root: [],
  unit: ["id", "slug"],
  file: ["id", "plan", "slug"],
};
