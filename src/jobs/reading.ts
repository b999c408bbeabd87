import { checkFile, type FileQuestion } from "../core/judge/fileQuestions.ts";
import {
  readDocumentClaims,
  readDocumentTargets,
} from "../core/planning/document.ts";
import type {
  DocumentKind,
  DocumentPlace,
} from "../core/planning/documentKind.ts";
import { readInPlace } from "../core/planning/laidOut.ts";
import { readArtifact } from "../core/readArtifact.ts";

/** How a blob is to be read. It is data, not a function, because it may travel to another thread. */
export type Reader =
  | {
      readonly as: "document";
      readonly place: Pick<DocumentPlace, "kind" | "rules">;
    }
  /** Only what a document promises, or only what it claims. */
  | { readonly as: "targets" | "claims"; readonly kind: DocumentKind }
  | { readonly as: "artifact"; readonly path: string }
  | { readonly as: "file"; readonly question: FileQuestion };

/** One blob's bytes, and the readers that want them. */
export interface ReadingTask {
  readonly bytes: Uint8Array;
  readonly readers: readonly Reader[];
}

/** What the readers of a task make of it, in their order. Never throws: what is odd is a finding of the reading. */
export function readTask({ bytes, readers }: ReadingTask): unknown[] {
  return readers.map((reader) => {
    switch (reader.as) {
      case "document":
        return readInPlace(reader.place, new TextDecoder().decode(bytes));
      case "targets":
        return readDocumentTargets(
          reader.kind,
          new TextDecoder().decode(bytes),
        );
      case "claims":
        return readDocumentClaims(reader.kind, new TextDecoder().decode(bytes));
      case "artifact":
        return readArtifact(reader.path, bytes);
      case "file":
        return checkFile(new TextDecoder().decode(bytes), reader.question);
    }
  });
}
