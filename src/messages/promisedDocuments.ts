import { fileName } from "../core/fileName.ts";
import type { PhaseStatus, PromisedDocumentStatus } from "../core/status.ts";
import { place } from "./lines.ts";
import type { RenderContext } from "./message.ts";
import type { Line } from "./page.ts";

/** Documents named one by one; the rest is counted. */
const MOST_NAMED = 3;

/** Promised documents that are missing or not filled in; no line where all are there. */
export function promisedDocumentsLine(
  documents: PhaseStatus["promisedDocuments"],
  commit: string,
  link: RenderContext["link"],
): Line[] {
  const named = (
    words: string,
    verdict: PromisedDocumentStatus["verdict"],
  ): Line => {
    const concerned = documents.filter(
      (document) => document.verdict === verdict,
    );
    const shown = concerned
      .slice(0, MOST_NAMED)
      .flatMap(({ path, promisedBy, line }, index) => [
        index === 0 ? `${words}: ` : ", ",
        { code: fileName(path) },
        " (",
        place(promisedBy, line, commit, link),
        ")",
      ]);
    const more = concerned.length - MOST_NAMED;
    return more > 0 ? [...shown, ` and ${more} more`] : shown;
  };
  return [
    named("Promised and missing", "missing"),
    named("Promised and not filled in", "unfinished"),
  ].filter((line) => line.length > 0);
}
