import type { Claim, ClaimMetric, ClaimReading } from "./claim.ts";
import { readQuantities, type Quantity } from "./quantity.ts";
import type { Statement } from "./statement.ts";

/** Characters of a statement that are read; nothing longer is a sentence about a result. */
const MAX_TEXT = 4_000;
const MAX_SUBJECT = 80;
const MAX_STATUS = 60;
/** Numbers of one sentence that are read. */
const MAX_NUMBERS = 60;
/** Claims that one statement may make; a longer list is a data dump. */
const MAX_CLAIMS = 40;

/**
 * The measurable statements that a document makes about results, in order of appearance. A wrong claim is worse than a missed one: a
 * number whose metric, or whose standing as a result, cannot be told from the words around it is left out, and a number
 * is about the whole project only where the document says "overall" or the like. Never throws; linear in the (capped) text.
 */
export function readClaims(statement: Statement): ClaimReading[] {
  const drafts = [
    ...readStatus(statement),
    ...(statement.row
      ? readRow(statement, statement.row)
      : readText(statement)),
  ];
  const seen = new Set<string>();
  const claims: ClaimReading[] = [];
  for (const draft of drafts) {
    const key = JSON.stringify([draft.metric, draft.subject, draft.value]);
    if (seen.has(key)) continue;
    seen.add(key);
    claims.push({ ...draft, text: statement.text, line: statement.line });
  }
  return claims.slice(0, MAX_CLAIMS);
}

type Draft = Omit<ClaimReading, "text" | "line">;
type Metric = Exclude<ClaimMetric, "status">;

/** What the place of a text says about the numbers in it. */
interface Context {
  /** What is spoken of where the text itself does not say so. */
  readonly subject: string | null;
  /** What "overall" means here: the project, or the part that the headings are about. */
  readonly whole: string;
  /** What a bare number is: the column's or the section's metric. */
  readonly metric: Metric | null;
  /** Ticked off: "coverage >= 50%" is then a result, not a wish. */
  readonly reached: boolean;
  /** Goals, next steps, open boxes: only a number that is called current is a result. */
  readonly wishful: boolean;
  /** An earlier state: the "Before" column. */
  readonly historic: boolean;
}

// ---------------------------------------------------------------- status

const STATUS_LABEL =
  /(?:^|[\s>])(?:overall |phase |plan |report |final |verification |current )?status:\s*(\S.*)$/i;
/** Fields that follow a status on the same line of a wrapped paragraph. */
const NEXT_FIELD =
  /\s(?=(?:last activity|progress|phase|plan|wave|date|verified|re-verification|completed|duration|score|next|stopped at|resume file|last session):)/i;
const STATUS_WORD =
  /\b(?:complete|completed|passed|failed|done|gaps[_ ]found|human[_ ]needed|partial|partially complete|in progress|blocked|superseded|all gaps closed)\b/i;
/** "# Wave 2 Complete - …", "# Phase 19 Summary - COMPLETE". */
const TITLE_START =
  /^(?:phase|plan|wave)\s+[\w.-]+(?:\s+plan\s+[\w.-]+)?:?\s+(complete|completed)\b/i;
const TITLE_END = /\s[-–—:]\s*(complete|completed|gaps found|in progress)$/i;
/** Sections in which a status is that of the document, not of a task, file or finding. */
const STATUS_SECTION =
  /^(?:current (?:position|status)|status|overall status|conclusion|summary|executive summary|overview|self-check.*|phase status|final status|verification (?:status|summary|result).*)$/i;

function readStatus(statement: Statement): Draft[] {
  const { place, section, row, checked } = statement;
  const text = plain(statement.text);
  if (row) return readStatusRow(row, section);
  if (place === "heading") {
    const word =
      section.length === 0
        ? (TITLE_START.exec(text) ?? TITLE_END.exec(bare(text)))?.[1]
        : undefined;
    return word === undefined ? [] : [status(word, wholeOf([text]))];
  }
  if (checked === true) {
    const phase = /^(Phase\s+[\w.]+)\s*:/i.exec(text)?.[1];
    if (phase !== undefined) return [status("[x] complete", phase)];
  }
  const said = STATUS_LABEL.exec(text.slice(0, 600));
  if (!said?.[1] || !speaksForDocument(statement, said[0])) return [];
  const value = bare(said[1].split(NEXT_FIELD)[0] ?? "");
  // "Status: 11/32 passing" is a count.
  if (value === "" || /^[\d(]/.test(value)) return [];
  return [status(value, wholeOf([...section.slice(0, 1), text]))];
}

function speaksForDocument(
  { place, section, text }: Statement,
  label: string,
): boolean {
  if (/overall status/i.test(label)) return true;
  if (place === "front_matter") return section.length === 1;
  if (!/^\W*(?:status|phase status|plan status|phase:)/i.test(text)) {
    return false;
  }
  return section.length <= 1 || STATUS_SECTION.test(section.at(-1) ?? "");
}

/** "Phase | Plans Complete | Status": a row of a progress table. */
function readStatusRow(
  { header, cells }: NonNullable<Statement["row"]>,
  section: readonly string[],
): Draft[] {
  const first = plain(header[0] ?? "");
  if (!/^(?:phase|plan|wave)s?$/i.test(first)) return [];
  if (header.some((name) => /\bfile|module\b/i.test(name))) return [];
  const column = header.findIndex((name) => /^\W*status\W*$/i.test(name));
  const value = bare(cells[column] ?? "");
  const name = plain(cells[0] ?? "").trim();
  if (!STATUS_WORD.test(value) || name === "" || isWish(section)) return [];
  const subject = /^\d/.test(name) ? `${first} ${name}` : name;
  return [status(value, subject)];
}

function status(word: string, subject: string): Draft {
  return {
    metric: "status",
    subject: cut(subject, MAX_SUBJECT),
    value: cut(word.trim(), MAX_STATUS),
    upper: null,
    unit: null,
    fraction: null,
    tolerance: 0,
    atLeast: false,
    estimated: false,
    historic: false,
    aspect: null,
  };
}

/** "Phase 19", "Phase 12 Plan 03", "Wave 2": whose state a title or line speaks of. */
function wholeOf(texts: readonly string[]): string {
  for (const text of texts) {
    const found =
      /\b(?:phase:?\s+[\w.]+(?:[\s,:-]+plan\s+[\w.-]+)?|wave\s+\d+|plan\s+[\w.-]*\d[\w.-]*)/i.exec(
        plain(text),
      )?.[0];
    if (found) return found.replace(/^phase:\s+/i, "Phase ");
  }
  return "unnamed";
}

// ---------------------------------------------------------------- rows

type Column =
  | { readonly kind: "skip" }
  | { readonly kind: "prose" }
  | {
      readonly kind: "value";
      readonly metric: Metric | null;
      readonly historic: boolean;
    };

const SKIP: Column = { kind: "skip" };
const WISH_COLUMN =
  /\b(?:target|goal|expected|required?|requirement|threshold|gap|est|estimated|projected|potential|gain|planned|plan|plans|min|minimum|max|cumulative|remaining|missing|uncovered|truth|criterion|criteria|lines?|priority|risk|complexity|effort|size|date|commit|recommended|milestone|increment|reason|impact if|budget|variance|confidence|%\s+of)\b/i;
const PAST_COLUMN =
  /^(?:before\b.*|baseline\b.*|previous\b.*|previously\b.*|start(?:ing)?\b.*|initial\b.*|old|from|pre-.*|prior\b.*|.*\bclaim(?:ed|s)?|.*\(before\))$/i;
const NOW_COLUMN =
  /^(?:achieved|actual|after\b.*|current\b.*|now|final|result|results?|value|new|post-.*|measured|end(?:ing)?|outcome|%|percent|percentage)$/i;
const PROSE_COLUMN =
  /^(?:status|details?|evidence|notes?|explanation|impact|observation|comments?|description|verification|measurement)$/i;

function columnOf(name: string): Column {
  const header = bare(plain(name)).replace(/\s+/g, " ");
  if (PAST_COLUMN.test(header)) {
    return { kind: "value", metric: metricNamed(header), historic: true };
  }
  if (PROSE_COLUMN.test(header)) return { kind: "prose" };
  if (/^coverage (?:areas?|source|gap)/i.test(header)) return SKIP;
  if (NOW_COLUMN.test(header)) {
    return { kind: "value", metric: metricNamed(header), historic: false };
  }
  if (WISH_COLUMN.test(header.replace(/\bline(?= coverage)/i, ""))) return SKIP;
  if (/^(?:improvement|delta|change|increase|Δ)$/i.test(header)) {
    return { kind: "value", metric: "coverage_delta", historic: false };
  }
  const metric = metricNamed(header);
  return metric === null ? SKIP : { kind: "value", metric, historic: false };
}

/** The metric that a label, header or heading names by itself. */
function metricNamed(label: string): Metric | null {
  if (OTHER_THINGS.test(label)) return null;
  if (/\bpass(?:ing)?[ -]rate\b|\bpass %/i.test(label)) return "pass_rate";
  if (/\b(?:coverage|covered %|cov)\b/i.test(label)) {
    return /\b(?:increase|added|gain|improvement|delta|change)\b/i.test(label)
      ? "coverage_delta"
      : "coverage";
  }
  if (
    /\b(?:tests?|suite)\b.*\b(?:duration|execution time|run ?time|time)\b|\bsuite duration\b/i.test(
      label,
    )
  ) {
    return "duration";
  }
  if (/\bflaky(?: tests?)?$/i.test(label)) return "tests_flaky";
  if (
    /^(?:tests? )?fail(?:ing|ed|ures?)?$|^(?:test failures|failing tests|tests fail(?:ed|ing))$/i.test(
      label,
    )
  ) {
    return "tests_failing";
  }
  if (/^(?:tests? )?pass(?:ing|ed)?$|^passing tests$/i.test(label)) {
    return "tests_passing";
  }
  return /^(?:total )?tests?(?: (?:created|count|total|added|written))?$|^test count$/i.test(
    label,
  )
    ? "tests_total"
    : null;
}

function readRow(
  statement: Statement,
  row: NonNullable<Statement["row"]>,
): Draft[] {
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
    if (!criteria) return [];
  }
  const tableMetric = sectionMetric(statement.section);
  const ofCoverage =
    rowMetric === "coverage" ||
    header.some((label) => metricNamed(label) === "coverage") ||
    (SOURCE_FILE.test(name) && tableMetric === "coverage");
  const ofOthers =
    !SOURCE_FILE.test(name) && header.some((label) => OTHER_THINGS.test(label));
  const spoken = rowSubject(name, header, cells, statement.section);
  const past = /^(?:starting|baseline|initial|previous|before)\b/i.test(name);
  const drafts: Draft[] = [];
  const wishful = isWish(statement.section);
  for (const [index, column] of columns.entries()) {
    const cell = cells[index];
    if (column.kind === "skip" || cell === undefined || index === naming) {
      continue;
    }
    const context: Context = {
      subject: spoken,
      whole: wholeOrPart(statement.section),
      metric: null,
      reached: /[✅✓]/u.test(cell),
      wishful,
      historic: past || (column.kind === "value" && column.historic),
    };
    if (column.kind === "prose") {
      drafts.push(...readProse(cell, context));
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
  return drafts;
}

/** The cell that says what the row is about: under "File" where there is one, else the first that is not a number or an id. */
function namingCell(
  header: readonly string[],
  cells: readonly string[],
  columns: readonly Column[],
): number | null {
  const file = header.findIndex((name) =>
    /^(?:file|module|target file|component|service)$/i.test(name),
  );
  if (file !== -1 && /\p{L}/u.test(cells[file] ?? "")) return file;
  for (const [index, cell] of cells.entries()) {
    if (index >= 3) break;
    if (columns[index]?.kind === "value" && metricNamed(header[index] ?? ""))
      continue;
    if (/\p{L}/u.test(cell) && !/^[\d.-]+[a-z]?$/i.test(cell)) return index;
  }
  return null;
}

/** "Overall" under a heading about the mobile app is that of the mobile app. */
function wholeOrPart(section: readonly string[]): string {
  const part = /\b(desktop|mobile|frontend|front-end)\b/i.exec(
    section.slice(-2).join(" "),
  )?.[1];
  return part ?? "overall";
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
  if (quantity.bound !== null && /[<]/.test(quantity.bound)) return null;

  const resolved =
    metric === "coverage" && quantity.sign === "+" ? "coverage_delta" : metric;
  const next = quantities[at + 1];
  const fraction =
    fractionOf(quantity) ??
    (next && attaches(cell, quantity, next, metric) ? fractionOf(next) : null);
  return draftOf(quantity, cell, {
    metric: resolved,
    subject: context.subject ?? fallbackSubject(resolved),
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
      ? [number(/^covered$/i), number(/^total$/i)]
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

function unitOf(
  { unit }: Quantity,
  metric: Metric,
): "%" | "pp" | "tests" | "s" | null {
  switch (metric) {
    case "coverage":
    case "pass_rate":
      return unit === "%" ? "%" : null;
    case "coverage_delta":
      return unit === "%" || unit === "pp" ? "pp" : null;
    case "duration":
      return unit === "s" ? "s" : null;
    case "tests_total":
    case "tests_passing":
    case "tests_failing":
    case "tests_flaky":
      return unit === null ? "tests" : null;
  }
}

// ---------------------------------------------------------------- prose

/** Headings under which numbers are wishes until one is called current. */
const WISH_SECTION =
  /\b(?:next steps?|recommend\w*|future|goals?|targets?|strategy|objectives?|success[ _]criteria|next phase|remaining|requirements?|milestones?|estimate[ds]?|expected|projections?|must[- ]haves?|to[- ]?do|action items|roadmap)\b/i;
const WISH_LABEL =
  /^\W*(?:[\w-]+ ){0,3}?(?:goals?|objectives?|targets?|purpose|expected|success criteria|must[- ]haves?|requirements?|recommendations?|future|todo|stretch|planned|estimated impact|impact)\b[^:]{0,40}:/i;
/** A sentence that starts so says what to do. */
const IMPERATIVE =
  /^\W*(?:(?:task|plan|step|option|phase) [\w.-]+:\s*\W*)?(?:add|fix|create|write|achieve|reach|increase|improve|verify|ensure|expand|target(?=\s+[~≥>\d])|get|push|raise|extend|aim|maintain|keep|make|let|continue|focus|need|needs|should|must|require|requires|adjust|boost|bring|run(?!\s+\d)|validate|confirm|accept)\b/i;
const CURRENT =
  /\b(?:currently|current|actual(?:ly)?|achieved|measured|now|so far|today)\b[^,;()]{0,24}$/i;

const PAST_HEADING = /^(?:before|previous|original|initial|prior)\b/i;
const PAST_KEY = /(?:^|_)(?:before|baseline|previous)$/i;

function readText(statement: Statement): Draft[] {
  const text = plain(statement.text);
  const { section, checked, place } = statement;
  const ticked =
    checked === true ||
    /^\W{0,3}[✅✓✔☑]/u.test(statement.text) ||
    /✅/u.test(statement.text);
  return readProse(text, {
    subject: sectionSubject(section),
    whole: wholeOrPart(section),
    metric: sectionMetric(section),
    reached: ticked,
    wishful:
      checked === false ||
      (isWish(section) && !ticked) ||
      (WISH_LABEL.test(text) && !/^\W*impact/i.test(text)),
    historic:
      PAST_HEADING.test(section.at(-1) ?? "") ||
      (place === "front_matter" && section.some((key) => PAST_KEY.test(key))),
  });
}

function isWish(section: readonly string[]): boolean {
  // The title names the whole ("Roadmap: …"), so only what stands below it counts.
  return section
    .slice(/^[a-z_]+$/.test(section[0] ?? "") ? 0 : 1)
    .slice(-2)
    .some(
      (name) =>
        WISH_SECTION.test(name) &&
        !/\b(?:met|achieve\w*|assessment|status|results?|verification|validation|artifacts|readiness)\b/i.test(
          name,
        ),
    );
}

/** One number of a sentence with the words around it. */
interface Spot {
  readonly sentence: string;
  readonly quantity: Quantity;
  /** From the number before to this one. */
  readonly before: string;
  /** From this number to the next. */
  readonly after: string;
  /** `before` since the last comma, bracket or dash. */
  readonly lead: string;
  /** `after` until the next comma, bracket or dash. */
  readonly tail: string;
  /** What the sentence says up to this number. */
  readonly upTo: string;
  readonly prior: Spot | null;
  next: Spot | null;
}

function readProse(text: string, context: Context): Draft[] {
  return sentencesOf(text).flatMap((sentence) =>
    readSentence(sentence, context),
  );
}

function sentencesOf(text: string): string[] {
  return text.split(/(?<=[.!?])\s+(?=[\p{Lu}"'(✅❌])|;\s+|\s+\|\s+/u);
}

/** The numbers of a sentence without those that name something: "Phase 19", "Tier 1", "line 40". */
function numbersIn(sentence: string): Quantity[] {
  return readQuantities(sentence).filter(
    ({ unit, denominator, index }) =>
      unit !== null ||
      denominator !== null ||
      !NUMBERED.test(sentence.slice(Math.max(0, index - 16), index)),
  );
}

const NUMBERED =
  /\b(?:phases?|plans?|waves?|tiers?|tasks?|steps?|runs?|deviation|issues?|gaps?|version|milestone|week|day|option|level|rules?|part|python|node|lines?|section|priority|sprint|bug|pattern|decision)\s#?$/i;

const BREAK = /[,;()→]|\s[-–—]\s/;

function lastBreak(text: string): number {
  let end = 0;
  for (const match of text.matchAll(new RegExp(BREAK.source, "g"))) {
    end = match.index + match[0].length;
  }
  return end;
}

function readSentence(sentence: string, context: Context): Draft[] {
  const quantities = numbersIn(sentence).slice(0, MAX_NUMBERS);
  const spots: Spot[] = [];
  for (const [index, quantity] of quantities.entries()) {
    const prior = spots.at(-1) ?? null;
    const end = quantities[index + 1]?.index ?? sentence.length;
    const before = sentence.slice(endOf(prior?.quantity), quantity.index);
    const after = sentence.slice(endOf(quantity), end);
    const spot: Spot = {
      sentence,
      quantity,
      before,
      after,
      lead: before.slice(lastBreak(before)),
      tail: after.split(BREAK, 1).join(""),
      upTo: sentence.slice(0, quantity.index),
      prior,
      next: null,
    };
    if (prior) prior.next = spot;
    spots.push(spot);
  }
  const drafts: Draft[] = [];
  const used = new Set<Spot>();
  for (const spot of spots) {
    if (used.has(spot)) continue;
    const { next, prior } = spot;
    const metric = metricOf(spot, context);
    if (metric === null || !isResult(spot, metric, context)) continue;
    const { quantity } = spot;
    let fraction = fractionOf(quantity);
    if (
      fraction === null &&
      next &&
      quantity.unit === "%" &&
      attaches(sentence, quantity, next.quantity, metric)
    ) {
      fraction = fractionOf(next.quantity);
      used.add(next);
    }
    // "77/77 tests passing (100%)": the rate stands behind its fraction.
    if (
      fraction === null &&
      metric === "pass_rate" &&
      prior &&
      /\(\s*$/.test(spot.before)
    ) {
      fraction = fractionOf(prior.quantity);
    }
    const subject = subjectOf(spot, metric, context);
    if (subject === null) continue;
    drafts.push(
      draftOf(quantity, sentence, {
        metric,
        subject,
        fraction,
        historic: context.historic || isPast(spot),
        estimated:
          quantity.approximate ||
          ESTIMATE.test(spot.lead) ||
          /^[^,;()]{0,40}\((?:estimated|est\.?|extrapolated|projected|approx\.?)[^()]{0,40}\)|^\s*(?:estimated|extrapolated)\b/i.test(
            spot.after,
          ),
        aspect: aspectIn(
          `${lastWords(spot.before, 4)} ${firstWords(spot.after, 3)}`,
        ),
      }),
    );
  }
  return [
    ...drafts,
    ...spots.flatMap((spot) => readFileCount(spot, context)),
    ...readNone(sentence, context),
  ];
}

const ESTIMATE =
  /\b(?:est\.|estimated?|estimates|approximately|approx|projected|extrapolated|roughly)(?!\w)/i;

/** Percentages of these are not results of tests or coverage. */
const OTHER_THINGS =
  /\b(?:requirements?|docstrings?|documentation|docs|accuracy|confidence|recall|precision|hit rate|cache|budget|cpu|memory|traffic|intervention|hallucination|satisfaction|complian\w+|similarity|rollout|adoption|uptime|availability|scenarios?|entit(?:y|ies)|type hints?|api contracts?|endpoint coverage|feature coverage|specs?|threat|user stor\w+|readiness|success rate|error rate|failure rate|flaky rate|flakiness|utili[sz]ation|constitutional)\b/i;
/** What a percentage is of when one of these follows it at once. */
const NOT_A_LEVEL =
  /^\W{0,3}(?:(?!on\b|of\b|for\b|in\b|across\b|with\b)[\w-]+ ){0,3}?(?:target|goal|threshold|requirement|minimum|gate|gap|needed|required|potential|increase|improvement|gain|growth|relative|uncovered|missing|remaining|reduction|faster|slower|complete|completed|completion|done|stretch|push|initiative|milestone|objective|drop|regression|variance|tolerance|margin|quality gate|more|less|mark|level|wall|per (?:file|module|plan)|not covered|untested|of (?:all )?(?:the )?(?:requirements|plans?|files|gap|target|goal|code|lines remaining))\b/i;
const WISHES =
  /\b(?:targets?|targeting|targeted|goals?|thresholds?|requires?|required|requirement|needs?|needed|must|should|shall|will|would|could|may|might|can|expect(?:ed|s|ing)?|aim(?:s|ed|ing)?|plan(?:ned|s)?(?= (?:to|for))|potential|minimum|gates?|gap|to (?:reach|achieve|hit|get|exceed|attain|increase|be|have|raise|push)|towards?|exceed(?:s|ed|ing)?|vs\.?|versus|short of|beyond|stretch|budget|limit|fail[-_ ]under|than|if|when|until|unless|before reaching|missing|remaining|for an?|beat|surpass(?:es|ed)?|above|below|over|under|of the|against|adjusted? to|intended|planned|recommended|ideal|assum\w+|not|never|even|forecast|trigger\w*|enforc\w+|warn\w*|alert\w*)\b[^,;()]*$/i;

/** Failures that are gone are not failing. */
const MENDED =
  /\b(?:fix(?:ed|es|ing)?|resolv\w+|address\w+|repair\w+|eliminat\w+|remov\w+|debug\w*|caus\w+|block\w+)\b/i;

/** "the coverage target (25-27%)", "potential: +10% → 32%": the wish stands outside the bracket or before the arrow. */
const WISH_BEFORE =
  /\b(?:targets?|goals?|thresholds?|requirement|minimum|gate|criterion)\s*\([^()]{0,20}$|\b(?:potential|expected|projected|planned|target)\b[^;()]{0,60}→\s*[~+]?$/i;
const CRITERION =
  /\b(?:coverage|covered)\b[^.;]{0,40}\b(?:reaches|increases to|achieves|is raised to|rises to|grows to)\b/i;

function isResult(spot: Spot, metric: Metric, context: Context): boolean {
  const { quantity, lead, tail, after, sentence, before, upTo } = spot;
  const isCount = metric.startsWith("tests_");
  if (quantity.sign === "±") return false;
  if (quantity.bound === "<" || quantity.bound === "<=") return false;
  if (
    metric === "tests_failing" &&
    MENDED.test(`${lastWords(before, 4)} ${tail}`)
  )
    return false;
  const current = CURRENT.test(lead);
  if (!current && (WISHES.test(lead) || WISH_BEFORE.test(upTo))) return false;
  // "Overall coverage reaches 25-27%" without a tick is a criterion.
  if (!current && !context.reached && !isCount && CRITERION.test(upTo)) {
    return false;
  }
  if (!isCount && NOT_A_LEVEL.test(tail)) return false;
  if (/\bprojected\b/i.test(lead) && /\b(?:after|by|for|at)\b/i.test(lead)) {
    return false;
  }
  // "achieves 80% average coverage (achieved 82%)": the first is the criterion.
  if (
    /^[^.;]{0,60}[(:,]\s*(?:achieved|actual|actually|measured|got)\W+$/i.test(
      after,
    ) &&
    metric !== "coverage_delta"
  ) {
    return false;
  }
  if (quantity.bound === ">" || quantity.bound === ">=") {
    const verb =
      /\b(?:achiev(?:e|es|ed|ing)|reach(?:es|ed|ing)?|maintain(?:s|ed))\b[^,;()]*$/i;
    const worded = /^[a-z]/i.test(
      sentence.slice(quantity.index, quantity.index + 1),
    );
    if (worded || (!context.reached && !verb.test(lead))) return false;
  }
  if (context.wishful || isInstruction(spot)) {
    if (current) return true;
    const measured =
      quantity.unit === "%" &&
      quantity.sign === null &&
      quantity.bound === null &&
      (quantity.value === 0 || quantity.precision > 0) &&
      /^\W{0,3}(?:coverage|covered)\b/i.test(tail) &&
      SOURCE_FILE.test(upTo);
    return measured;
  }
  return true;
}

/** "Fix all failures …", "… - Achieve 25-27% coverage": what to do, not what was done. */
function isInstruction({ sentence, upTo }: Spot): boolean {
  const clause = upTo.slice(
    Math.max(
      ...[" - ", " – ", " — ", ": "].map((mark) => upTo.lastIndexOf(mark) + 1),
    ),
  );
  return IMPERATIVE.test(sentence) || IMPERATIVE.test(clause);
}

function metricOf(spot: Spot, context: Context): Metric | null {
  const { quantity } = spot;
  if (quantity.unit === "s") return durationMetric(spot);
  if (quantity.unit === null) return countMetric(spot, context);
  const level = levelMetric(spot, context);
  if (level === "coverage") {
    if (
      quantity.unit === "pp" ||
      quantity.sign === "+" ||
      quantity.sign === "-"
    ) {
      return "coverage_delta";
    }
    return /\b(?:increas\w*|improv\w*|rose|grew|gain\w*|up)\s+(?:of|by)\s*$/i.test(
      spot.lead,
    )
      ? "coverage_delta"
      : level;
  }
  // A pass rate "improved by 17%" is not 17 %.
  return quantity.unit === "%" &&
    quantity.sign === null &&
    !/\bby\s*$/i.test(spot.lead)
    ? level
    : null;
}

const PASS_AFTER =
  /^\W{0,3}(?:[\w-]+ ){0,2}?(?:pass(?:ing)?[ -]rate|pass(?:ing|ed)?\b(?! target)|of (?:the )?(?:[\w-]+ ){0,2}tests (?:are )?pass)/i;
const COVERAGE_AFTER =
  /^\W{0,3}(?:(?!and\b|but\b|or\b|to\b|of\b|on\b|for\b|in\b|from\b|vs\b|with\b)[\w&/.-]+ ){0,4}?(?:coverage|covered)\b(?!\.\w)/i;

/** "parser.py at 21.5%" */
const FILE_AT =
  /[\w-]\.(?:py|tsx?|jsx?|mjs|rs|go|java|kt|rb|php|cs|swift|vue)\s+at\s+~?$/i;
const MANY_FILES =
  /(?:\b\d[\d,]*(?:\/\d+)?|\bone|\btwo|\bthree|\bfour|\bfive|\bsix|\bboth|\bseveral|\bmost|\bmany)\s+(?:[\w+-]+ ){0,3}(?:files|modules|services|areas|components)\b[^.,;:()]{0,40}$/i;

/** Coverage or pass rate, from the words right behind the percentage or from the nearest label before it. */
function levelMetric(
  spot: Spot,
  context: Context,
): "coverage" | "pass_rate" | null {
  const { quantity, tail, after, upTo, prior, next } = spot;
  if (PASS_AFTER.test(tail)) return "pass_rate";
  // "212 files with 0% coverage" counts files.
  if (MANY_FILES.test(upTo)) return null;
  if (COVERAGE_AFTER.test(tail)) {
    return OTHER_THINGS.test(firstWords(after, 8).split(/[,;()]/)[0] ?? "")
      ? null
      : "coverage";
  }
  // "0% → 33% coverage", "from 45% to 65% coverage": both are of what the second is.
  if (next && /^\s*(?:→|to)\s*$/.test(after)) {
    const shared = levelMetric(next, context);
    if (shared !== null) return shared;
  }
  if (!mayStandAlone(tail)) return null;
  if (FILE_AT.test(spot.lead)) return "coverage";
  if (next && /^\s*\(\s*$/.test(after) && next.quantity.denominator !== null) {
    if (
      /^\s*(?:lines|statements|branches|stmts|functions)\b/i.test(next.after)
    ) {
      return "coverage";
    }
    if (/^\s*(?:tests? )?pass/i.test(next.after)) return "pass_rate";
  }
  if (
    prior &&
    prior.quantity.denominator !== null &&
    /^\s*(?:tests? )?pass(?:ing|ed)?\s*\(\s*$/i.test(prior.after)
  ) {
    return "pass_rate";
  }
  // "7/7 types (100%)" is a share of types.
  if (
    prior &&
    prior.quantity.denominator !== null &&
    /^\s*(?!tests?\b|lines?\b|statements?\b|branches\b|pass)[a-z][^()]*\(\s*$/i.test(
      prior.after,
    )
  )
    return null;
  const named = labelBefore(upTo);
  if (named !== undefined) return named;
  if (
    (context.metric === "coverage" || context.metric === "pass_rate") &&
    isFirstMeasure(spot) &&
    /^[^:()]{1,80}:\s*$|^[^:()]{1,80}\($|^\W*$/.test(
      upTo.replace(/\([^()]*\)/g, ""),
    ) &&
    (quantity.precision > 0 ||
      SOURCE_FILE.test(spot.before) ||
      next?.quantity.denominator != null)
  ) {
    return OTHER_THINGS.test(spot.before) ? null : context.metric;
  }
  return null;
}

/** Only bare numbers stand before it. */
function isFirstMeasure({ prior }: Spot): boolean {
  return (
    prior === null || (prior.quantity.unit === null && isFirstMeasure(prior))
  );
}

/** After a percentage whose metric was named before it, only these may follow. */
function mayStandAlone(tail: string): boolean {
  return /^\s*(?:$|[.:!?"'*\]✅❌⚠🎯~]|(?:overall|total|average|avg|mean|line|branch|for|on|in|across|from|to|and|but|or|vs|versus|is|was|after|as|via|with|at|by|up|down|due|because|baseline|currently|current|achieved|reached|measured|reported|estimated|desktop|mobile|frontend|backend|combined|based|although|while|which|only|since|so|yes|pass(?:ed)?|using|despite|under|when)\b)/iu.test(
    tail,
  );
}

/** The nearest metric named before a number; null where the nearest is something else's, undefined where there is none. */
function labelBefore(
  text: string,
): "coverage" | "pass_rate" | null | undefined {
  const reach = text.slice(-160);
  let found:
    { metric: "coverage" | "pass_rate" | null; end: number } | undefined;
  for (const match of reach.matchAll(
    /\b(?:pass(?:ing)? rate|coverage(?!\.\w)|covered)\b|\b(?:accuracy|confidence|recall|precision|rate|score|reduction|progress|budget|completion|variance|threshold|velocity|complete|cpu|memory|cache|gap|drop|savings?|improvement|similarity|probability)\b/gi,
  )) {
    const word = match[0].toLowerCase();
    found = {
      metric: word.startsWith("pass")
        ? "pass_rate"
        : word.startsWith("cover")
          ? "coverage"
          : null,
      end: match.index + match[0].length,
    };
  }
  if (!found) return undefined;
  if (found.metric === null) return null;
  const between = reach.slice(found.end);
  if (
    OTHER_THINGS.test(lastWords(reach.slice(0, found.end), 5)) ||
    OTHER_THINGS.test(between)
  )
    return null;
  return between.split(/\s+/).length <= 14 ? found.metric : undefined;
}

function durationMetric({ lead, before, tail, sentence }: Spot): Metric | null {
  if (
    /\b(?:passed|passing|failed|skipped)\b[^.;]{0,20}\bin\s*$/i.test(before)
  ) {
    return "duration";
  }
  const label = lead.split(":").length > 1 ? lead : "";
  if (metricNamed(label.replace(/:\s*$/, "").trim()) === "duration")
    return "duration";
  return /\b(?:suite|tests)\b[^,;()]*\b(?:runs?|ran|completes?|completed|executes?|executed|takes?|took|finish(?:es|ed))\s+(?:in\s+)?$/i.test(
    lead,
  ) &&
    !/\bper\b/i.test(tail) &&
    !IMPERATIVE.test(sentence)
    ? "duration"
    : null;
}

const TESTS_AFTER =
  /^\s*((?:(?!tests?\b)[A-Za-z][\w&/'-]* ){0,4}?)tests?\b(?!\s+(?:files?|cases?|class(?:es)?|methods?|scenarios?|suites?|lines?|functions?|data|doubles?|categor\w+|modules?|fixtures?|types?|plans?|per)\b|[-_/.]\w)(?:\s+(?:are |were |now |all |currently |still |consistently )*(pass(?:ing|ed|es)?|fail(?:ing|ed|s|ures?)?|skipped|ignored|deferred|blocked|removed|deleted|fixed|remaining|remain|errors?|flaky|can't|cannot|could|needed|needs?|requires?|required|collected|collecting|were fixed)\b)?/i;
/** Tests that these were done to are no longer there, or were never counted. */
const GONE =
  /\b(?:removed|deleted|dropped|skipp(?:ed|ing)|disabled|ignored|blocked|fixed|rewrote|renamed|refactored|updated|remaining)\s*$/i;
const SKIPPED_KIND =
  /\b(?:skipped|ignored|error|errors?|more|additional|remaining|minutes?|lines?|files?|minute|of|per|each|other|for|and|to|with|in|from|high-impact|existing|previously|originally|disabled)\b/i;

/** What a bare number or fraction counts; only tests are told. */
function countMetric(spot: Spot, context: Context): Metric | null {
  const { quantity, after, before, sentence, tail } = spot;
  if (quantity.precision > 0 || quantity.sign !== null) return null;
  const isFraction = quantity.denominator !== null;
  const tests = TESTS_AFTER.exec(after);
  if (tests) {
    const kind = tests[1] ?? "";
    const outcome = (tests[2] ?? "").toLowerCase();
    if (/\bflaky\b/i.test(kind)) {
      return outcome === "" && !SKIPPED_KIND.test(kind) ? "tests_flaky" : null;
    }
    if (/\bfail(?:ing|ed)\b/i.test(kind) || outcome.startsWith("fail")) {
      return SKIPPED_KIND.test(kind) ? null : "tests_failing";
    }
    if (SKIPPED_KIND.test(kind)) return null;
    if (/\bpass(?:ing|ed)\b/i.test(kind) || outcome.startsWith("pass")) {
      return "tests_passing";
    }
    if (outcome === "flaky") return "tests_flaky";
    if (outcome !== "" && !outcome.startsWith("collect")) return null;
    if (GONE.test(spot.lead) || /\b(?:new|more|additional)\b/i.test(kind))
      return null;
    const state = /\b(pass|fail|skip)(?:ing|ed|ped|ping)?\s*:?\s*$/i
      .exec(spot.lead)?.[1]
      ?.toLowerCase();
    if (state === "skip") return null;
    if (state !== undefined)
      return state === "pass" ? "tests_passing" : "tests_failing";
    if (!isFraction) return "tests_total";
    return /\bpass\w*\b/i.test(spot.lead) ? "tests_passing" : null;
  }
  const outcome =
    /^\s*(?:are |were |now |all )?(passed|passing|pass|failed|failing|failures?)\b(?=\s*(?:$|[,.;:()✅❌⚠+&|=-]|and\b|in \d|out of\b|tests?\b))/iu.exec(
      after,
    )?.[1];
  if (outcome !== undefined) {
    const passed = outcome.toLowerCase().startsWith("pass");
    // "3 passed" may be checks, "3 passed, 1 failed" are tests.
    const company = passed
      ? /fail|skip|error|\btests?\b|_test|test_|suite/i
      : /pass|skip|error|\btests?\b|_test|test_|suite/i;
    const aboutTests =
      isFraction ||
      company.test(sentence) ||
      TEST_FILE.test(context.subject ?? "") ||
      context.metric === "tests_total";
    if (!aboutTests) return null;
    return passed ? "tests_passing" : "tests_failing";
  }
  const label = /(?:^|[,;(|]|\s[-–—]\s)\s*([^,;(|:]{3,40}?)\s*[:=]?\s*$/.exec(
    before,
  )?.[1];
  if (
    label === undefined ||
    !/^\s*(?:$|[(,.;)✅❌+=-])|^\s+(?:tests?)\b/u.test(tail)
  )
    return null;
  const named = metricNamed(bare(label));
  if (named === null || !named.startsWith("tests_")) return null;
  if (
    /^(?:pass|fail)/i.test(label) &&
    !/\btests?\b/i.test(sentence) &&
    context.metric !== "tests_total" &&
    context.metric !== "pass_rate"
  ) {
    return isFraction ? named : null;
  }
  return named;
}

/** "4/6 files >35%", "2 out of 3 modules meeting the 30% target": how many of a set reach a coverage. */
function readFileCount(spot: Spot, context: Context): Draft[] {
  const { quantity, after, sentence, lead, next } = spot;
  const what = /^\s*((?:[\w-]+ ){0,2}(?:files|modules))\b([^.;]{0,40})$/i.exec(
    after,
  );
  if (
    !what?.[1] ||
    quantity.denominator === null ||
    next?.quantity.unit !== "%" ||
    context.wishful ||
    IMPERATIVE.test(sentence) ||
    WISHES.test(lead) ||
    !/coverage|covered/i.test(sentence) ||
    !(
      next.quantity.bound?.startsWith(">") ||
      /\b(?:meet|exceed|reach|above|at least|achiev)/i.test(what[2] ?? "")
    )
  ) {
    return [];
  }
  return [
    draftOf(quantity, sentence, {
      metric: "coverage",
      subject: `${what[1]} ${next.quantity.bound ?? ">="}${next.quantity.value}%`,
      fraction: fractionOf(quantity),
      historic: context.historic || isPast(spot),
      estimated: quantity.approximate,
      aspect: null,
      unit: "files",
    }),
  ];
}

/** "Zero flaky tests", "no test failures" where it is ticked off. */
function readNone(sentence: string, context: Context): Draft[] {
  if (!context.reached || context.wishful) return [];
  const found =
    /^\W*(?:zero|no) (flaky tests?|test failures?|failing tests?)\b/iu.exec(
      sentence,
    )?.[1];
  if (found === undefined) return [];
  return [
    {
      ...status("", context.subject ?? "tests"),
      metric: /^flaky/i.test(found) ? "tests_flaky" : "tests_failing",
      value: 0,
      unit: "tests",
      tolerance: 0.5,
    },
  ];
}

// ---------------------------------------------------------------- past

const BASELINE_LEAD = /\bbaseline(?: coverage)?(?: (?:of|at|is|was))?\W{0,3}$/i;
const PAST_LEAD =
  /\b(?:from|was|were|previously|previous|originally|formerly|before|initial(?:ly)?|starting(?: at| from)?|claim(?:s|ed|ing)?|earlier|down from|up from)\b[^,;()→]*$/i;

/** "A → B", "A coverage to B". */
const TO_NEXT =
  /^[^,;()]{0,30}→\W*$|^\s*(?:(?:line |branch |test |overall )?(?:coverage|pass rate)\s+)?to\s*$/i;

function isPast(spot: Spot): boolean {
  const { lead, after, tail, upTo, quantity, next } = spot;
  if (next && TO_NEXT.test(after)) return next.quantity.unit === quantity.unit;
  if (/^\s*(?:coverage )?baseline\b/i.test(tail)) return true;
  if (
    quantity.unit === "%" &&
    BASELINE_LEAD.test(lead) &&
    !/^\W*baseline/i.test(lead)
  )
    return true;
  const past = PAST_LEAD.exec(lead);
  if (!past)
    return (
      /\bclaim(?:s|ed)\b[^.;]*$/i.test(upTo) && /^[^.;]*\bbut\b/i.test(after)
    );
  if (/\brang(?:es?|ing) from\s*$/i.test(lead)) return false;
  // "Coverage baseline for x.py (19.9%)" is what the document itself measured.
  return !/\b(?:now|currently|actual|achieved)\b/i.test(past[0]);
}

// ---------------------------------------------------------------- subjects

/** A source or test file; reports and settings (coverage.json, pytest.ini) are never what is covered. */
const SOURCE_FILE =
  /(?<![\w./-])[\w@./-]{0,120}?[\w-]{1,80}(?:\.(?:test|spec))?\.(?:py|tsx?|jsx?|mjs|rs|go|java|kt|rb|php|cs|swift|vue|cpp|scala|ex)(?![\w/])/;

const ARTIFACT =
  /\.(?:json|xml|ini|toml|ya?ml|md|log|txt|html|lcov|info|cfg)\b/i;

function filesIn(text: string): string[] {
  return [...text.matchAll(new RegExp(SOURCE_FILE.source, "g"))].map(
    (match) => match[0],
  );
}

function onlyFile(text: string): string | null {
  const files = [...new Set(filesIn(text))];
  return files.length === 1 ? (files[0] ?? null) : null;
}

const TEST_FILE =
  /(?:^|\/)(?:test_([\w-]+)\.py|([\w-]+)[._](?:test|spec)\.\w{1,4})$/;

/** The coverage told of a test file is that of what it tests: `tests/test_parser.py` → `parser`. */
function testedBy(subject: string): string {
  const name = TEST_FILE.exec(subject);
  return name?.[1] ?? name?.[2] ?? subject;
}

function isWhole(label: string): boolean {
  return (
    /\b(?:overall|project[- ]wide|codebase|whole project|entire (?:project|codebase|backend)|full backend|repository[- ]wide)\b/i.test(
      label,
    ) &&
    !/\b(?:average|avg|mean)\b/i.test(label) &&
    !/\b(?:modules?|files?|tier|suite|phase|plan|desktop|mobile|frontend|domain|security|services?|integration|unit|e2e|components?|packages?)\b/i.test(
      label,
    )
  );
}

function subjectOf(
  spot: Spot,
  metric: Metric,
  context: Context,
): string | null {
  if (!metric.startsWith("coverage")) return testSubject(spot, context, metric);
  const subject = coverageSubject(spot, context);
  return subject === "overall" ? context.whole : subject;
}

function coverageSubject(spot: Spot, context: Context): string | null {
  const { after, upTo, next } = spot;
  // In "0% → 33% overall coverage" the words behind the last number are about both.
  const behind = namedBehind(
    next && /^\s*(?:→|to)\s*$/.test(after) ? next : spot,
  );
  if (behind !== undefined) return behind;
  const clause = clauseBefore(upTo);
  if (SOURCE_FILE.test(clause)) return onlyFile(clause) ?? "unnamed";
  if (isWhole(clause)) return "overall";
  const label = subjectIn(clause);
  if (label !== null && isName(label)) return label;
  // Two files before the number: it may be either's.
  if (SOURCE_FILE.test(upTo)) return onlyFile(upTo) ?? "unnamed";
  if (
    isWhole(upTo) &&
    !/,|;/.test(upTo.slice(upTo.toLowerCase().lastIndexOf("overall")))
  )
    return "overall";
  return context.subject ?? "unnamed";
}

/** "… 53 % overall coverage", "… 84% coverage on models.py", "… 74% desktop": undefined where nothing is named, null where it is no code. */
function namedBehind({ tail, after }: Spot): string | null | undefined {
  const own =
    /^\W{0,3}((?:[\w&/.-]+ ){0,4}?)(?:coverage|covered)\b\s*(?:(?:achieved |reached )?(?:on|of|for|in|across|to)\s+([^,;()→]{2,80}))?/i.exec(
      tail,
    );
  if (own) {
    const scope = own[2];
    if (scope !== undefined) {
      if (OTHER_THINGS.test(scope)) return null;
      const thing = scope.split(SCOPE_END)[0] ?? "";
      if (SOURCE_FILE.test(thing)) {
        return onlyFile(thing) ?? cut(bare(thing), MAX_SUBJECT);
      }
      if (isWhole(`${own[1] ?? ""} ${scope}`)) return "overall";
      const noun = subjectIn(thing);
      if (noun !== null && !/\b(?:plans?|phases?|runs?)$/i.test(noun))
        return noun;
    }
    const kind = own[1] ?? "";
    if (isWhole(kind)) return "overall";
    return subjectIn(kind) ?? undefined;
  }
  if (/^\W{0,3}overall\b(?! average)/i.test(after)) return "overall";
  const only = /^\s*\(([\w ]{2,40}) only\)/i.exec(after)?.[1];
  if (only !== undefined) return only;
  const platform = /^\W{0,3}(desktop|mobile|frontend|backend)\b/i.exec(
    tail,
  )?.[1];
  if (platform !== undefined) return platform;
  const span = /^\W{0,3}across\s+([^,;()]{2,60})/i.exec(tail)?.[1];
  if (span !== undefined)
    return subjectIn(span.split(SCOPE_END)[0] ?? "") ?? "unnamed";
  const file = /^\W{0,3}(?:for|on|in)\s+(\S+)/i.exec(tail)?.[1] ?? "";
  return onlyFile(file) ?? undefined;
}

/** Where "coverage on X" has said its X. */
const SCOPE_END =
  /\s(?:but|with|which|that|using|via|is|was|while|by|exceed\w*|vs|from|to|at|despite|as|after|so)\s/i;

/** The text since the last comma or dash; what an open bracket explains belongs to it. */
function clauseBefore(text: string): string {
  const open = text.lastIndexOf("(");
  const shut = text.lastIndexOf(")");
  const inner = open > shut ? text.slice(open + 1) : text;
  const own = lastClause(inner);
  if (open <= shut || subjectIn(own) !== null) return own;
  return lastClause(text.slice(0, open));
}

const FILLER =
  /\b(?:test|tests|code|line|lines|branch|branches|statement|statements|function|coverage|covered|current|currently|actual|actually|final|measured|measurement|achieved|achieves?|achievement|reached|reaches|reaching|result|results|value|after|before|baseline|new|now|is|are|was|were|at|of|the|an?|to|from|up|down|by|increased|increases|increase|improved|improves|shows?|for|on|in|with|has|have|total|percent|pass(?:ing)?|rate|report|metrics?|reports|only|all|our|and|status|starting|ending|average|avg|mean|measurable|amount|added|and|or|confirms?|confirmed|generated|documented|created|gives?|claims?|claimed|estimated|est|approximately|extended|exceeds?|exceeded|increasing|unit|well|approx|comprehensive|successfully|high|yes|ok|remains?|still|stands?|expanded|significant|improvement|change|delta|overall|previous|previously|initial|summary|post|pre|it|this|that|these|those|as|via|data|number|numbers|ranges?|weighted|tracked|reduced|maintained|improving|verified|corrected|updated|accurate|recorded|went|rose|grew|fell|climbed|dropped|expected|comprehensive|realistic|maintaining|then|targets?|goals?)\b/gi;

function lastClause(text: string): string {
  return (
    text
      .replace(/\([^()]*\)/g, " ")
      .split(/[,;→]\s|%\)?[^%]{0,60}?\band\s|\s[-–—]\s|\bbut\b/)
      .at(-1) ?? ""
  );
}

/** The noun that a label or scope names once metric words and fillers are taken away; null where nothing is left. */
function subjectIn(label: string): string | null {
  const words = bare(label)
    .replace(/[:=]\s*$/, "")
    .trim();
  const file = onlyFile(words);
  if (file !== null) return file;
  if (words.length > MAX_SUBJECT || /[.!?]\s/.test(words)) return null;
  if (
    /%|\bwith\b/.test(
      words.replace(/\s*[≥>~]{0,2}=?\s*\d+(?:-\d+)?\s?%\+?.*$/, ""),
    )
  )
    return null;
  if (ARTIFACT.test(words)) return null;
  const rest = words
    .replace(FILLER, " ")
    .replace(/[^\p{L}\d&/_.-]+/gu, " ")
    .trim();
  if (
    !/\p{L}{2}/u.test(rest) ||
    /^(?:task|step|item|phase|plan|wave|run|note|issue|fix|impact|key|reason)\b[\s\d.-]*$/i.test(
      rest,
    )
  )
    return null;
  if (rest.split(" ").length > 5) return null;
  if (
    /\b(?:not|entry|if|that|which|when|despite|because|files? with)\b/i.test(
      words,
    )
  )
    return null;
  const object =
    /\b(?:tests?|coverage|report|baseline)\s+(?:for|of|on)\s+(?:the\s+)?(\S+(?: \S+){0,3})$/i.exec(
      words,
    )?.[1];
  if (object !== undefined) return cut(object, MAX_SUBJECT);
  const trimmed = words
    .replace(
      /^(?:(?:the|a|an|all|our|current|final|measured|actual|achieved|overall|average|on|for|of|in|with|baseline)\s+)+/i,
      "",
    )
    .replace(
      /(?:\s+(?:test|code|line|branch|statement|function|unit))?\s+(?:coverage|pass rate)\b.*$/i,
      "",
    )
    .replace(
      /\s+(?:achiev\w+|reach\w*|has|have|is|are|at|now|from|increas\w*|improv\w*|to|of|shows?)\b.*$/i,
      "",
    )
    .replace(/\s*[≥>~]{0,2}=?\s*\d+(?:-\d+)?\s?%.*$/, "")
    .replace(/[.:\s-]+$/, "")
    .trim();
  return trimmed === "" || !/\p{L}{2}/u.test(trimmed)
    ? cut(rest, MAX_SUBJECT)
    : cut(trimmed, MAX_SUBJECT);
}

/** A noun phrase and no piece of a sentence ("generated", "28 tests pass"). */
function isName(label: string): boolean {
  return !/^(?:and|or|so|both|\d+)\b|[:!?]|^(?:\w+ed|achieving|enabling|resulting|reaching|bringing|showing|including|starting|calculating|adding|increasing|covering|being|having|chasing)\b|\b(?:lines|showing|shows|impact|contribution|reality|targets?|math|timeline|goal|file|files|percentage|document(?:s|ed)?|avoids|build|delivered|receive|contains?|while|deviation|note|milestone|initiative|pattern|excellent|good|moderate|state|key|why|here|module|starting|nearly|tests? pass|tested|resulting|established|critical\]|\w+n't|cannot)\b|^(?:no|yes|test|coverage|missing|additional|started|ended)$/i.test(
    label,
  );
}

function testSubject(spot: Spot, context: Context, metric: Metric): string {
  const { after, before, quantity, upTo } = spot;
  const aimed = /^[^,;()]{0,60}?\b(?:for|in|of|on)\s+(\S+)/i.exec(after)?.[1];
  const file =
    onlyFile(clauseBefore(upTo)) ??
    (aimed === undefined ? null : onlyFile(aimed));
  if (file !== null) return file;
  const rated =
    /\bpass rate (?:for|on|of|in) (?:the )?([^,;():]{3,60}?\btests)\b/i.exec(
      after,
    )?.[1];
  const kind =
    quantity.unit === null
      ? (TESTS_AFTER.exec(after)?.[1] ?? "").replace(OUTCOMES, "").trim()
      : "";
  const phase = /\b(phase [\d.]+ tests?)\b/i.exec(
    `${lastWords(before, 6)} ${firstWords(after, 8)}`,
  )?.[1];
  if (phase !== undefined) return phase;
  if (rated !== undefined && !WHOLE_SUITE.test(rated)) return rated;
  const named = headOf(upTo, metric);
  if (named !== null) return named;
  if (kind !== "") return cut(`${kind} tests`, MAX_SUBJECT);
  const own = metric === "pass_rate" ? subjectIn(clauseBefore(upTo)) : null;
  if (own !== null && isName(own) && !WHOLE_SUITE.test(own)) return own;
  return onlyFile(upTo) ?? context.subject ?? fallbackSubject(metric);
}

const OUTCOMES =
  /\b(?:failing|failed|passing|passed|flaky|total|high-quality|comprehensive|quality|new|all|created|of|the)\b/gi;

/**
 * What stands before "(5 tests)", "- 5 tests" or ": 5/5 passing": a class, a suite, a task. Its count must not
 * pass for that of all tests.
 */
function headOf(upTo: string, metric: Metric): string | null {
  const open = upTo.lastIndexOf("(");
  const inside = open > upTo.lastIndexOf(")");
  const outer = inside
    ? upTo.slice(0, open)
    : (/^(.*?)(?:\s[-–—]\s|:\s)[^\d]{0,24}$/s.exec(
        upTo.replace(/\([^()]*\)/g, " "),
      )?.[1] ?? "");
  const counted =
    /\d[\d,]*\+? (?:new |comprehensive )?((?:[a-z][\w-]* ){1,3}tests)\b/i.exec(
      outer,
    )?.[1];
  if (counted !== undefined && inside) {
    const kind = counted.replace(OUTCOMES, "").trim();
    return WHOLE_SUITE.test(kind) ? null : kind;
  }
  const clause = outer
    .replace(/^\W*\[[^\]]{0,80}\]:?\s*/, "")
    .split(/[;,]\s/)
    .at(-1);
  const pieces = bare(clause ?? "").split(/:\s/);
  const last = pieces.at(-1) ?? "";
  const [label = ""] = pieces;
  const specific =
    WHOLE_SUITE.test(label) && isName(last) && last.split(" ").length <= 5;
  const head = (specific ? last : label)
    .replace(
      /^(?:[\w.]+\.|all|and|the|our|new|passing|failing|created|added|implemented|extended)\s+/i,
      "",
    )
    .replace(/[:\s-]+$/, "");
  if (!/\p{L}{2}/u.test(head) || WHOLE_SUITE.test(head)) return null;
  // "Fixed the locks in ORM tests (47% pass rate)" is about the ORM tests.
  if (metric === "pass_rate" && /^\w+ed\b/i.test(head)) {
    return (
      /\b(?:in|for|of|on)\s+((?:[\w-]+ ){1,3}tests)$/i.exec(head)?.[1] ?? null
    );
  }
  // A result before the bracket ("100% pass rate (131/131 …") is no name.
  return readQuantities(head).some(
    ({ unit, denominator }) => unit === "%" || denominator !== null,
  )
    ? null
    : cut(head, MAX_SUBJECT);
}

/** Labels that name no part: their number is that of all tests spoken of. */
const WHOLE_SUITE =
  /^(?:(?:all |total |overall |current |final |estimated |actual |phase |full )*(?:tests?|pass(?:ing|ed)?|fail(?:ing|ed|ures?)?|flaky|results?|status|total|test results?|suite|test suite|(?:full |test )*suite (?:duration|run ?time|execution time)|coverage|success|verification|impact|progress|achievement|achieved|actual|current|after|before|metrics?|count|test count|quality|conclusion|result|evidence|outcome|run \d+|one-liner|note|issue|problem|deviation \d+|detected|known pass rate|tq-\d+\b.*|reason|finding|solution|workaround|achieving|created|fixed|exists|reality|validation result|verification result|key achievement|improves .*|rationale|context|current state|baseline|sub-?total|combined|overall|yes|verified|validated.*|confirmed.*|\d[\d,]*\+? (?:[\w-]+ )?tests?.*|.*\brequirement|pass rate|test pass rate|failures?|the tests|(?:failing|passing) tests|test failures|flaky tests|tests? (?:created|pass(?:ed|ing)?|fail(?:ed|ing)?|written|total|added|count|status|execution|quality|coverage|suite|results?|duration|time|run)|test execution time|execution time|duration|summary)|phase [\d.]+(?: total)?)$/i;

function fallbackSubject(metric: Metric): string {
  return metric === "coverage" || metric === "coverage_delta"
    ? "unnamed"
    : "tests";
}

/** "Health Routes Tests", "3. Retrieval tests (16 tests)": a heading that names one suite. */
function suiteIn(heading: string): string | null {
  const name =
    /^(?:[\d.]+\s+|task [\w.-]+:\s*)?([^:()]{2,60}?\btests)(?:\s*\([^()]{0,60}\))?$/i.exec(
      bare(heading),
    )?.[1];
  if (name === undefined) return null;
  const suite = name.replace(
    /^(?:create|add|fix|implement|write|extend)\s+/i,
    "",
  );
  return /^(?:(?:all|total|passing|failing|failed|passed|flaky|new|active|ignored|skipped|the|unit|test)\s+)*tests$/i.test(
    suite,
  )
    ? null
    : suite;
}

/** The one file that the headings around a statement name, innermost first. */
function sectionSubject(section: readonly string[]): string | null {
  for (let depth = section.length - 1; depth >= 0; depth--) {
    const heading = section[depth] ?? "";
    const files = new Set(filesIn(heading));
    if (files.size === 1) return [...files][0] ?? null;
    if (files.size > 1) return null;
    if (/^\W*overall (?:test |code )?coverage\b/i.test(heading))
      return "overall";
    const suite = suiteIn(heading);
    if (suite !== null && depth > 0) return suite;
    // Past a heading that gathers several things, an outer file name no longer holds.
    if (
      /\b(?:combined|overall|impact|all|totals?|phase|across|aggregate|full)\b/i.test(
        heading,
      )
    )
      return null;
  }
  return null;
}

/** What a bare percentage is in a section that is about nothing else. */
function sectionMetric(section: readonly string[]): Metric | null {
  for (const heading of section.slice(-2).toReversed()) {
    if (WISH_SECTION.test(heading) || OTHER_THINGS.test(heading)) return null;
    if (/\bpass rate\b/i.test(heading)) return "pass_rate";
    if (/\bcoverage\b/i.test(heading)) return "coverage";
    if (/\btests?\b/i.test(heading)) return "tests_total";
  }
  return null;
}

// ---------------------------------------------------------------- values

function draftOf(
  quantity: Quantity,
  text: string,
  said: Pick<
    Draft,
    "subject" | "fraction" | "historic" | "estimated" | "aspect"
  > & {
    readonly metric: Metric;
    readonly unit?: Claim["unit"];
  },
): Draft {
  const unit = said.unit ?? unitOf(quantity, said.metric);
  return {
    metric: said.metric,
    subject: cut(
      said.metric.startsWith("coverage")
        ? testedBy(said.subject)
        : said.subject,
      MAX_SUBJECT,
    ),
    value: quantity.sign === "-" ? -quantity.value : quantity.value,
    upper: quantity.upper,
    unit,
    fraction: said.fraction,
    tolerance: toleranceOf(quantity, text),
    atLeast: quantity.bound === ">=" || quantity.bound === ">",
    estimated: said.estimated,
    historic: said.historic,
    aspect: said.aspect,
  };
}

/** Half a unit of the last digit written, a whole one after "~", or the "±" behind the number; durations in seconds. */
function toleranceOf(quantity: Quantity, text: string): number {
  const stated = /^\s*\(?±\s*(\d{1,6}(?:\.\d{1,6})?)/.exec(
    text.slice(endOf(quantity), endOf(quantity) + 20),
  )?.[1];
  if (stated !== undefined) return Number(stated);
  const digit = 10 ** -quantity.precision;
  return (
    (quantity.approximate ? digit : digit / 2) * secondsPerUnit(quantity, text)
  );
}

function secondsPerUnit(quantity: Quantity, text: string): number {
  if (quantity.unit !== "s") return 1;
  const written = text.slice(quantity.index, endOf(quantity));
  const unit = /([a-zµ]+)\W*$/i.exec(written)?.[1]?.toLowerCase() ?? "s";
  if (/^m(?:s|illi)/.test(unit)) return 0.001;
  if (unit.startsWith("m")) return 60;
  return unit.startsWith("h") ? 3600 : 1;
}

function fractionOf({ value, denominator }: Quantity): Claim["fraction"] {
  return denominator === null || denominator === 0
    ? null
    : { n: value, d: denominator };
}

/** Whether the fraction behind a percentage is what it was computed from: "84% (70/549 lines)", not "58% (3/6 files)". */
function attaches(
  text: string,
  quantity: Quantity,
  next: Quantity,
  metric: Metric,
): boolean {
  if (next.denominator === null) return false;
  const between = text.slice(endOf(quantity), next.index);
  if (!/^[^,;()→]{0,40}\(\s*(?:only )?$/.test(between)) return false;
  const behind = text.slice(endOf(next));
  return metric === "coverage"
    ? /^\s*(?:[),]|(?:lines?|statements?|stmts|branches|functions|covered)\b)/i.test(
        behind,
      )
    : metric === "pass_rate" &&
        /^\s*(?:[),]|(?:[\w-]+ )?tests?\b|pass)/i.test(behind);
}

const ASPECTS = ["line", "branch", "statement", "function"] as const;

function aspectIn(words: string): Claim["aspect"] {
  const found =
    /\b(line|branch|statement|function)s?(?= coverage| cov\b|\s*:)/i.exec(
      words,
    )?.[1];
  const aspect = found?.toLowerCase();
  return ASPECTS.find((name) => name === aspect) ?? null;
}

// ---------------------------------------------------------------- words

/** Inline Markdown and look-alike arrows out of the way; names keep their underscores. */
function plain(text: string): string {
  return text
    .slice(0, MAX_TEXT)
    .replace(/[*`\\]+/g, "")
    .replace(/\[([^[\]]{1,200})\]\([^()]{0,300}\)/g, "$1")
    .replace(/-+>|=>|➔|➜|⟶|➡\uFE0F?/g, "→");
}

/** Without emoji, marks and quotes around it. */
function bare(text: string): string {
  return plain(text)
    .replace(/\p{Extended_Pictographic}|\uFE0F|\u200D|[✓✗✔✘"“”]/gu, "")
    .replace(/\s+/g, " ")
    .trim();
}

function endOf(quantity: Quantity | undefined): number {
  return quantity === undefined ? 0 : quantity.index + quantity.length;
}

function firstWords(text: string, count: number): string {
  return text.trimStart().split(/\s+/, count).join(" ");
}

function lastWords(text: string, count: number): string {
  return text
    .slice(-200)
    .split(/\s+/)
    .slice(-count - 1)
    .join(" ");
}

function cut(text: string, length: number): string {
  return text.length > length ? text.slice(0, length).trimEnd() : text;
}
