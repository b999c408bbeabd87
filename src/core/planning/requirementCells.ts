import type { Statement } from "./statement.ts";
import { plainWords } from "./verification.ts";

/** Reads a row by its header: the first column of a name, from a column on. */
export function cellsOf({ header, cells }: NonNullable<Statement["row"]>) {
  return (name: RegExp, from: number): string | null => {
    const index = header.findIndex(
      (title, at) => at >= from && name.test(plainWords(title)),
    );
    const text = cells[index]?.trim() ?? "";
    return index === -1 || text === "" ? null : text;
  };
}
