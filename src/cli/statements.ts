import { fileName } from "../core/fileName.ts";
import type { Claim } from "../core/planning/claim.ts";
import { placeOf, type DocumentKind } from "../core/planning/documentKind.ts";
import type { Statement } from "../core/planning/statement.ts";
import type { Target } from "../core/planning/target.ts";
import { said, threshold } from "../core/judge/wording.ts";
import { inBatches } from "../jobs/batches.ts";
import {
  MANY_BYTES,
  openReadingPool,
  OUT_OF_MEMORY,
} from "../jobs/readingPool.ts";
import { readFiles, type FileProblem } from "./files.ts";
import { EXIT, printJson, jsonArray, UsageError, type Io } from "./io.ts";

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
    const { targetsOf } = await import("../core/planning/document.ts");
    return eachLine(files, options, io, (text) => ({
      targets: targetsOf({ text, line: 0 }).map((target) => ({
        ...target,
        path: null,
        line: null,
      })),
    }));
  }
  return eachDocument(files, options, io, {
    for: "targets",
    // A file that is no planning document by its name is read for what it promises.
    kind: (kind) => (kind === "other" ? "plan" : kind),
    line: (target: Target) =>
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
    const { readClaims } =
      await import("../core/planning/claims/readClaims.ts");
    return eachLine(files, options, io, (text) => ({
      claims: readClaims(statementIn(text)).claims.map((claim) => ({
        ...claim,
        path: null,
        line: null,
      })),
    }));
  }
  return eachDocument(files, options, io, {
    for: "claims",
    // A file that is no planning document by its name is read for what it claims; a plan claims nothing, here as in the bot.
    kind: (kind) => (kind === "other" ? "report" : kind),
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

/** What is looked for in documents, and how it is shown. */
interface Search<T> {
  readonly for: "targets" | "claims";
  /** The kind as which a document is read. */
  readonly kind: (kind: DocumentKind) => DocumentKind;
  readonly line: (found: T) => string;
}

async function eachDocument<T extends Target | Claim>(
  files: readonly string[],
  { json }: StatementOptions,
  io: Io,
  { for: wanted, kind, line }: Search<T>,
): Promise<number> {
  if (files.length === 0) {
    throw new UsageError("Name at least one file, or give --stdin.");
  }
  const unread: FileProblem[] = [];
  const told = inOrder(json ? jsonArray(io) : linesOf(io, line));
  await using reading = openReadingPool();
  await inBatches(
    readable(files, io, (index, file) => {
      unread.push(file);
      told.add(index, []);
    }),
    ({ bytes }) => bytes.byteLength,
    MANY_BYTES,
    async (batch) => {
      const readings = await reading.read(
        batch.map(({ path, bytes }) => ({
          bytes,
          readers: [{ as: wanted, kind: kind(kindOf(path)) }],
        })),
      );
      for (const [place, { index, path }] of batch.entries()) {
        const made = readings[place];
        if (!made) unread.push({ path, problem: OUT_OF_MEMORY });
        const found = (made?.[0] ?? []) as readonly T[];
        told.add(
          index,
          found.map((one) => ({ ...one, path })),
        );
      }
    },
  );
  told.end();
  for (const { path, problem } of unread) io.err(`${path}: ${problem}\n`);
  return unread.length > 0 ? EXIT.unreadable : EXIT.done;
}

/** Documents are read on several threads, and told in the order in which they were named, each as soon as it can be. */
function inOrder<T>(printer: Printer<T>) {
  const waiting = new Map<number, readonly T[]>();
  let next = 0;
  return {
    add: (index: number, found: readonly T[]) => {
      waiting.set(index, found);
      for (let ready = waiting.get(next); ready; ready = waiting.get(next)) {
        for (const one of ready) printer.print(one);
        waiting.delete(next++);
      }
    },
    end: () => printer.end(),
  };
}

interface Printer<T> {
  readonly print: (one: T) => void;
  readonly end: () => void;
}

function linesOf<T>(io: Io, line: (one: T) => string): Printer<T> {
  return {
    print: (one) => io.out(`${line(one)}\n`),
    end: () => undefined,
  };
}

/** The files that can be read, with their places; why another one cannot goes to `refuse`. */
async function* readable(
  files: readonly string[],
  io: Io,
  refuse: (index: number, file: FileProblem) => void,
): AsyncGenerator<{ index: number; path: string; bytes: Uint8Array }> {
  let index = 0;
  for await (const file of readFiles(files, MAX_BYTES, io)) {
    if ("problem" in file) refuse(index, file);
    else yield { index, ...file };
    index++;
  }
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
