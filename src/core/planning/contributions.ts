import type { DocumentKind } from "./documentKind.ts";
import { readInstructions } from "./instructions.ts";
import { readQuantities, type Quantity } from "./quantity.ts";
import type { Statement } from "./statement.ts";

/** What a document expects one plan to add to coverage: "Plan 05: +2-3 %". */
export interface Contribution {
  /** The plan's id or number as written, `05` or `19-05`; null where a plan speaks of itself. */
  readonly plan: string | null;
  /** `overall`, or the file that is to gain. */
  readonly subject: string;
  readonly value: number;
  /** End of a range, else null. */
  readonly upper: number | null;
  /** Points of coverage, or covered lines. */
  readonly unit: "pp" | "lines";
  /** Half a unit of the last digit written, a whole one after "about"; in the unit of the value. */
  readonly tolerance: number;
  readonly text: string;
  /** 1-based. */
  readonly line: number;
}

/** Contributions of one document that are kept. */
const MAX_CONTRIBUTIONS = 500;

/** Characters of a statement in which one is looked for. */
const MAX_STATEMENT = 2_000;

export interface Body {
  /** The document below its front matter. */
  readonly body: string;
  /** The line at which it begins. */
  readonly firstLine: number;
}

/**
 * The contributions that a plan expects of itself or of the plans of its phase. Other documents speak of what was reached, which is a
 * claim; a roadmap's are read phase by phase, see `contributionIn`. Each is given once, however often it is repeated.
 *
 * @param aboutCoverage whether the document sets a coverage target, so that a bare "+2 %" is one of coverage
 */
export function readContributions(
  kind: DocumentKind,
  statements: readonly Statement[],
  { body, firstLine }: Body,
  aboutCoverage: boolean,
): Contribution[] {
  if (kind !== "plan") return [];
  const title = statements.find(({ place }) => place === "heading");
  const about = aboutCoverage || COVERAGE.test(title?.text ?? "");
  const found = new Map<string, Contribution>();
  const add = (contribution: Contribution | null) => {
    if (!contribution || found.size >= MAX_CONTRIBUTIONS) return;
    const key = keyOf(contribution);
    if (!found.has(key)) found.set(key, contribution);
  };
  for (const read of inOrder(statements, about, true)) add(read);
  const instructions = readInstructions(body, firstLine);
  for (const read of inOrder(instructions, about, false)) add(read);
  return [...found.values()];
}

function keyOf({ plan, subject, value, upper, unit }: Contribution): string {
  return [plan ?? "", subject, value, upper ?? "", unit].join("|");
}

/**
 * Reads statements one after the other: a heading or bold line opens a plan, "**Plan 23: Core**", for the items below it.
 * Instructions tell what to write into other documents too, so there only what names its plan is an expectation.
 */
function* inOrder(
  statements: readonly Statement[],
  aboutCoverage: boolean,
  own: boolean,
): Generator<Contribution | null> {
  let opened: string | null = null;
  for (const statement of statements) {
    const { text, place, section } = statement;
    if (place === "heading" || /^\*\*[^*]+\*\*:?$/.test(text)) {
      opened = titlePlan(text);
      continue;
    }
    yield contributionIn(statement, {
      opened,
      aboutCoverage,
      own: own && !section.includes("action"),
    });
  }
}

/** What is known of a statement by what stands around it. */
export interface Around {
  /** The plan whose heading stands above it. */
  readonly opened: string | null;
  readonly aboutCoverage: boolean;
  /** The document is a plan, and means itself where it names none. */
  readonly own: boolean;
}

const PLAN = String.raw`\d{1,4}[A-Za-z]?(?:\.\d{1,3})*(?:-\d{1,3}[A-Za-z]?)?`;

/** `Plan 05`, `plan 19-05`; of several plans at once nothing can be said of one. */
const PLAN_NAMED = new RegExp(
  String.raw`\b(?:Phase\s+(\d{1,4}[A-Za-z]?(?:\.\d{1,3})*)[,:]?\s+)?Plan\s+(${PLAN})(?![\w.-]*\w)`,
  "gi",
);

/** An id that opens a line: `19-05: …`, `19-05-PLAN.md — …`. */
const PLAN_FIRST =
  /^\W{0,4}(\d{1,4}[A-Za-z]?(?:\.\d{1,3})*-\d{1,3}[A-Za-z]?)(?:-PLAN(?:\.md)?)?\W*(?:[\s:|]|$)/i;

const SEVERAL =
  /\bPlans\s+\d|\b(?:all|both|other|remaining|per) plans?\b|\/\s?plan\b|\beach plan\b/i;

/** Sums over plans, and numbers that were reached. */
const NOT_EXPECTED =
  /\b(?:cumulative|velocity|actual(?:ly)?|achieved|measured|previous(?:ly)?|example|e\.g\.)(?!\w)|[✅✓✔☑❌✗]/i;

/** What else than a percent sign an amount of coverage is written with: four of five statements have none. */
const AMOUNT_WORD =
  /\d\s?(?:pp\b|point|percent|(?:[a-z]+ ){0,2}(?:lines?|statements?)\b)/i;

const SUMMED =
  /\b(?:total|combined|sum|overall phase|phase \d[\d.]* (?:goal|target|impact|contribution))\b/i;

const EXPECTS = /\b(?:contribut\w*|impact|expect\w*|gain)\b/i;

const COVERAGE =
  /cover(?:age|ed)\b|abdeckung|couverture|cobertura|覆盖率|カバレッジ/i;

/** The contribution that one statement expects of one plan; null where it expects none, or of several plans at once. */
export function contributionIn(
  { text, line, row, section, checked }: Statement,
  { opened, aboutCoverage, own }: Around,
): Contribution | null {
  if (!text.includes("%") && !AMOUNT_WORD.test(text)) return null;
  if (text.length > MAX_STATEMENT || checked === true) return null;
  if (NOT_EXPECTED.test(text) || SEVERAL.test(text)) return null;
  const [first, second] = plansIn(text);
  if (second !== undefined) return null;
  const named = first ?? planInRow(row);
  const plan = named ?? opened;
  if (plan === null && (!own || !EXPECTS.test(text))) return null;
  if (named === null && (SUMMED.test(text) || !EXPECTS.test(text))) return null;
  const about =
    aboutCoverage ||
    COVERAGE.test([text, ...(row?.header ?? []), ...section].join(" "));
  if (!about) return null;
  const quantities = readQuantities(text).filter(
    (quantity) => amountIn(text, quantity) !== null,
  );
  const [quantity, other] = quantities;
  const amount = quantity && !other ? amountIn(text, quantity) : null;
  if (!quantity || amount === null) return null;
  const { value, upper } = quantity;
  return {
    plan,
    subject: subjectBehind(text.slice(quantity.index + quantity.length)),
    value,
    upper,
    unit: amount,
    tolerance: toleranceOf(text, quantity),
    text,
    line,
  };
}

function titlePlan(text: string): string | null {
  const [plan, other] = SEVERAL.test(text) ? [] : plansIn(text);
  return plan !== undefined && other === undefined ? plan : null;
}

/** A row of a table of plans that gives the number alone: `| 05 | +1.5 % |`. */
function planInRow(row: Statement["row"]): string | null {
  const isOfPlans = /^\W*plans?\b/i.test(row?.header[0] ?? "");
  const cell = /^\W{0,4}(\d{1,3}[A-Z]?)\W{0,4}$/i.exec(row?.cells[0] ?? "");
  return isOfPlans ? (cell?.[1] ?? null) : null;
}

/** The plans that a text names, once each; with the phase where it names that too: `13-02` for "Phase 13 Plan 02". */
function plansIn(text: string): string[] {
  const first = PLAN_FIRST.exec(text)?.[1];
  const named = [...text.matchAll(PLAN_NAMED)].flatMap(([, phase, plan]) =>
    plan === undefined ? [] : phase === undefined ? plan : `${phase}-${plan}`,
  );
  return [...new Set([...(first === undefined ? [] : [first]), ...named])];
}

/** What a number is an amount of, by its sign or verb and by what follows it; null for any other number. */
function amountIn(
  text: string,
  { index, length, unit, sign, denominator }: Quantity,
): Contribution["unit"] | null {
  if (denominator !== null || sign === "-" || sign === "±") return null;
  // "[+2 %]" is a blank to be filled in.
  const before = text.slice(0, index);
  if (/\[\s*$/.test(before)) return null;
  if (sign !== "+" && !ADDS_BEFORE.test(before)) return null;
  const behind = text.slice(index + length);
  if (unit === null) {
    const lines = CONTRIBUTES_BEFORE.test(before)
      ? LINES_BEHIND
      : COVERED_BEHIND;
    return lines.test(behind) ? "lines" : null;
  }
  return unit !== "s" && POINTS_BEHIND.test(behind) ? "pp" : null;
}

const ADDS_BEFORE =
  /\b(?:contribut(?:e|es|ing)|adds?|adding|gains?|increases? (?:coverage )?by)\s*$/i;

const CONTRIBUTES_BEFORE = /\bcontribut(?:e|es|ing)\s*$/i;

const COVERED_BEHIND =
  /^ (?:more |newly )?(?:covered lines|lines (?:of coverage|covered))\b/i;

/** What a plan "adds" may be lines of tests; what it contributes to coverage are covered ones. */
const LINES_BEHIND =
  /^ (?:more |newly )?(?:covered )?lines(?=$|[.,;)]| (?:of coverage|covered)\b)/i;

/** "+5 % token accuracy" and "5 % of the tests" are no coverage: what follows must say so, or nothing at all. */
const POINTS_BEHIND =
  /^\**(?:\s*(?:$|[|(.,;)]|[-–—]\s)|\s+(?:of\s+)?(?:(?:line|branch|statement|overall|total|project|test|backend|frontend|code|absolute) ){0,3}(?:coverage\b|abdeckung|couverture|cobertura|overall\b|towards?\b|increase\b|improvement\b|contribution\b)|\s+(?:to|on|in|for) (?:the )?(?:overall|total|project|coverage|`?[\w./-]{1,300}\.[a-z]{1,4}\b))/i;

/** "+20 points on `core/x.py`" is of that file; a file in brackets only says where the work is. */
function subjectBehind(text: string): string {
  const file =
    /^\**\s+(?:(?:line|branch|test) )?(?:coverage )?(?:to|on|in|for|of) `?((?:[\w.-]{1,80}\/){0,12}[\w.-]{1,80}\.[a-z]{1,4})\b/i.exec(
      text,
    );
  return file?.[1] ?? "overall";
}

function toleranceOf(text: string, quantity: Quantity): number {
  const { value, precision, approximate, index, length } = quantity;
  const step =
    precision > 0
      ? 10 ** -precision
      : approximate && value >= 10
        ? 10 ** trailingZeros(text.slice(index, index + length))
        : 1;
  return approximate ? step : step / 2;
}

/** "~1,200" is written to the hundred. */
function trailingZeros(written: string): number {
  const digits = written.replaceAll(/\D/g, "");
  return digits.length - digits.replace(/0+$/, "").length;
}
