import { fileName } from "../core/fileName.ts";
import type { Claim } from "../core/planning/claim.ts";
import { readClaims } from "../core/planning/claims/readClaims.ts";
import { readDocument, targetsOf } from "../core/planning/document.ts";
import { placeOf, type DocumentKind } from "../core/planning/documentKind.ts";
import type { Statement } from "../core/planning/statement.ts";
import type { Target } from "../core/planning/target.ts";
import { said, threshold } from "../core/judge/wording.ts";
import { readFiles } from "./files.ts";
import { EXIT, printJson, UsageError, type Io } from "./io.ts";

export interface StatementOptions {
  readonly stdin?: boolean;
  readonly json?: boolean;
}

const MAX_BYTES = 16 * 1024 * 1024;

/** `phasewatch targets`: the targets that documents, or single statements, set. */
export async function targets(
  files: readonly string[],
  options: StatementOptions,
  io: Io,
): Promise<number> {
  if (options.stdin) {
    return eachLine(files, options, io, (text) => ({
      targets: targetsOf({ text, line: 0 }).map((target) => ({
        ...target,
        path: null,
        line: null,
      })),
    }));
  }
  return eachDocument(files, options, io, {
    read: targetsIn,
    line: (target) =>
      `${target.path}:${target.line}  ${target.metric} of ${target.subject}${target.each ? " (each)" : ""} ${threshold(target)}`,
  });
}

/** `phasewatch claims`: the measurable statements about results. */
export async function claims(
  files: readonly string[],
  options: StatementOptions,
  io: Io,
): Promise<number> {
  if (options.stdin) {
    return eachLine(files, options, io, (text) => ({
      claims: readClaims(statementIn(text)).claims.map((claim) => ({
        ...claim,
        path: null,
        line: null,
      })),
    }));
  }
  return eachDocument(files, options, io, {
    read: (kind, text, path) =>
      readDocument(
        kind === "plan" || kind === "other" ? "report" : kind,
        text,
      ).claims.map((claim) => ({ ...claim, path })),
    line: (claim: Claim) =>
      `${claim.path}:${claim.line}  ${claim.metric} of ${claim.subject}: ${said(claim)}${claim.historic ? " (earlier value)" : ""}`,
  });
}

/** A line as it would stand in a document: a table row by its bars, else a list item. */
function statementIn(line: string): Statement {
  const cells = /^\s*\|(.+?)\|?\s*$/
    .exec(line)?.[1]
    ?.split("|")
    .map((cell) => cell.trim());
  return {
    text: cells?.join(" | ") ?? line.replace(/^\s*(?:[-*+]|\d+\.)\s+/, ""),
    line: 0,
    place: cells ? "row" : "item",
    section: [],
    row: cells ? { header: [], cells } : null,
    checked: null,
  };
}

function targetsIn(kind: DocumentKind, text: string, path: string): Target[] {
  // A file that is no planning document by its name is read for what it promises.
  const reading = readDocument(kind === "other" ? "plan" : kind, text);
  const promised = reading.roadmap?.phases.flatMap(({ promises }) => promises);
  return [...reading.targets, ...(promised ?? []).flatMap(targetsOf)].map(
    (target) => ({ ...target, path }),
  );
}

async function eachDocument<T extends Target | Claim>(
  files: readonly string[],
  { json }: StatementOptions,
  io: Io,
  {
    read,
    line,
  }: {
    read: (kind: DocumentKind, text: string, path: string) => T[];
    line: (found: T) => string;
  },
): Promise<number> {
  if (files.length === 0) {
    throw new UsageError("Name at least one file, or give --stdin.");
  }
  const found: T[] = [];
  let unreadable = false;
  for (const file of await readFiles(files, MAX_BYTES, io)) {
    if ("problem" in file) {
      io.err(`${file.path}: ${file.problem}\n`);
      unreadable = true;
      continue;
    }
    const text = new TextDecoder().decode(file.bytes);
    found.push(...read(kindOf(file.path), text, file.path));
  }
  if (json) printJson(io, found);
  else io.out(found.map((one) => `${line(one)}\n`).join(""));
  return unreadable ? EXIT.unreadable : EXIT.done;
}

async function eachLine(
  files: readonly string[],
  { json }: StatementOptions,
  io: Io,
  read: (text: string) => object,
): Promise<number> {
  if (files.length > 0) {
    throw new UsageError(
      `--stdin reads statements from standard input; “${files[0]}” is one word too many.`,
    );
  }
  const input = new TextDecoder().decode(await io.readStdin());
  const lines = input.split(/\r\n|\n|\r/);
  if (lines.at(-1) === "") lines.pop();
  const results = lines.map((text) => ({ text, ...read(text) }));
  if (json) printJson(io, results);
  else io.out(results.map((one) => `${JSON.stringify(one)}\n`).join(""));
  return EXIT.done;
}

/** By its place below `.planning`, or by its name alone. */
function kindOf(path: string): DocumentKind {
  const normal = path.replaceAll("\\", "/");
  const place = placeOf(normal);
  if (place && place.kind !== "other") return place.kind;
  const name = fileName(normal);
  if (/^(?:ROADMAP|STATE)\.md$/.test(name)) {
    return placeOf(`.planning/${name}`)?.kind ?? "other";
  }
  return placeOf(`.planning/phases/0/${name}`)?.kind ?? "other";
}
