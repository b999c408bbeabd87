import type { DocumentKind } from "./documentKind.ts";
import { field, itemsOf, textOf, type FrontMatter } from "./frontMatter.ts";
import { sentence, type PlanReading } from "./plan.ts";
import { readAnswer } from "./requirementAnswers.ts";
import { idFirst, idList, idsIn, isWorkItem } from "./requirementIds.ts";
import { readRequirementList } from "./requirementList.ts";
import {
  mention,
  type RequirementMention,
  type RequirementRole,
  type Sentence,
} from "./requirementMention.ts";
import type { Statement } from "./statement.ts";
import { plainWords } from "./verification.ts";

/** Mentions of a document that are kept; a REQUIREMENTS document of a large product lists hundreds. */
const MAX_MENTIONS = 5_000;

/** What a document says about requirements. Never throws. */
export function readRequirements(
  kind: DocumentKind,
  front: FrontMatter,
  statements: readonly Statement[],
  plan: Pick<PlanReading, "truths"> | null,
  criteria: readonly Sentence[],
): RequirementMention[] {
  return mentionsOf(kind, front, statements, plan, criteria).slice(
    0,
    MAX_MENTIONS,
  );
}

function mentionsOf(
  kind: DocumentKind,
  front: FrontMatter,
  statements: readonly Statement[],
  plan: Pick<PlanReading, "truths"> | null,
  criteria: readonly Sentence[],
): RequirementMention[] {
  switch (kind) {
    case "requirements":
      return readRequirementList(statements);
    case "plan":
      return [
        ...listed(front, "claimed", "requirements"),
        ...[...(plan?.truths ?? []), ...criteria].flatMap(inPromise),
      ];
    case "summary":
    case "phase_summary":
      return listed(
        front,
        "completed",
        "requirements-completed",
        "requirements_completed",
      );
    case "verification":
      return statements.flatMap(readAnswer);
    case "report":
    case "roadmap":
    case "state":
    case "spec":
    case "tasks":
    case "tracker":
    case "other":
      return [];
  }
}

/** The ids of a front matter field. */
function listed(
  { fields }: FrontMatter,
  role: RequirementRole,
  ...names: readonly string[]
): RequirementMention[] {
  return itemsOf(field(fields, ...names)).flatMap((item) =>
    idList(sentence(item) ?? textOf(field(item, "id")) ?? "").map(
      ({ id, text }) => mention({ id, line: item.line, role, text }),
    ),
  );
}

function inPromise({ text, line }: Sentence): RequirementMention[] {
  const first = idFirst(text);
  const promised = first && !isWorkItem(first.id) ? first : null;
  return [
    ...(promised
      ? [
          mention({
            id: promised.id,
            line,
            role: "promised",
            text: plainWords(promised.rest) || null,
          }),
        ]
      : []),
    ...idsIn(text)
      .filter((id) => id !== promised?.id)
      .map((id) => mention({ id, line, role: "named" })),
  ];
}
