import { readQuantities } from "../quantity.ts";
import type { Statement } from "../statement.ts";
import {
  type Context,
  isHypothesis,
  isWish,
  sectionMetric,
  sectionSubject,
  wholeOrPart,
} from "./context.ts";
import {
  type Draft,
  ESTIMATE,
  type Metric,
  aspectIn,
  attaches,
  draftOf,
  fractionOf,
  unitOf,
} from "./draft.ts";
import { SOURCE_FILE, onlyFile } from "./fileNames.ts";
import { OTHER_THINGS, metricNamed } from "./metricNames.ts";
import { subjectIn } from "./nounPhrase.ts";
import { columnOf, namingCell } from "./rowColumns.ts";
import { type ProseReading, readProse } from "./sentenceClaims.ts";
import { suiteNamed } from "./testedPart.ts";
import { WHOLE_SUITE, isWhole } from "./wholeLabels.ts";
import { bare, plain } from "./words.ts";

/** The claims of a table row: its cells under the columns that name a metric, and what its explaining cells say. */
export function readRow(
  section: readonly string[],
  row: NonNullable<Statement["row"]>,
): ProseReading {
  const header = row.header.map((name) => bare(plain(name)));
  const cells = row.cells.map(plain);
  const columns = header.map(columnOf);
  const naming = namingCell(header, cells, columns);
  const name = naming === null ? "" : bare(cells[naming] ?? "");
  const rowMetric = metricNamed(name);
  if (/\b(?:target|goal|threshold|gap|expected|required)\b/i.test(name)) {
    const criteria = /criteri|truth|requirement|must/i.test(
      header[naming ?? 0] ?? "",
    );
    if (!criteria) return { drafts: [], numbers: 0 };
  }
  const tableMetric = sectionMetric(section);
  const ofCoverage =
    rowMetric === "coverage" ||
    header.some((label) => metricNamed(label) === "coverage") ||
    (SOURCE_FILE.test(name) && tableMetric === "coverage");
  const ofOthers =
    !SOURCE_FILE.test(name) && header.some((label) => OTHER_THINGS.test(label));
  const spoken = rowSubject(name, header, cells, section);
  const suite = suiteNamed(
    /^(?:[\w./&'-]{1,60} ){1,4}tests\b/i.exec(name)?.[0] ?? "",
  );
  const past = /^(?:starting|baseline|initial|previous|before)\b/i.test(name);
  const drafts: Draft[] = [];
  let numbers = 0;
  const wishful = isWish(section) || isHypothesis(section);
  for (const [index, column] of columns.entries()) {
    const cell = cells[index];
    if (column.kind === "skip" || cell === undefined || index === naming) {
      continue;
    }
    const context: Context = {
      subject: spoken,
      suite,
      whole: wholeOrPart(section),
      metric: null,
      reached: /[✅✓]/u.test(cell),
      wishful,
      historic: past || (column.kind === "value" && column.historic),
    };
    if (column.kind === "prose") {
      const prose = readProse(cell, context);
      drafts.push(...prose.drafts);
      numbers = Math.max(numbers, prose.numbers);
      continue;
    }
    // A change in a row of pass rates is none of coverage.
    if (column.metric === "coverage_delta" && !ofCoverage) continue;
    const metric =
      column.metric ??
      rowMetric ??
      (SOURCE_FILE.test(name) || isWhole(name) ? tableMetric : null);
    if (
      wishful &&
      !column.historic &&
      !/\b(?:current|actual|achieved|measured)\b/i.test(header[index] ?? "")
    )
      continue;
    if (metric === null || (ofOthers && metric.startsWith("coverage")))
      continue;
    const draft = readCell(cell, metric, context, name);
    if (draft) drafts.push(withRowFraction(draft, header, cells));
  }
  return { drafts, numbers };
}

function rowSubject(
  name: string,
  header: readonly string[],
  cells: readonly string[],
  section: readonly string[],
): string | null {
  const target = header.findIndex((label) => /^target file$/i.test(label));
  const aimed = target === -1 ? null : onlyFile(cells[target] ?? "");
  if (aimed !== null) return aimed;
  const file = onlyFile(name);
  if (file !== null) return file;
  if (/^(?:sub-?)?total$|^(?:average|combined|mean)$/i.test(name)) return null;
  if (isWhole(name)) return wholeOrPart(section);
  const around = sectionSubject(section);
  if (/^(?:phase|plan|wave)\s+[\w.-]+$/i.test(name)) return name;
  const first = header[0] ?? "";
  if (name === "" && /^(?:phase|plan|wave)$/i.test(first)) {
    return `${first} ${cells[0] ?? ""}`.trim();
  }
  if (
    metricNamed(name) !== null &&
    WHOLE_SUITE.test(name) &&
    !/^line coverage$/i.test(name)
  )
    return around;
  const own = subjectIn(name.replace(/\([^()]*\)/g, " "));
  const asked = /criteri|truth|requirement|must/i.test(
    `${first} ${header[1] ?? ""}`,
  );
  // A truth is a sentence; only a short one is a name.
  if (asked && name.split(" ").length > 5) return around;
  if (own !== null) return own;
  if (around !== null) return around;
  if (/\btests$/i.test(name) && !WHOLE_SUITE.test(name)) return name;
  // "Line Coverage" as a metric of a whole-project table; in the report of one plan it may be that of a file.
  return /^line coverage$/i.test(name) &&
    !section.some((heading) => /\bplan\b/i.test(heading))
    ? name
    : null;
}

function readCell(
  cell: string,
  metric: Metric,
  context: Context,
  name: string,
): Draft | null {
  if (/\b(?:target|goal|expected|projected|planned)\b/i.test(cell)) return null;
  const quantities = readQuantities(cell);
  const arrow = quantities.findLastIndex((q) =>
    /→\s*$/.test(cell.slice(0, q.index)),
  );
  const at = Math.max(0, arrow);
  const quantity = quantities[at];
  if (!quantity) return null;
  // A cell whose number is not what stands first in it speaks of something else.
  if (arrow === -1 && /\p{L}{2}/u.test(cell.slice(0, quantity.index))) {
    return null;
  }
  const unit = unitOf(quantity, metric);
  if (unit === null) return null;
  if (quantity.bound?.startsWith("<")) return null;

  const resolved =
    metric === "coverage" && quantity.sign === "+" ? "coverage_delta" : metric;
  const next = quantities[at + 1];
  const fraction =
    fractionOf(quantity) ??
    (next && attaches(cell, quantity, next, metric) ? fractionOf(next) : null);
  return draftOf(quantity, cell, {
    metric: resolved,
    subject:
      context.subject ??
      (resolved.startsWith("coverage")
        ? "unnamed"
        : (context.suite ?? "tests")),
    fraction,
    historic: context.historic,
    estimated:
      quantity.approximate || ESTIMATE.test(cell) || ESTIMATE.test(name),
    aspect: aspectIn(`${name} ${cell}`),
  });
}

/** Covered of total, passing of tests: the other columns of a row are the fraction beside its percentage. */
function withRowFraction(
  draft: Draft,
  header: readonly string[],
  cells: readonly string[],
): Draft {
  if (draft.fraction !== null || draft.unit !== "%" || draft.historic) {
    return draft;
  }
  const number = (pattern: RegExp) => {
    const index = header.findIndex((label) => pattern.test(label));
    const found = index === -1 ? [] : readQuantities(cells[index] ?? "");
    const only = found.length === 1 ? found[0] : undefined;
    return only?.unit === null && !only.approximate && only.denominator === null
      ? only.value
      : null;
  };
  const [n, d] =
    draft.metric === "coverage"
      ? [
          number(/^(?:covered(?: lines)?|lines covered)$/i),
          number(/^(?:total(?: lines)?|lines|statements|stmts)$/i),
        ]
      : draft.metric === "pass_rate"
        ? [
            number(/^(?:tests? )?pass(?:ed|ing)?$/i),
            number(/^(?:total(?: tests)?|tests?(?: created| run)?)$/i),
          ]
        : [null, null];
  return n !== null && d !== null && n <= d
    ? { ...draft, fraction: { n, d } }
    : draft;
}
