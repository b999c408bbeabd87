import { readDocument, targetsOf, type DocumentReading } from "./document.ts";
import type { DocumentKind, DocumentPlace } from "./documentKind.ts";
import { readFileLists } from "./fileLists.ts";
import { field, readFrontMatter, textOf } from "./frontMatter.ts";
import type { FrontMap, FrontValue } from "./frontMatter.ts";
import type { DocumentRules } from "./layout.ts";
import { readStatements } from "./markdown.ts";
import { readStatus } from "./progress.ts";
import type { Statement } from "./statement.ts";
import { readTaskGroups } from "./taskGroups.ts";
import { readTracker } from "./tracker.ts";
import { plainWords } from "./verification.ts";

/** Under which role a document's reading is remembered: one role reads one content alike. */
export function readingRole({
  kind,
  rules,
}: Pick<DocumentPlace, "kind" | "rules">): string {
  return rules ? `${kind}@${rules.role}` : kind;
}

/** Reads a document as its place says: GSD's by its kind, any other by the rules of its layout. Never throws. */
export function readInPlace(
  { kind, rules }: Pick<DocumentPlace, "kind" | "rules">,
  text: string,
): DocumentReading {
  return rules ? readByRules(kind, rules, text) : readDocument(kind, text);
}

function readByRules(
  kind: DocumentKind,
  rules: DocumentRules,
  text: string,
): DocumentReading {
  if (kind === "tracker") {
    const { phases, findings } = readTracker(text, rules);
    return {
      ...readDocument("other", ""),
      kind,
      work: { status: null, tasks: null, tracked: phases },
      findings,
    };
  }
  const reading = readDocument(kind, text);
  const known = new Set(reading.targets.map(({ line }) => line));
  const front = readFrontMatter("", text);
  const body = text.split(/\r\n|\n|\r/).slice(front.bodyLine - 1);
  const statements = readStatements(body.join("\n"), front.bodyLine);
  const title = statements.find(({ place }) => place === "heading");
  const tasks = kind === "tasks" ? readTaskGroups(statements) : null;
  return {
    ...reading,
    title: title ? { text: plainWords(title.text), line: title.line } : null,
    verification: verificationBy(rules, front.fields, reading.verification),
    targets: [
      ...reading.targets,
      ...statements
        .filter(
          (statement) =>
            !known.has(statement.line) && isPromise(statement, rules.targets),
        )
        .flatMap(targetsOf),
    ],
    fileLists: readFileLists(statements),
    work: {
      status: rules.hasStatus ? readStatus(statements, rules.words) : null,
      tasks: tasks?.groups ?? null,
      tracked: null,
    },
    findings: [...reading.findings, ...(tasks?.findings ?? [])],
  };
}

function isPromise(
  { place, section, text }: Statement,
  sources: DocumentRules["targets"],
): boolean {
  if (place === "heading") return false;
  return sources.some(({ section: wanted, id }) => {
    if (wanted === null && id === null) return true;
    const isBelow =
      wanted !== null &&
      section.some((name) =>
        plainWords(name).toLowerCase().includes(wanted.toLowerCase()),
      );
    return isBelow || (id !== null && beginsWithId(text, id));
  });
}

/** `**SC-001**: …`, `SC-001 …`; a table's row begins with it too. */
function beginsWithId(text: string, id: string): boolean {
  const start = text.replace(/^[*_`\s[]+/, "");
  return start.startsWith(id) && /^-?\d/.test(start.slice(id.length));
}

function verificationBy(
  { verification: rule }: DocumentRules,
  fields: FrontMap,
  reading: DocumentReading["verification"],
): DocumentReading["verification"] {
  if (!rule || !reading) return reading;
  const stated =
    rule.field === null
      ? undefined
      : rule.field
          .split(".")
          .reduce<FrontValue | undefined>(
            (value, key) => field(value, key),
            fields,
          );
  const rawStatus = textOf(stated) ?? (rule.field ? "" : reading.rawStatus);
  const mapped = Object.entries(rule.map).find(
    ([word]) => word.toLowerCase() === rawStatus.toLowerCase(),
  );
  return {
    ...reading,
    rawStatus,
    statusLine: stated?.line ?? reading.statusLine,
    status: mapped?.[1] ?? (rule.field ? "unknown" : reading.status),
  };
}
