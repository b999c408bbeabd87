import type { Statement } from "./statement.ts";

/** Source files that a document names together, in one sentence, row, list or table column. */
export interface FileList {
  readonly files: readonly string[];
  readonly line: number;
  /** What the document calls them: the words before them, the column's header, the heading above. */
  readonly label: string;
}

/** Characters of a label that are kept. */
const MAX_LABEL = 200;

const SOURCE_FILE =
  /(?<![\w./-])(?:[\w.-]+\/){0,12}[A-Za-z_][\w.-]{0,120}\.(?:py|ts|tsx|js|jsx|mjs|cjs|go|rs|java|kt|rb|php|cs|swift|c|cc|cpp|h|hpp|scala|ex|exs|vue|svelte)\b(?![\w/])/g;

/** Lists kept per document: enough for every table of a long report. */
const MAX_LISTS = 60;

/** Every group of two or more distinct source files; test files are not what a coverage target speaks of. */
export function readFileLists(statements: readonly Statement[]): FileList[] {
  const lists: FileList[] = [];
  const runs: Run[] = [];
  let open = "";
  for (const statement of statements) {
    const own = sourceFiles(statement.text);
    if (statement.place !== "row" && own.length >= 2) {
      lists.push({
        files: own,
        line: statement.line,
        label: labelOf(statement, own),
      });
    }
    // Consecutive rows or items of one section make one list, by their first file.
    const joins = statement.place === "row" || statement.place === "item";
    const key = joins
      ? `${statement.place}|${statement.section.join("|")}|${statement.row?.header.join("|") ?? ""}`
      : "";
    const first = own[0];
    if (joins && first !== undefined) {
      if (key !== open) {
        runs.push({
          files: new Set(),
          line: statement.line,
          label: labelOf(statement, own),
        });
      }
      runs.at(-1)?.files.add(first);
      open = key;
    } else if (key !== open) open = "";
  }
  return [...lists, ...runs.flatMap(finished)].slice(0, MAX_LISTS);
}

interface Run {
  readonly files: Set<string>;
  readonly line: number;
  readonly label: string;
}

function finished({ files, line, label }: Run): FileList[] {
  return files.size >= 2 ? [{ files: [...files], line, label }] : [];
}

function labelOf(
  { text, place, row, section }: Statement,
  [first = ""]: readonly string[],
): string {
  const column = row?.cells.findIndex((cell) => cell.includes(first)) ?? -1;
  const before =
    place === "row" ? row?.header[column] : text.slice(0, text.indexOf(first));
  return [section.at(-1), before]
    .filter((part) => part !== undefined && part.trim() !== "")
    .join(" · ")
    .slice(0, MAX_LABEL);
}

/** The distinct source files a text names, test files left out, in order. */
export function sourceFiles(text: string): string[] {
  const found = new Set<string>();
  if (!text.includes(".")) return [];
  for (const [file] of text.matchAll(SOURCE_FILE)) {
    if (!isTestFile(file)) found.add(file);
  }
  return [...found];
}

/** By the names test runners look for: `test_x.py`, `x.test.ts`, `x_test.go`, anything below `tests/`. */
export function isTestFile(path: string): boolean {
  return (
    /(?:^|\/)(?:tests?|__tests__|spec)\//.test(path) ||
    /(?:^|\/)(?:test_[^/]*|conftest\.py|[^/]*[._-](?:test|spec)\.[a-z]+|[^/]*_test\.[a-z]+)$/i.test(
      path,
    )
  );
}
