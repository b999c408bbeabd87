import type { DocumentKind } from "./documentKind.ts";
import type { FrontMatter } from "./frontMatter.ts";
import type { Statement } from "./statement.ts";

/** What documents of a kind must have. */
export interface RequiredParts {
  /** What such documents are called, one and several. */
  readonly names: readonly [one: string, several: string];
  /** Front matter fields. Source: GSD `frontmatter.cjs`, FRONTMATTER_SCHEMAS. */
  readonly fields: readonly {
    readonly name: string;
    /** The day of the first GSD release that wrote it; null where the first of all did. Source: GSD's tags. */
    readonly since: string | null;
  }[];
  /** Tags or headings. */
  readonly sections: readonly string[];
}

/** The required parts that a document lacks. */
export interface MissingParts {
  /** True when it has no front matter at all; `fields` is empty then. */
  readonly frontMatter: boolean;
  readonly fields: readonly string[];
  readonly sections: readonly string[];
}

export const REQUIRED_PARTS: Readonly<
  Partial<Record<DocumentKind, RequiredParts>>
> = {
  plan: {
    names: ["plan", "plans"],
    fields: [
      { name: "phase", since: null },
      { name: "plan", since: null },
      { name: "type", since: null },
      { name: "wave", since: "2026-01-13" },
      { name: "depends_on", since: "2026-01-12" },
      { name: "files_modified", since: "2026-01-12" },
      { name: "autonomous", since: "2026-01-13" },
      { name: "must_haves", since: "2026-01-15" },
    ],
    sections: ["tasks", "success criteria"],
  },
  summary: {
    names: ["summary", "summaries"],
    fields: [
      { name: "phase", since: null },
      { name: "plan", since: null },
      { name: "subsystem", since: null },
      { name: "tags", since: null },
      { name: "duration", since: null },
      { name: "completed", since: null },
    ],
    sections: ["deviations from plan"],
  },
  verification: {
    names: ["verification", "verifications"],
    fields: [
      { name: "phase", since: "2026-01-15" },
      { name: "verified", since: "2026-01-15" },
      { name: "status", since: "2026-01-15" },
      { name: "score", since: "2026-01-15" },
    ],
    sections: ["observable truths"],
  },
};

/** The required parts that a document lacks; null where nothing is, and for kinds of which nothing is required. */
export function readMissingParts(
  kind: DocumentKind,
  front: FrontMatter,
  statements: readonly Statement[],
): MissingParts | null {
  const required = REQUIRED_PARTS[kind];
  if (!required) return null;
  const keys = front.fields.entries.map(({ key }) => normal(key));
  const titles = new Set<string>();
  for (const { place, text, section } of statements) {
    for (const title of section) titles.add(title);
    if (place === "heading") titles.add(text);
  }
  const named = [...titles].map(normal);
  const frontMatter = keys.length === 0;
  const fields =
    // What an error in the YAML took down is told by its own finding.
    frontMatter || front.findings.length > 0
      ? []
      : required.fields
          .map(({ name }) => name)
          .filter((name) => !keys.some((key) => isField(key, name)));
  const sections = required.sections.filter(
    (name) => !named.some((other) => other.includes(normal(name))),
  );
  return frontMatter || fields.length > 0 || sections.length > 0
    ? { frontMatter, fields, sections }
    : null;
}

/** `duration_minutes` and `date_completed` say what `duration` and `completed` ask for. */
function isField(key: string, name: string): boolean {
  return key === name || key.startsWith(`${name}_`) || key.endsWith(`_${name}`);
}

/** `files-modified`, `## Success Criteria:` and `<success_criteria>` are spelled alike. */
function normal(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "_")
    .replace(/^_|_$/g, "");
}
