import { readFile, stat } from "node:fs/promises";
import { resolve } from "node:path";
import type { Io } from "./io.ts";

export type FileContent =
  { readonly path: string; readonly bytes: Uint8Array } | FileProblem;

export interface FileProblem {
  readonly path: string;
  readonly problem: string;
}

/** The files that a command names, `-` being standard input, one after the other; one that cannot be read says why instead. */
export async function* readFiles(
  paths: readonly string[],
  maxBytes: number,
  io: Io,
): AsyncGenerator<FileContent> {
  for (const path of paths) yield await readOne(path, maxBytes, io);
}

async function readOne(
  path: string,
  maxBytes: number,
  io: Io,
): Promise<FileContent> {
  try {
    if (path === "-") return { path, bytes: await io.readStdin() };
    const file = resolve(io.cwd, path);
    const { size } = await stat(file);
    return size > maxBytes
      ? {
          path,
          problem: `The file has ${size} bytes; more than ${maxBytes} are not read.`,
        }
      : { path, bytes: await readFile(file) };
  } catch (error) {
    return { path, problem: reason(error) };
  }
}

function reason(error: unknown): string {
  const { code } = error as NodeJS.ErrnoException;
  switch (code) {
    case "ENOENT":
      return "There is no such file.";
    case "EACCES":
    case "EPERM":
      return "The file may not be read by this user.";
    case "EISDIR":
      return "This is a directory; name a file.";
    default:
      return `The file cannot be read: ${error instanceof Error ? error.message : String(error)}`;
  }
}
