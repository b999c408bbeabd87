import type { DocumentAt, PathHistory } from "../facts.ts";
import { fileName } from "../fileName.ts";
import { firstOf } from "../firstOf.ts";
import type { Finding } from "../finding.ts";
import {
  REQUIRED_PARTS,
  type RequiredParts,
} from "../planning/requiredParts.ts";

/** Which required parts the repository's documents of a kind really have: the others are not its custom. */
export type Convention = ReadonlySet<string>;

const FRONT_MATTER = "front matter";
const FIELD = "field ";
const SECTION = "section ";

/**
 * A part counts as required unless most other documents of its kind lack it too: teams shape GSD's documents to their needs, and
 * a part that nobody writes is not missing anywhere.
 */
export function conventionOf(
  documents: readonly DocumentAt[],
  history: PathHistory,
): Convention {
  const required = new Set<string>();
  for (const { kind, lacks } of lacksByKind(documents, history)) {
    const counts = new Map<string, number>();
    for (const part of lacks.flatMap(({ parts }) => parts)) {
      counts.set(part, (counts.get(part) ?? 0) + 1);
    }
    const withFront = lacks.length - (counts.get(FRONT_MATTER) ?? 0);
    for (const [part, count] of counts) {
      const all = part.startsWith(FIELD) ? withFront : lacks.length;
      if ((all - count) * 2 >= all - 1) required.add(`${kind} ${part}`);
    }
  }
  return required;
}

/** One finding for each kind of document in a phase, at the first document that lacks something. */
export function missingPartFindings(
  documents: readonly DocumentAt[],
  convention: Convention,
  history: PathHistory,
): Finding[] {
  return lacksByKind(documents, history).flatMap(
    ({ kind, required, lacks }) => {
      const concerned = lacks
        .map(({ path, parts }) => ({
          path,
          parts: parts.filter((part) => convention.has(`${kind} ${part}`)),
        }))
        .filter(({ parts }) => parts.length > 0);
      const [first] = concerned;
      if (!first) return [];
      return [
        {
          // "front_matter" is for what cannot be read; here there is nothing to read.
          kind: "structure" as const,
          path: first.path,
          line: first.parts.every((part) => part.startsWith(SECTION))
            ? null
            : 1,
          message: messageOf(required, concerned, lacks.length),
        },
      ];
    },
  );
}

/** What one document lacks; most lack nothing. */
interface Lack {
  readonly path: string;
  readonly parts: readonly string[];
}

/** What every document lacks, for each kind of which something is required. Other layouts than GSD's require nothing. */
function lacksByKind(documents: readonly DocumentAt[], history: PathHistory) {
  const ofGsd = documents.filter(({ place }) => !place.rules);
  return [...Map.groupBy(ofGsd, ({ reading }) => reading.kind)].flatMap(
    ([kind, ofKind]) => {
      const required = REQUIRED_PARTS[kind];
      if (!required) return [];
      const lacks = ofKind.map((document): Lack => ({
        path: document.path,
        parts: lackedBy(document, required, history),
      }));
      return [{ kind, required, lacks }];
    },
  );
}

/** What a document lacks of what was required when it was last written; a document older than a field, or of unknown age, is not blamed for it. */
function lackedBy(
  { path, reading }: DocumentAt,
  required: RequiredParts,
  history: PathHistory,
): string[] {
  const missing = reading.missingParts;
  if (!missing) return [];
  const written = history.lastChange(path)?.at ?? "";
  const fields = required.fields.filter(
    ({ name, since }) =>
      missing.fields.includes(name) && (since === null || written >= since),
  );
  return [
    ...(missing.frontMatter ? [FRONT_MATTER] : []),
    ...fields.map(({ name }) => FIELD + name),
    ...missing.sections.map((name) => SECTION + name),
  ];
}

/** Documents named one by one; the rest is counted. */
const MOST_NAMED = 3;

function messageOf(
  { names: [one, several] }: RequiredParts,
  concerned: readonly Lack[],
  total: number,
): string {
  const named = concerned.map(
    ({ path, parts }) => `${fileName(path)} (${spoken(parts)})`,
  );
  const mend = concerned.some(({ parts }) => parts.includes(FRONT_MATTER))
    ? "Front matter stands between lines `---` from line 1 on."
    : "Add what is missing.";
  return `${concerned.length} of ${total} ${total === 1 ? one : several} ${concerned.length === 1 ? "lacks" : "lack"} required parts: ${firstOf(named, MOST_NAMED)}. ${mend}`;
}

/** `front matter`, `duration, completed`, `the section “tasks”`. */
function spoken(parts: readonly string[]): string {
  return parts
    .map((part) =>
      part.startsWith(SECTION)
        ? `the section “${part.slice(SECTION.length)}”`
        : part.replace(FIELD, ""),
    )
    .join(", ");
}
