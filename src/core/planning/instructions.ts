import { readStatements } from "./markdown.ts";
import type { Statement } from "./statement.ts";

/**
 * The statements in a plan's `<action>` blocks. Plans indent what stands in a task, which CommonMark reads as code; without the
 * indent it is the list that its author wrote. Fenced code stays code.
 *
 * @param body the document below its front matter
 * @param firstLine the 1-based line at which the body begins in the file
 */
export function readInstructions(body: string, firstLine: number): Statement[] {
  const found: Statement[] = [];
  let open: { lines: string[]; at: number } | null = null;
  for (const [index, line] of body.split(/\r\n|\n|\r/).entries()) {
    if (open === null) {
      if (/^\s{0,8}<action>\s*$/i.test(line)) {
        open = { lines: [], at: firstLine + index + 1 };
      }
    } else if (/^\s{0,8}<\/action>/i.test(line)) {
      found.push(...readStatements(withoutIndent(open.lines), open.at));
      open = null;
    } else {
      open.lines.push(line);
    }
  }
  return found;
}

/** Takes the indent off that all lines share, those without words aside. */
function withoutIndent(lines: readonly string[]): string {
  const shared = lines.reduce((least, line) => {
    const indent = line.search(/\S/);
    return indent === -1 ? least : Math.min(least, indent);
  }, Infinity);
  return lines
    .map((line) => line.slice(Number.isFinite(shared) ? shared : 0))
    .join("\n");
}
