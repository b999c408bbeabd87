import type { Quantity } from "./quantity.ts";
import type { TargetMetric, TargetReading } from "./target.ts";
import { readTokens, type Token, type WordClass } from "./targetWords.ts";

/** Characters of a statement that are read: no threshold is stated past that. */
const MAX_STATEMENT = 2_000;

/**
 * The measurable thresholds that one statement sets for the project's own tests and coverage, in order of appearance.
 * A statement that only may set one sets none: gates, product behaviour and vague wishes give an empty list.
 * Never throws; takes time linear in the text.
 */
export function readTargets(text: string): TargetReading[] {
  const source = withoutMarks(text.slice(0, MAX_STATEMENT));
  const { label, rest } = splitLabel(readTokens(source));
  const reading = new Reading(source, label, rest);
  for (const clause of readClauses(rest)) reading.readClause(clause);
  return reading.targets();
}

/** Inline Markdown off: bold, code and links are how it looks, not what it says. */
function withoutMarks(text: string): string {
  return text
    .replace(/\[([^[\]]{0,200})\]\([^()\s]{0,500}\)/gu, "$1")
    .replace(/\*\*|__(?=\s|$)|(?<=^|\s)__|`/gu, "")
    .replace(/(?<![\p{L}\p{N}])\*(?=\S)|(?<=\S)\*(?![\p{L}\p{N}./])/gu, "")
    .replace(/[✅✓✔☑❌]\ufe0f?|^\s*(?:[-*]\s)?\[[ xX]\]\s/gu, " ");
}

/** A stretch of the statement that holds together, with the asides in brackets that belong to it. */
interface Clause {
  readonly tokens: readonly Token[];
  readonly asides: readonly Clause[];
  /** Stands behind an "or". */
  readonly alternative: boolean;
}

/** A target on its way, with where it stands. */
interface Draft {
  readonly at: number;
  readonly metric: TargetMetric;
  readonly subject: string;
  readonly each: boolean;
  readonly aspect: TargetReading["aspect"];
  readonly op: TargetReading["op"];
  readonly value: number;
  readonly upper: number | null;
  readonly unit: TargetReading["unit"];
  from: number | null;
  tolerance: number | null;
  orDocumented: boolean;
}

/** Words that name no subject of their own before a colon: "Quality: all tests pass". */
const EMPTY_LABEL =
  /^(?:[A-Z]{1,8}-?\d[\w.-]*|\d[\d.]*|(?:truth|goal|criteri(?:on|a)|success|step|phase|plan|must|req(?:uirement)?|sc|task|wave|tier|target|quality|verification|verify|result|outcome|metric|final|minimum|after|before|testing|tests?|test suite|suite|ziel|qualität|objectif|qualité|objetivo|calidad|qualidade|目标|目標|質量|质量|品質)s?(?:\s+[\w.-]{1,12}){0,2})$/iu;

/** Longest label in tokens: what stands before a later colon is a sentence. */
const MAX_LABEL = 8;

/** Takes "test_auth.py:" or "**Social Post Generator**:" off the front; "Overall coverage:" stays, it names the metric. */
function splitLabel(tokens: readonly Token[]): {
  label: readonly Token[];
  rest: readonly Token[];
} {
  const colon = tokens.findIndex(({ kind }) => kind === "colon");
  if (colon < 1 || colon > MAX_LABEL) return { label: [], rest: tokens };
  const head = tokens.slice(0, colon);
  const names = head.every(
    ({ kind }) =>
      !METRIC_KINDS.has(kind) &&
      kind !== "open" &&
      kind !== "gate" &&
      kind !== "vague",
  );
  const measures = head.some(
    ({ quantity }) => quantity !== null && quantity.unit !== null,
  );
  if (measures) return { label: [], rest: tokens };
  const only =
    head.length === 1 &&
    (head[0]?.kind === "tests" || head[0]?.kind === "suite");
  if (only || names) return { label: head, rest: tokens.slice(colon + 1) };
  // "Unit tests: 80%+ coverage" is said of the unit tests; "Tests failing: 0" is a count.
  const last = head.at(-1)?.kind;
  return (last === "tests" || last === "suite") &&
    head.every(
      ({ kind }) =>
        kind === "tests" || kind === "suite" || !METRIC_KINDS.has(kind),
    )
    ? { label: head, rest: tokens.slice(colon + 1) }
    : { label: [], rest: tokens };
}

const METRIC_KINDS: ReadonlySet<WordClass> = new Set<WordClass>([
  "coverage",
  "pass_rate",
  "tests",
  "suite",
  "failures",
  "failing",
  "flaky",
  "duration",
]);

/** Brackets hold asides; a stop, an "or" and (between two statements) a comma or an "and" part clauses. */
function readClauses(tokens: readonly Token[]): Clause[] {
  const clauses: Clause[] = [];
  const alternatives = splitAt(
    tokens,
    (token) => token.kind === "or" || token.kind === "stop",
  );
  for (const { part, by } of alternatives) {
    const own: Token[] = [];
    const asides: Token[][] = [];
    let depth = 0;
    for (const token of part) {
      if (token.kind === "open") {
        depth += 1;
        if (depth === 1) asides.push([]);
      } else if (token.kind === "close") depth = Math.max(0, depth - 1);
      else if (depth > 0) asides.at(-1)?.push(token);
      else own.push(token);
    }
    const pieces = splitStatements(own);
    for (const [place, piece] of pieces.entries()) {
      const next = pieces[place + 1]?.[0]?.start ?? Number.POSITIVE_INFINITY;
      const since = place === 0 ? -1 : (piece[0]?.start ?? 0);
      clauses.push({
        tokens: piece,
        alternative: by === "or",
        asides: asides
          .filter(
            (aside) =>
              (aside[0]?.start ?? 0) > since && (aside[0]?.start ?? 0) < next,
          )
          .flatMap((aside) => splitStatements(aside))
          .map((aside) => ({
            tokens: aside,
            asides: [],
            alternative: by === "or",
          })),
      });
    }
  }
  return clauses;
}

function splitAt(
  tokens: readonly Token[],
  separates: (token: Token) => boolean,
): { part: Token[]; by: WordClass | null }[] {
  const parts: { part: Token[]; by: WordClass | null }[] = [
    { part: [], by: null },
  ];
  let depth = 0;
  for (const token of tokens) {
    if (token.kind === "open") depth += 1;
    if (token.kind === "close") depth = Math.max(0, depth - 1);
    if (depth === 0 && separates(token))
      parts.push({ part: [], by: token.kind });
    else parts.at(-1)?.part.push(token);
  }
  return parts.filter(({ part }) => part.length > 0);
}

/** Commas and "and" part two statements, not the members of a list: "A, B and C have 80%, all tests pass". */
function splitStatements(tokens: readonly Token[]): Token[][] {
  const pieces: Token[][] = [];
  let open: Token[] = [];
  let separator: Token | null = null;
  const parts: { tokens: Token[]; before: Token | null }[] = [];
  for (const token of tokens) {
    if (token.kind === "comma" || token.kind === "and") {
      parts.push({ tokens: open, before: separator });
      open = [];
      separator = token;
    } else open.push(token);
  }
  parts.push({ tokens: open, before: separator });
  let current: Token[] = [];
  for (const [place, part] of parts.entries()) {
    const following = parts
      .slice(place)
      .some(({ tokens: later }) => states(later));
    const lists =
      states(current) &&
      following &&
      !(part.before?.kind === "and" && !states(part.tokens));
    if (states(current) && (lists || part.before?.kind === "comma")) {
      pieces.push(current);
      current = [...part.tokens];
    } else {
      current = [
        ...current,
        ...(part.before && current.length > 0 ? [part.before] : []),
        ...part.tokens,
      ];
    }
  }
  pieces.push(current);
  return pieces.filter((piece) => piece.length > 0);
}

/** Whether a stretch says something measurable by itself. */
function states(tokens: readonly Token[]): boolean {
  const has = (...kinds: WordClass[]) =>
    tokens.some(({ kind }) => kinds.includes(kind));
  const measured = tokens.some(
    ({ quantity }) => quantity !== null && quantity.unit !== null,
  );
  return (
    measured ||
    (has("quantity", "none") &&
      has("tests", "failures", "failing", "flaky", "coverage")) ||
    (has("tests", "suite", "failures") && has("pass", "fixed"))
  );
}

class Reading {
  readonly #source: string;
  readonly #label: readonly Token[];
  readonly #drafts: Draft[] = [];
  /** A baseline that was named before its target: "From 22%, coverage reaches 28%". */
  #baseline: Quantity | null = null;
  #metric: "coverage" | "pass_rate" | null = null;
  /** Inside brackets: what stands there is said of what stands before them. */
  #aside = false;
  /** What the label names, and what the last target was about. */
  readonly #named: Subject | null;
  #last: (Subject & { readonly metric: TargetMetric }) | null = null;

  readonly #mentionsCoverage: boolean;

  constructor(source: string, label: readonly Token[], rest: readonly Token[]) {
    this.#mentionsCoverage = rest.some(({ kind }) => kind === "coverage");
    this.#source = source;
    this.#label = label;
    this.#named = this.#labelSubject();
  }

  targets(): TargetReading[] {
    return this.#drafts
      .toSorted((a, b) => a.at - b.at)
      .map(({ at: _, ...target }) => target);
  }

  readClause(clause: Clause): void {
    const { tokens } = clause;
    if (clause.alternative) {
      if (tokens.some(({ kind }) => kind === "documented")) {
        for (const draft of this.#drafts) draft.orDocumented = true;
        return;
      }
    }
    if (isNoPromise(tokens)) return;
    this.#readStatement(promised(tokens));
    this.#aside = true;
    for (const aside of clause.asides) {
      if (!isNoPromise(aside.tokens))
        this.#readStatement(promised(aside.tokens));
    }
    this.#aside = false;
  }

  #readStatement(tokens: readonly Token[]): void {
    if (this.#readNothingFails(tokens)) return;
    for (const [place, token] of tokens.entries()) {
      if (token.quantity) this.#readQuantity(tokens, place, token.quantity);
      else if (token.kind === "none") this.#readNone(tokens, place);
    }
  }

  #readQuantity(
    tokens: readonly Token[],
    place: number,
    quantity: Quantity,
  ): void {
    const last = this.#drafts.at(-1);
    if (quantity.sign === "±") {
      if (last && quantity.unit === last.unit) last.tolerance = quantity.value;
      return;
    }
    if (isBaseline(tokens, place)) {
      this.#nameBaseline(tokens, place, quantity);
      return;
    }
    switch (quantity.unit) {
      case "%":
      case "pp":
        this.#readShare(tokens, place, quantity);
        return;
      case "s":
        this.#readDuration(tokens, place, quantity);
        return;
      case null:
        this.#readCount(tokens, place, quantity);
    }
  }

  /** A baseline belongs to the target before it, or to the one that follows in "from A to B". */
  #nameBaseline(
    tokens: readonly Token[],
    place: number,
    quantity: Quantity,
  ): void {
    const last =
      this.#drafts.findLast(({ unit }) => unit === unitOf(quantity)) ??
      this.#drafts.findLast(
        ({ unit }) => unit === "pp" && quantity.unit === "%",
      );
    const opensPair = tokens
      .slice(place + 1)
      .some(
        (token) =>
          token.quantity?.unit === quantity.unit && !token.quantity.sign,
      );
    if (opensPair || !last) this.#baseline = quantity;
    else if (last.from === null && fits(last, tokens, place))
      last.from = quantity.value;
  }

  #takeBaseline(unit: Quantity["unit"]): number | null {
    const baseline = this.#baseline;
    if (baseline?.unit !== unit) return null;
    this.#baseline = null;
    return baseline?.value ?? null;
  }

  #readShare(
    tokens: readonly Token[],
    place: number,
    quantity: Quantity,
  ): void {
    const found = metricOf(tokens, place, this.#metric, this.#mentionsCoverage);
    if (!found) return;
    const { metric, at: metricAt } = found;
    const delta =
      quantity.unit === "pp" ||
      quantity.sign === "+" ||
      isGrowth(tokens, place);
    if (quantity.sign === "-") return;
    if (metric === "pass_rate" && delta) return;
    const bound = opOf(quantity, ">=");
    // A share below a line is what is being looked for, not what is promised: "files with <50% coverage".
    if (bound === "<" || bound === "<=") return;
    if (!delta && quantity.value > 100) return;
    const subject = this.#subjectAround(tokens, place, metricAt);
    if (!subject) return;
    this.#metric = metric;
    this.#add({
      at: tokens[place]?.start ?? 0,
      metric: delta ? "coverage_delta" : metric,
      ...subject,
      each: subject.each && !(metric === "pass_rate" && subject.ofTests),
      aspect: metric === "coverage" ? aspectOf(tokens, place, metricAt) : null,
      op:
        metric === "pass_rate" && bound === "==" && quantity.value === 100
          ? ">="
          : bound,
      value: quantity.value,
      upper: quantity.upper,
      unit: delta ? "pp" : "%",
      from: this.#takeBaseline("%"),
    });
  }

  #readDuration(
    tokens: readonly Token[],
    place: number,
    quantity: Quantity,
  ): void {
    const before = tokens.slice(0, place);
    const runs = before.findLastIndex(
      ({ kind }) => kind === "run" || kind === "duration",
    );
    // Verbs of East Asian sentences stand last.
    const ran =
      runs >= 0 || tokens.slice(place + 1).some(({ kind }) => kind === "run");
    const owner = before.findIndex(
      ({ kind }) => kind === "tests" || kind === "suite" || kind === "test",
    );
    const op = opOf(quantity, null);
    if (!ran || owner < 0 || (op !== "<" && op !== "<=")) return;
    if (before.some(({ kind }) => kind === "assertion" || kind === "foreign"))
      return;
    const named =
      before[runs]?.kind === "duration"
        ? before.slice(0, Math.max(runs, owner + 1))
        : before.slice(0, runs < 0 ? place : runs);
    const subject = this.#subjectOf(
      upToVerb(named.filter(({ kind }) => kind !== "duration")),
    );
    if (!subject) return;
    this.#add({
      at: tokens[place]?.start ?? 0,
      metric: "duration",
      ...subject,
      each: false,
      aspect: null,
      op,
      value: quantity.value,
      upper: quantity.upper,
      unit: "s",
      from: this.#takeBaseline("s"),
    });
  }

  #readCount(
    tokens: readonly Token[],
    place: number,
    quantity: Quantity,
  ): void {
    const at = tokens[place]?.start ?? 0;
    const after = tokens.slice(place + 1);
    const head = headOf(after);
    const common = {
      at,
      aspect: null,
      each: false,
      value: quantity.value,
      upper: quantity.upper,
      unit: "tests" as const,
    };
    // "Test failures: 0", "flaky tests <= 3"
    if (!head) {
      const before = tokens.slice(0, place);
      const named = before.findLast(
        ({ kind }) =>
          kind === "failures" || kind === "failing" || kind === "flaky",
      );
      const covers = before.findLastIndex(({ kind }) => kind === "coverage");
      if (
        named &&
        atEnd(after) &&
        before
          .slice(before.indexOf(named) + 1)
          .every(({ kind }) => LINKS.has(kind) || kind === "tests" || kind === "from" || kind === "quantity")
      ) {
        const subject = this.#subjectOf(
          upToVerb(before).filter(
            ({ kind }) =>
              kind !== "failures" &&
              kind !== "failing" &&
              kind !== "flaky" &&
              kind !== "colon",
          ),
        );
        if (subject)
          this.#add({
            ...common,
            ...subject,
            each: false,
            metric: named.kind === "flaky" ? "tests_flaky" : "tests_failing",
            op: opOf(quantity, "=="),
            from: this.#takeBaseline(null),
          });
      } else if (
        covers >= 0 &&
        quantity.bound !== null &&
        quantity.value <= 100 &&
        atEnd(after) &&
        before.slice(covers + 1).every(({ kind }) => LINKS.has(kind))
      ) {
        this.#readShare(tokens, place, { ...quantity, unit: "%" });
      }
      return;
    }
    const { kind, end, adjectives } = head;
    const then = after.slice(end);
    const subject = this.#countSubject(
      tokens.slice(0, place),
      adjectives,
      then,
    );
    if (!subject) return;
    const passes = then.find((token) => !ADVERBS.has(token.kind))?.kind;
    if (kind === "failures" || kind === "failing" || kind === "flaky") {
      const op = opOf(quantity, "==");
      // "All 40 failures fixed" and "12 failures" found are not bounds on what may fail.
      if (
        passes === "fixed" ||
        passes === "pass" ||
        (op === "==" && quantity.value !== 0)
      )
        return;
      if (op === ">" || op === ">=" || op === "range") return;
      this.#add({
        ...common,
        ...subject,
        each: false,
        metric: kind === "flaky" ? "tests_flaky" : "tests_failing",
        op,
        from: null,
      });
      return;
    }
    const value = grouped(quantity);
    if (passes === "pass" || kind === "pass") {
      const whole =
        quantity.denominator === null ||
        quantity.denominator === quantity.value;
      if (!whole && quantity.bound === null) return;
      this.#add({
        ...common,
        ...subject,
        each: false,
        value,
        metric: "tests_passing",
        op: opOf(quantity, "=="),
        from: this.#takeBaseline(null),
      });
    } else if (quantity.denominator === null && passes !== "failing") {
      const op =
        opOf(quantity, null) ?? (quantity.upper === null ? null : "range");
      if (op === null || op === "==") return;
      this.#add({
        ...common,
        ...subject,
        value,
        metric: "tests_total",
        op,
        from: this.#takeBaseline(null),
      });
    }
  }

  /** "All … tests pass", "All 40 failures are fixed", "the full suite is green": nothing may fail. */
  #readNothingFails(tokens: readonly Token[]): boolean {
    const found = nothingFails(tokens);
    if (!found) return false;
    const subject = this.#subjectOf(found.subject);
    if (!subject) return true;
    this.#add({
      at: tokens[found.at]?.start ?? 0,
      metric: "tests_failing",
      ...subject,
      each: false,
      aspect: null,
      op: "==",
      value: 0,
      upper: null,
      unit: "tests",
      from: found.from,
    });
    for (const [place, token] of tokens.entries()) {
      if (place >= found.end && token.quantity) {
        this.#readQuantity(tokens, place, token.quantity);
      }
    }
    return true;
  }

  /** "Zero test failures", "no flaky tests", "no tests fail". */
  #readNone(tokens: readonly Token[], place: number): void {
    const after = tokens.slice(place + 1);
    const head = headOf(after);
    if (!head) return;
    // "… now possible without test failures" is how something else goes.
    const before = tokens.slice(0, place);
    const without = /^(?:without|ohne|sans|sin|sem)/iu.test(
      tokens[place]?.text ?? "",
    );
    if (
      without &&
      before.length > 0 &&
      !before.some(({ kind }) => kind === "tests" || kind === "suite")
    )
      return;
    const { kind, end, adjectives } = head;
    const then = after.slice(end);
    const fails = then.find((token) => !ADVERBS.has(token.kind))?.kind;
    const metric =
      kind === "flaky"
        ? "tests_flaky"
        : kind === "failures" || kind === "failing"
          ? "tests_failing"
          : kind === "tests" && fails === "failing"
            ? "tests_failing"
            : kind === "tests" && fails === "flaky"
              ? "tests_flaky"
              : null;
    if (!metric) return;
    const subject = this.#countSubject(
      tokens.slice(0, place),
      adjectives,
      then,
    );
    if (!subject) return;
    this.#add({
      at: tokens[place]?.start ?? 0,
      metric,
      ...subject,
      each: false,
      aspect: null,
      op: "==",
      value: 0,
      upper: null,
      unit: "tests",
      from: null,
    });
  }

  /** "20+ tests" is said of what stands before it; "20+ ORM tests" of the ORM tests. */
  #countSubject(
    before: readonly Token[],
    adjectives: readonly Token[],
    then: readonly Token[],
  ): Subject | null {
    const own = nounPhrase(this.#source, adjectives);
    if (own && own.subject !== OVERALL)
      return {
        ...own,
        each: own.each || before.some(({ kind }) => kind === "each"),
      };
    const first = upToVerb(before);
    const named = nounPhrase(
      this.#source,
      first.filter(({ kind }) => kind !== "colon"),
    );
    if (
      named &&
      named.subject !== OVERALL &&
      !METRIC_KINDS.has(first[0]?.kind ?? "word")
    )
      return named;
    const behind = nounAfter(this.#source, then);
    return behind ?? this.#implied("tests_total");
  }

  #subjectAround(
    tokens: readonly Token[],
    place: number,
    metricAt: number,
  ): Subject | null {
    const first = metricAt < 0 ? place : Math.min(place, metricAt);
    const second = Math.max(place, metricAt);
    const opening = tokens
      .slice(0, first)
      .filter(({ kind }) => kind !== "colon");
    // "Coverage report shows the parser at 50%"
    const reported =
      opening[0]?.kind === "coverage" ? opening.slice(1) : opening;
    const before = upToVerb(reported);
    if (before.length > MAX_NOUN_PHRASE) return null;
    const front = nounPhrase(this.#source, before);
    // In "98% of ORM tests pass" the noun is the subject too.
    const middle = tokens.slice(first + 1, tokens[second]?.kind === "tests" ? second + 1 : second);
    const prepositional =
      metricAt >= 0 && metricAt < place
        ? nounAfter(this.#source, middle)
        : null;
    const between =
      prepositional ??
      (metricAt >= 0
        ? nounPhrase(
            this.#source,
            upToVerb(
              middle.filter(
                ({ kind }) =>
                  kind !== "colon" &&
                  kind !== "aspect" &&
                  kind !== "participle" &&
                  kind !== "target" &&
                  kind !== "growth" &&
                  kind !== "addition",
              ),
            ),
          )
        : null);
    const back = nounAfter(this.#source, tokens.slice(second + 1));
    const candidates = [front, between, back].filter(
      (subject) => subject !== null,
    );
    const named =
      candidates.find(
        ({ subject, ofTests }) => subject !== OVERALL && !ofTests,
      ) ?? candidates.find(({ subject }) => subject !== OVERALL);
    // "Integration tests add 5% to overall coverage": the tests are how, the whole is what.
    const addsToWhole =
      named?.ofTests === true &&
      middle.some(({ kind }) => kind === "overall") &&
      tokens.slice(0, place).some(({ kind }) => kind === "addition");
    if (named && !addsToWhole) return named;
    const saysOverall = tokens.some(({ kind }) => kind === "overall");
    if (saysOverall && this.#named === null) {
      return { subject: OVERALL, each: false, ofTests: false };
    }
    return this.#implied(
      metricAt >= 0 && tokens[metricAt]?.kind === "coverage"
        ? "coverage"
        : "pass_rate",
      this.#aside || metricAt < 0,
    );
  }

  #subjectOf(tokens: readonly Token[]): Subject | null {
    if (tokens.length > MAX_NOUN_PHRASE) return null;
    const own = nounPhrase(this.#source, tokens);
    if (own && own.subject !== OVERALL) return own;
    return this.#implied("tests_failing");
  }

  /** Who is meant where nobody is named: in brackets who was named before them, else the label's, else the project. */
  #implied(metric: TargetMetric, continues = this.#aside): Subject {
    const last = this.#last;
    const sameTests =
      last !== null &&
      metric === "pass_rate" &&
      last.metric.startsWith("tests_");
    const known = last && (continues || sameTests) ? last : this.#named;
    return {
      subject: known?.subject ?? OVERALL,
      each: known?.each ?? false,
      ofTests: known?.ofTests ?? false,
    };
  }

  #labelSubject(): Subject | null {
    const first = this.#label[0];
    const last = this.#label.at(-1);
    if (!first || !last) return null;
    const written = this.#source.slice(first.start, last.end).trim();
    if (
      EMPTY_LABEL.test(written) ||
      this.#label.some(({ kind }) => kind === "addition" || kind === "growth")
    )
      return null;
    const subject = nounPhrase(this.#source, this.#label);
    return subject && subject.subject !== OVERALL ? subject : null;
  }

  #add(
    found: Omit<Draft, "tolerance" | "orDocumented"> & {
      readonly ofTests?: boolean;
    },
  ): void {
    const { ofTests: _, ...target } = found;
    const twin = this.#drafts.find(
      ({ metric, aspect, value, op, subject }) =>
        metric === target.metric &&
        aspect === target.aspect &&
        value === target.value &&
        op === target.op &&
        (this.#aside || subject.toLowerCase() === target.subject.toLowerCase()),
    );
    if (twin) {
      twin.from ??= target.from;
      return;
    }
    this.#last = {
      subject: target.subject,
      each: target.each,
      ofTests: found.ofTests ?? false,
      metric: target.metric,
    };
    this.#drafts.push({ ...target, tolerance: null, orDocumented: false });
  }
}

interface Subject {
  readonly subject: string;
  readonly each: boolean;
  /** The noun is the tests themselves: what they cover may be named behind. */
  readonly ofTests: boolean;
}

const OVERALL = "overall";
const MAX_NOUN_PHRASE = 14;

const RUNNER = /^(?:pytest|vitest|jest|mocha|rspec|phpunit)$/iu;

/** Nouns that mean the whole project when nothing restricts them. */
const WHOLE_PROJECT =
  /^(?:project|codebase|code ?base|code|repository|repo|project[- ]wide|tests?|test[- ]?suites?|suites?|it|this|(?:phase|plan)\s+[\w.-]+|measured|projekt|gesamtprojekt|codebasis|projet|code source|dépôt|proyecto|código|projeto|repositorio|baseline|项目|代码|代码库|プロジェクト|コード|コードベース|测试|テスト|测试套件|テストスイート|suite de (?:tests|pruebas|testes)|test run|(?:all )?(?:pytest|vitest|jest|mocha|npm(?: run)?(?: tests?)?|pnpm(?: tests?)?|yarn(?: tests?)?|cargo(?: tests?)?|go tests?|make tests?|rspec|phpunit|ci)|pruebas|testes)$/iu;

/** What a phrase names, without quantifiers and metric words; null when it names nothing. */
function nounPhrase(source: string, phrase: readonly Token[]): Subject | null {
  let tokens = phrase.filter(
    (token) =>
      !(
        token.kind === "overall" &&
        /^(?:overall|in total|整体|总体|全体)$/iu.test(token.text)
      ),
  );
  if (phrase.length === 0) return null;
  // "pytest tests/test_api.py"
  if (tokens.length > 1 && RUNNER.test(tokens[0]?.text ?? ""))
    tokens = tokens.slice(1);
  let each = false;
  while (tokens.length > 0 && LEADING.has(tokens[0]?.kind ?? "word")) {
    const [first] = tokens;
    each ||= first?.kind === "all" || first?.kind === "each";
    tokens = tokens.slice(1);
  }
  while (tokens.length > 0 && TRAILING.has(tokens.at(-1)?.kind ?? "word"))
    tokens = tokens.slice(0, -1);
  const first = tokens[0];
  const last = tokens.at(-1);
  if (!first || !last) return { subject: OVERALL, each: false, ofTests: false };
  const subject = source
    .slice(first.start, last.end)
    .replace(/\s+/gu, " ")
    .trim()
    .replace(/^["'“]|["'”]$/gu, "");
  if (WHOLE_PROJECT.test(subject))
    return {
      subject: OVERALL,
      each: false,
      ofTests: last.kind === "tests" || last.kind === "suite",
    };
  // "command and endpoint code" is one thing.
  const joined =
    tokens.some(({ kind }) => kind === "and") && !/\bcode$/iu.test(subject);
  return {
    subject,
    each: each || joined,
    ofTests: last.kind === "tests" || last.kind === "suite",
  };
}

const LEADING = new Set<WordClass>([
  "all",
  "each",
  "filler",
  "whole",
  "overall",
  "preposition",
  "comma",
  "and",
  "colon",
]);
const TRAILING = new Set<WordClass>([
  "filler",
  "overall",
  "aspect",
  "comma",
  "colon",
  "and",
  "preposition",
  "participle",
  "target",
  "each",
  "verb",
  "from",
]);

/** "… on each of the three modules": the noun behind a preposition, up to what ends it. */
function nounAfter(source: string, tokens: readonly Token[]): Subject | null {
  let at = 0;
  while (
    at < tokens.length &&
    BEFORE_PREPOSITION.has(tokens[at]?.kind ?? "word")
  )
    at += 1;
  const preposition = tokens[at];
  if (preposition?.kind !== "preposition") return null;
  const perMember = /^(?:per|pro|par|por)$/iu.test(preposition.text);
  const rest = tokens.slice(at + 1);
  const end = rest.findIndex(
    (token, place) =>
      (place > 0 && ENDS_NOUN.has(token.kind)) || isMeasure(token),
  );
  const phrase = end < 0 ? rest : rest.slice(0, end);
  // "across 3 full suite runs" says when, not what.
  if (/^runs?$/iu.test(rest[end]?.text ?? "")) return null;
  if (phrase.length === 0 || phrase.length > MAX_NOUN_PHRASE) return null;
  if (phrase.some(({ kind }) => kind === "occasion" || kind === "coverage"))
    return null;
  const subject = nounPhrase(source, phrase);
  return subject && perMember ? { ...subject, each: true } : subject;
}

const BEFORE_PREPOSITION = new Set<WordClass>([
  "participle",
  "target",
  "filler",
  "verb",
  "overall",
  "aspect",
  "coverage",
]);
const ENDS_NOUN = new Set<WordClass>([
  "circumstance",
  "verb",
  "from",
  "by",
  "to",
  "run",
  "pass",
  "participle",
  "growth",
  "stop",
  "colon",
  "open",
  "comma",
  "gate",
  "fixed",
  "condition",
]);

/** A number that measures ("80%", "20+") rather than counts members ("6 files"). */
function isMeasure({ quantity }: Token): boolean {
  return (
    quantity !== null && (quantity.unit !== null || quantity.bound !== null)
  );
}

/** The tokens of a sentence before its first verb: what it speaks of. */
function upToVerb(tokens: readonly Token[]): readonly Token[] {
  const start = VERBS.has(tokens[0]?.kind ?? "word") ? 1 : 0;
  const end = tokens.findIndex(
    (token, place) => (place > 0 && VERBS.has(token.kind)) || isMeasure(token),
  );
  return tokens.slice(start, end < 0 ? tokens.length : end);
}

const VERBS = new Set<WordClass>([
  "circumstance",
  "verb",
  "growth",
  "addition",
  "run",
  "to",
  "by",
  "pass",
  "fixed",
]);

/** Words that may stand between a metric and its number or between a noun and its verb. */
const LINKS = new Set<WordClass>([
  "verb",
  "filler",
  "colon",
  "participle",
  "target",
  "growth",
  "to",
  "by",
  "aspect",
  "overall",
]);
const ADVERBS = new Set<WordClass>([
  "filler",
  "verb",
  "participle",
  "target",
  "overall",
]);

/**
 * What is promised: an imperative may open it ("Ensure all tests pass"), a condition ends it ("… when run in parallel";
 * "The build fails if coverage < 80%" promises nothing).
 */
function promised(tokens: readonly Token[]): readonly Token[] {
  const start = tokens.findIndex(
    ({ kind }) =>
      kind !== "assertion" &&
      kind !== "filler" &&
      kind !== "comma" &&
      kind !== "and",
  );
  const end = tokens.findIndex(({ kind }) => kind === "condition");
  return start < 0 ? [] : tokens.slice(start, end < 0 ? undefined : end);
}

/** Gates, conditions, estimates and what tests assert about the product promise nothing about the project's own tests. */
function isNoPromise(tokens: readonly Token[]): boolean {
  const meets = tokens.some(({ text }) =>
    /^(?:meets?|reach(?:es|ed)?|exceed(?:s|ed)?|met|achiev(?:es|ed))$/iu.test(
      text,
    ),
  );
  return promised(tokens).some(
    ({ kind, text }) =>
      (kind === "gate" && !(meets && /^threshold/iu.test(text))) ||
      kind === "vague" ||
      kind === "assertion",
  );
}

/** "de 40 % à 60 %", "del 45 % al 65 %", "de 45% para 65%". */
const OPENS_PAIR = /^(?:von|de|d[eo]l?|du|da)$/iu;
const JOINS_PAIR = /^(?:à|al?|para|auf)$/iu;

/** Is this number where things stood before: "from 22%", "45% → …", "22.8% baseline"? */
function isBaseline(tokens: readonly Token[], place: number): boolean {
  const before = tokens
    .slice(0, place)
    .findLast(({ kind }) => kind !== "filler");
  if (before?.kind === "from") return true;
  const after = tokens.slice(place + 1);
  if (after.find(({ kind }) => kind !== "filler")?.kind === "baseline")
    return true;
  const opens = OPENS_PAIR.test(tokens[place - 1]?.text ?? "");
  const joins =
    after[0]?.kind === "to" || (opens && JOINS_PAIR.test(after[0]?.text ?? ""));
  const next = after
    .slice(1)
    .find(({ kind }) => kind !== "filler" && kind !== "target");
  return joins && next?.quantity?.unit === tokens[place]?.quantity?.unit;
}

/** A baseline counts the same thing: in "(+407 lines from 169)" it is lines. */
function fits(last: Draft, tokens: readonly Token[], place: number): boolean {
  if (last.unit !== "tests") return true;
  return (
    !tokens
      .slice(place + 1)
      .some(({ kind }) => kind === "overall" || kind === "word") &&
    !tokens.slice(0, place).some(({ kind }) => kind === "aspect")
  );
}

function unitOf({ unit }: Quantity): TargetReading["unit"] {
  return unit ?? "tests";
}

/** Which share a percentage is: named behind it ("80%+ line coverage"), before it, or earlier in the statement. */
function metricOf(
  tokens: readonly Token[],
  place: number,
  known: "coverage" | "pass_rate" | null,
  mentionsCoverage: boolean,
): { metric: "coverage" | "pass_rate"; at: number } | null {
  const isMetric = ({ kind }: Token) =>
    kind === "coverage" || kind === "pass_rate";
  const behind = tokens.slice(place + 1);
  const next = behind.findIndex(
    (token) =>
      isMetric(token) ||
      token.kind === "quantity" ||
      token.kind === "comma" ||
      token.kind === "foreign" ||
      token.kind === "colon",
  );
  const named = behind[next];
  if (
    named &&
    isMetric(named) &&
    behind.slice(0, next).every(({ kind }) => !BREAKS.has(kind)) &&
    next <= 6
  ) {
    return ofProduct(tokens, place + 1 + next)
      ? null
      : {
          metric: named.kind as "coverage" | "pass_rate",
          at: place + 1 + next,
        };
  }
  // "98% of tests pass", "100% tests passing"
  const tests = behind.findIndex(({ kind }) => kind === "tests");
  if (tests >= 0 && tests <= 4) {
    const then = behind
      .slice(tests + 1)
      .find(({ kind }) => !ADVERBS.has(kind))?.kind;
    if (then === "pass") return { metric: "pass_rate", at: place + 1 + tests };
  }
  if (behind[0]?.kind === "pass") return { metric: "pass_rate", at: place + 1 };
  // "tests pass at a 95% rate", "pass with 100% success rate"
  const passed =
    tokens.slice(0, place).some(({ kind }) => kind === "pass") &&
    tokens
      .slice(0, place)
      .some(({ kind }) => kind === "tests" || kind === "suite");
  if (passed && /^(?:success )?rate$/iu.test(behind[0]?.text ?? "")) {
    return { metric: "pass_rate", at: place + 1 };
  }
  if (!endsShare(behind)) return null;
  const before = tokens.slice(0, place).findLastIndex(isMetric);
  const found = tokens[before];
  if (found) {
    if (
      ofProduct(tokens, before) ||
      tokens.slice(before, place).some(({ kind }) => kind === "foreign")
    )
      return null;
    return { metric: found.kind as "coverage" | "pass_rate", at: before };
  }
  if (tokens.slice(0, place).some(({ kind }) => kind === "foreign"))
    return null;
  // "Lines ≥ 85% and branches ≥ 75% coverage"
  const aspect = mentionsCoverage && aspectOf(tokens, place, -1) !== null;
  if (aspect) return { metric: "coverage", at: -1 };
  return known ? { metric: known, at: -1 } : null;
}

const BREAKS = new Set<WordClass>([
  "verb",
  "growth",
  "run",
  "from",
  "pass",
  "fixed",
  "assertion",
  "gate",
  "stop",
  "each",
]);

/** "100% requirement coverage", "coverage of docstrings": not of code by tests. */
function ofProduct(tokens: readonly Token[], at: number): boolean {
  if (tokens[at]?.kind !== "coverage") return false;
  const before = tokens[at - 1]?.kind;
  if (before === "foreign" || before === "content") return true;
  const behind = tokens.slice(at + 1);
  if (behind[0]?.kind !== "preposition") return false;
  const end = behind.findIndex(
    (token) => ENDS_NOUN.has(token.kind) || isMeasure(token),
  );
  return behind.slice(0, end < 0 ? undefined : end).at(-1)?.kind === "content";
}

/** After a percentage that ends its statement nothing else claims it, as "accuracy" would in "80% accuracy". */
function endsShare(behind: readonly Token[]): boolean {
  const next = behind.find(({ kind }) => kind !== "filler");
  return (
    !next ||
    ![
      "word",
      "foreign",
      "content",
      "tests",
      "failures",
      "failing",
      "flaky",
      "baseline",
    ].includes(next.kind)
  );
}

/** "increased by 3%", "adds 5-10%", "contribution of 3%": a difference, not a level. */
function isGrowth(tokens: readonly Token[], place: number): boolean {
  const before = tokens
    .slice(Math.max(0, place - 4), place)
    .filter(({ kind }) => kind !== "filler");
  const last = before.at(-1);
  if (last?.kind === "addition") return true;
  const grows = before.some(
    ({ kind }) => kind === "growth" || kind === "addition",
  );
  return (
    grows &&
    (last?.kind === "by" ||
      last?.kind === "growth" ||
      /^(?:of|von|de|di)$/iu.test(last?.text ?? ""))
  );
}

function opOf<Default extends TargetReading["op"] | null>(
  { bound, upper }: Quantity,
  otherwise: Default,
): TargetReading["op"] | Default {
  return upper === null ? (bound ?? otherwise) : "range";
}

const ASPECTS: readonly (readonly [
  NonNullable<TargetReading["aspect"]>,
  RegExp,
])[] = [
  ["line", /lines?|zeilen|lignes?|líneas|linhas|行|ライン/iu],
  ["branch", /branch|zweig|ramas|ramos|分支|ブランチ|分岐/iu],
  ["statement", /statement|anweisung|instruc|instruç|sentencias|语句|命令/iu],
  ["function", /function|funktion|fonctions|funciones|funções|函数|関数/iu],
];

/** The aspect beside the number or the metric word, or in the metric word itself (Zeilenabdeckung). */
function aspectOf(
  tokens: readonly Token[],
  place: number,
  metricAt: number,
): TargetReading["aspect"] {
  const near = [
    place + 1,
    metricAt - 1,
    metricAt,
    metricAt + 1,
    place - 1,
    place - 2,
  ].map((at) => tokens[at]);
  const said = near.find(
    (token) =>
      token &&
      (token.kind === "aspect" ||
        (token.kind === "coverage" && aspectIn(token.text) !== null)),
  );
  return said ? aspectIn(said.text) : null;
}

function aspectIn(text: string): TargetReading["aspect"] {
  return ASPECTS.find(([, pattern]) => pattern.test(text))?.[0] ?? null;
}

interface Head {
  readonly kind: WordClass;
  /** Tokens up to and with the head. */
  readonly end: number;
  /** What stands before the head, with it when it belongs to the name ("ORM tests"). */
  readonly adjectives: readonly Token[];
}

/** How many words may stand between a count and its noun. */
const MAX_ADJECTIVES = 6;

/** The noun that a count counts: "… ORM tests", "… failing tests", "… failures". */
function headOf(after: readonly Token[]): Head | null {
  let special: "failing" | "flaky" | null = null;
  for (const [place, { kind, quantity }] of after
    .slice(0, MAX_ADJECTIVES + 1)
    .entries()) {
    if (kind === "tests" || (kind === "suite" && special !== null)) {
      const next = after[place + 1]?.kind;
      if (next === "failures") continue;
      const adjectives = after
        .slice(0, place + 1)
        .filter((token) => token.kind !== "failing" && token.kind !== "flaky");
      return { kind: special ?? kind, end: place + 1, adjectives };
    }
    if (kind === "test") {
      const then = after
        .slice(place + 1)
        .find((token) => !ADVERBS.has(token.kind))?.kind;
      // "No test fails", "aucun test instable"
      if (then === "failing" || then === "flaky") {
        return {
          kind: "tests",
          end: place + 1,
          adjectives: after.slice(0, place),
        };
      }
    }
    if (kind === "failures")
      return { kind, end: place + 1, adjectives: after.slice(0, place) };
    if (kind === "failing" || kind === "flaky") special = kind;
    else if (kind === "pass" && place === 0)
      return { kind, end: 1, adjectives: [] };
    else if (
      quantity ||
      HEADLESS.has(kind) ||
      /^(?:other|files?|modules?)$/iu.test(after[place]?.text ?? "")
    )
      break;
  }
  return special && after[0]?.kind === special
    ? { kind: special, end: 1, adjectives: [] }
    : null;
}

const HEADLESS = new Set<WordClass>([
  "circumstance",
  "verb",
  "comma",
  "stop",
  "colon",
  "run",
  "from",
  "preposition",
  "coverage",
  "pass_rate",
  "growth",
  "gate",
  "by",
  "to",
  "and",
]);

function atEnd(after: readonly Token[]): boolean {
  const next = after.find(
    ({ kind }) =>
      kind !== "filler" && kind !== "participle" && kind !== "target",
  );
  return (
    !next ||
    next.kind === "comma" ||
    next.kind === "preposition" ||
    next.kind === "from"
  );
}

/** `1.163 Tests`: there are no parts of tests, so three decimals are thousands. */
function grouped({ value, precision }: Quantity): number {
  return precision === 3 ? Math.round(value * 1000) : value;
}

interface NothingFails {
  readonly at: number;
  readonly end: number;
  readonly subject: readonly Token[];
  readonly from: number | null;
}

/** Finds "all … tests … pass" and its kin; the subject keeps the count unless the tests are those that fail today. */
function nothingFails(tokens: readonly Token[]): NothingFails | null {
  const all = tokens.findIndex(({ kind }) => kind === "all");
  const start = all < 0 ? 0 : all;
  const head = tokens.findIndex(
    ({ kind }, place) =>
      place >= start &&
      place <= start + 9 &&
      (kind === "tests" || kind === "suite" || kind === "failures"),
  );
  if (head < 0) return all < 0 ? null : allFixed(tokens, all);
  const noun = tokens[head];
  const inner = tokens.slice(all < 0 ? 0 : all + 1, head);
  if (
    inner.some(
      ({ kind, quantity }) =>
        kind === "verb" ||
        kind === "comma" ||
        kind === "none" ||
        kind === "coverage" ||
        (quantity !== null &&
          (quantity.unit !== null ||
            quantity.bound !== null ||
            quantity.denominator !== null)),
    )
  )
    return null;
  const verb = predicateAfter(tokens, head + 1);
  if (verb < 0) return null;
  // "Tests pass at 95%" says how many of them.
  const share = tokens.slice(verb + 1).find(({ kind }) => !ADVERBS.has(kind));
  if (all < 0 && share?.quantity?.unit === "%") return null;
  const predicate = tokens[verb]?.kind;
  const broken =
    noun?.kind === "failures" || inner.some(({ kind }) => kind === "failing");
  if (predicate === "fixed" && !broken) return null;
  if (predicate === "pass" && noun?.kind === "failures") return null;
  if (
    all < 0 &&
    !(
      noun?.kind === "suite" ||
      inner.every(
        ({ kind, quantity }) =>
          !quantity &&
          (kind === "word" || kind === "filler" || kind === "whole"),
      )
    )
  )
    return null;
  if (all < 0 && tokens.slice(0, head).some(({ kind }) => kind === "each"))
    return null;
  const count =
    inner.find(({ quantity }) => quantity !== null)?.quantity ?? null;
  const named = nounAfterHead(tokens, head + 1, verb);
  const words = inner.filter(
    ({ kind, quantity }) =>
      kind !== "failing" && !(broken && quantity !== null),
  );
  const ownNoun = noun && noun.kind !== "failures" ? [noun] : [];
  return {
    at: start,
    end: verb + 1,
    subject: named ?? [...words, ...ownNoun],
    from: broken && count ? count.value : null,
  };
}

/** "(all 40 fixed)": the noun was named before. */
function allFixed(tokens: readonly Token[], all: number): NothingFails | null {
  const count = tokens[all + 1]?.quantity;
  const verb = tokens.slice(all + 2).find(({ kind }) => !ADVERBS.has(kind));
  if (
    !count ||
    count.unit !== null ||
    verb?.kind !== "fixed" ||
    tokens.length > all + 4
  )
    return null;
  return { at: all, end: tokens.length, subject: [], from: count.value };
}

/** The verb of the tests, past adverbs and one phrase with a preposition ("in tests/api", "from verification"). */
function predicateAfter(tokens: readonly Token[], start: number): number {
  for (
    let place = start;
    place < Math.min(tokens.length, start + 10);
    place += 1
  ) {
    const kind = tokens[place]?.kind;
    if (kind === "pass" || kind === "fixed") return place;
    if (
      kind === "comma" ||
      kind === "none" ||
      kind === "coverage" ||
      kind === "run"
    )
      return -1;
    const between = tokens.slice(start, place + 1);
    const opened = between.some(
      (token) =>
        token.kind === "preposition" ||
        token.kind === "from" ||
        token.kind === "participle" ||
        /^(?:discovered|found|reported|introduced)$/iu.test(token.text),
    );
    if ((kind === "word" || kind === "quantity") && !opened) return -1;
  }
  return -1;
}

/** "All tests in tests/api pass": where the tests are. Where failures were found is no subject. */
function nounAfterHead(
  tokens: readonly Token[],
  start: number,
  end: number,
): readonly Token[] | null {
  const [preposition, ...rest] = tokens.slice(start, end);
  if (
    preposition?.kind !== "preposition" ||
    tokens[start - 1]?.kind === "failures"
  )
    return null;
  const stop = rest.findIndex(
    ({ kind }) => kind === "verb" || kind === "filler",
  );
  const phrase = stop <= 0 ? rest : rest.slice(0, stop);
  return phrase.length === 0 || phrase.some(({ kind }) => kind === "occasion")
    ? null
    : phrase;
}
