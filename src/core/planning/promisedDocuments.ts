import type { RequiredFile } from "./plan.ts";
import type { Statement } from "./statement.ts";

/** A document that a plan says its work will leave behind. */
export interface PromisedDocument {
  /** As written: from the repository's root, from the phase's directory, or the bare name. */
  readonly path: string;
  readonly line: number;
}

/** What is written to be read. Configuration and sources are the business of the must-haves. */
const DOCUMENT = /\.(?:md|mdx|markdown|rst|adoc)$/i;

/**
 * A path or a bare file name. What stands behind `@`, `~` or a leading `/` is read by the plan, not written by it. Braces and brackets
 * belong to it, because a path may be a template: `{phase}-{plan}-SUMMARY.md`.
 */
const PATH =
  /(?<![\w@~./\\{}<>[\]-])(?:\.\/)?(?:[\w.{}<>[\]-]{1,120}\/){0,12}[\w.{}<>[\]-]{0,120}[\w}\]>]\.(?:md|mdx|markdown|rst|adoc|json|xml|log|txt|html|csv|lcov|info)(?![\w/-]|\.\w)/gi;

/**
 * The documents that a plan promises: those among its required files, those its `<output>` says to create, and those that a success
 * criterion says will be there. What is promised only under a condition ("if …", "… or …") is no promise.
 */
export function readPromisedDocuments(
  required: readonly RequiredFile[],
  statements: readonly Statement[],
): PromisedDocument[] {
  return [
    ...required.filter(({ path }) => DOCUMENT.test(path) && !/\s/.test(path)),
    ...statements.filter(isOutput).flatMap(fromOutput()),
    ...statements.filter(isSuccessCriterion).flatMap(fromCriterion),
  ].map(({ path, line }) => ({ path: path.replace(/^\.\//, ""), line }));
}

/** A list item below `<success_criteria>` or a heading of that name. */
export function isSuccessCriterion({ place, section }: Statement): boolean {
  return (
    place === "item" &&
    section.some(
      (name) =>
        name === "success_criteria" || /^success criteria\b/i.test(name),
    )
  );
}

function isOutput({ section, place }: Statement): boolean {
  return (
    place !== "heading" && section.some((name) => /^outputs?:?$/i.test(name))
  );
}

/** `create X-SUMMARY.md with:` and a list: the list is what X will hold. `create:` and a list: it is what will be created. */
function fromOutput() {
  let named = false;
  return ({ text, place, line }: Statement): PromisedDocument[] => {
    if (isConditional(text)) return [];
    const paths = mentions(text).filter(({ before }) => !isSource(before));
    if (place === "item") {
      const [first] = paths;
      const begins = first && /^[\s`"'*_([]*$/.test(first.before);
      return begins && !named ? [{ path: first.path, line }] : [];
    }
    named ||= paths.length > 0;
    return paths.map(({ path }) => ({ path, line }));
  };
}

function fromCriterion({ text, line }: Statement): PromisedDocument[] {
  if (isConditional(text)) return [];
  return mentions(text).flatMap(({ path, before, after }) =>
    DOCUMENT.test(path) &&
    !isKind(before, after) &&
    (IS_THERE.test(after) || RECORDED_IN.test(before) || CREATE.test(before))
      ? [{ path, line }]
      : [],
  );
}

interface Mention {
  readonly path: string;
  readonly before: string;
  readonly after: string;
}

function mentions(text: string): Mention[] {
  if (!text.includes(".")) return [];
  return [...text.matchAll(PATH)].map((match) => ({
    path: match[0],
    before: text.slice(0, match.index),
    after: text.slice(match.index + match[0].length),
  }));
}

/** "If the rate is below 98 %, …", "… OR gap plan documented in X.md". */
function isConditional(text: string): boolean {
  return (
    /\b(?:if|unless|optional(?:ly)?|otherwise)\b/i.test(text) ||
    /\bOR\b/.test(text)
  );
}

/** "6 SKILL.md files", "no X.md": a kind of file, or none. */
function isKind(before: string, after: string): boolean {
  return /^[`"'*]*\s+files\b/i.test(after) || /\bno\s+[`"'*]*$/i.test(before);
}

/** "based on `19-RESEARCH.md`": what is read on the way. */
function isSource(before: string): boolean {
  return /\b(?:from|per|see|using|use|read|following|template|like|against|on)\s+(?:the\s+)?[`"'*(]*$/i.test(
    before.slice(-40),
  );
}

/** "X.md created", "X.md (the guide) documents all fixtures". */
const IS_THERE =
  /^[`"'*)\]]*(?:\s+\([^()]{1,60}\))?\s+(?:(?:file|document|report|guide)\s+)?(?:is\s+|are\s+|has been\s+)?(?:fully\s+|also\s+|now\s+)?(?:created|exists?|written|generated|produced|published|delivered|completed?|available|documents?|documented|covers?|includes?|contains?|describes?|provides?|explains?|lists?|has|updated|initiali[sz]ed|committed|present)\b/i;

/** "gaps documented in X.md", "report exists at X.md". */
const RECORDED_IN =
  /\b(?:documented|recorded|written|created|listed|flagged|saved|stored|captured|summari[sz]ed|reported|published|exported|exists?|generated|tracked)\s+(?:in|at|to|as|into|under)\s+(?:the\s+|an?\s+)?[`"'*(]*$/i;

/** "Create X.md". */
const CREATE =
  /^\W{0,8}(?:create|write|generate|produce|publish|deliver)\b[^.]{0,60}$/i;
