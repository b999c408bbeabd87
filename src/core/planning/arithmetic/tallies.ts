import { formatCount } from "../../coverage/counts.ts";
import { plain } from "../claims/words.ts";
import type { Statement } from "../statement.ts";
import type { Dispute } from "./dispute.ts";
import { countIn, type Table } from "./tables.ts";

/** How the tests of one run did, as one sentence, row or column tells it; null for what it does not tell. */
export interface Tally {
  readonly passed: Told | null;
  readonly failed: Told | null;
  readonly errors: Told | null;
  readonly total: Told | null;
}

interface Told {
  readonly value: number;
  readonly line: number;
}

const LABELS: readonly [keyof Tally, RegExp][] = [
  ["passed", /^(?:tests? )?(?:pass(?:ing|ed)?|passes)(?: tests?)?$/i],
  ["failed", /^(?:tests? )?(?:fail(?:ing|ed|ures?)?)(?: tests?)?$/i],
  ["errors", /^(?:tests? )?errors?$/i],
  [
    "total",
    /^(?:total(?: tests?)?|tests?(?: (?:created|run|total))?|collected)$/i,
  ],
];

/** "91 passing", "29 tests failed", "11 errors". */
const COUNTED =
  /(?<![\d.,/~])(\d{1,3}(?:,\d{3})+|\d{1,7}) (?:tests? )?(pass(?:ed|ing)?|fail(?:ed|ing|ures?)?|errors?)\b/gi;

/** The tallies of a document: of its sentences, of its tables' rows, and of the columns of tables with one metric a row. */
export function talliesOf(
  statements: readonly Statement[],
  tables: readonly Table[],
): Tally[] {
  return [
    ...statements.flatMap((statement) =>
      statement.row ? [] : ofSentence(statement),
    ),
    ...tables.flatMap((table) => [...ofRows(table), ...ofColumns(table)]),
  ];
}

function ofSentence({ text, line }: Statement): Tally[] {
  if (!/pass/i.test(text)) return [];
  const told = [...plain(text).matchAll(COUNTED)].map(
    ([, count = "", word = ""]) => ({
      label: word,
      value: Number(count.replaceAll(",", "")),
      line,
    }),
  );
  return tally(told);
}

function ofRows({ header, rows }: Table): Tally[] {
  return rows.flatMap(({ cells, line }) =>
    tally(
      header.map((label, column) => ({
        label,
        line,
        value: valueIn(cells[column]),
      })),
    ),
  );
}

function ofColumns({ header, rows }: Table): Tally[] {
  return header.slice(1).flatMap((_, index) =>
    tally(
      rows.map(({ cells, name, line }) => ({
        label: name,
        line,
        value: valueIn(cells[index + 1]),
      })),
    ),
  );
}

function valueIn(cell: string | undefined): number | null {
  const count = countIn(cell ?? "");
  return count && count.of === null && count.value >= 0 ? count.value : null;
}

/** None where less than two outcomes are told, or one of them twice: then they are of several runs. */
function tally(
  told: readonly {
    readonly label: string;
    readonly value: number | null;
    readonly line: number;
  }[],
): Tally[] {
  const found: Record<keyof Tally, Told | null> = {
    passed: null,
    failed: null,
    errors: null,
    total: null,
  };
  for (const { label, value, line } of told) {
    const kind = LABELS.find(([, pattern]) => pattern.test(label))?.[0];
    if (kind === undefined || value === null) continue;
    if (found[kind] !== null) return [];
    found[kind] = { value, line };
  }
  return found.passed && found.failed ? [found] : [];
}

/** More passing and failing tests than there are; failures of which another tally of the same run says that they hold the errors. */
export function disputedTallies(tallies: readonly Tally[]): Dispute[] {
  return [...tallies.flatMap(moreThanAll), ...errorsTwice(tallies)];
}

function moreThanAll({ passed, failed, total }: Tally): Dispute[] {
  return passed && failed && total && passed.value + failed.value > total.value
    ? [
        {
          line: total.line,
          value: total.value,
          metrics: ["tests_total"],
          otherLine: passed.line,
          why: `The document says ${formatCount(total.value)} tests (line ${total.line}), of which ${formatCount(passed.value)} pass and ${formatCount(failed.value)} fail (lines ${passed.line} and ${failed.line}): together ${formatCount(passed.value + failed.value)}.`,
        },
      ]
    : [];
}

function errorsTwice(tallies: readonly Tally[]): Dispute[] {
  const key = (passed: number, failed: number, errors: number) =>
    `${passed} ${failed} ${errors}`;
  const told = new Map<string, Told>();
  for (const { passed, failed, errors } of tallies) {
    if (!passed || !failed || !errors) continue;
    told.set(key(passed.value, failed.value, errors.value), failed);
  }
  return tallies.flatMap(({ passed, failed, errors }) => {
    if (!passed || !failed || !errors || errors.value === 0) return [];
    const apart = told.get(
      key(passed.value, failed.value - errors.value, errors.value),
    );
    if (!apart) return [];
    return [
      {
        line: failed.line,
        value: failed.value,
        metrics: ["tests_failing" as const],
        otherLine: apart.line,
        why: `Line ${failed.line} says ${formatCount(failed.value)} failing beside ${formatCount(errors.value)} errors; line ${apart.line} says ${formatCount(apart.value)} failing and ${formatCount(errors.value)} errors: the errors are counted twice.`,
      },
    ];
  });
}
