import type { TargetMetric } from "./target.ts";
import {
  ABSTRACT,
  MAX_NAME,
  nameBehind,
  nameOf,
  upToVerb,
  WHOLE,
  wordCount,
  type Subject,
} from "./targetPhrase.ts";
import { isPath } from "./targetName.ts";
import type { Share } from "./targetShare.ts";
import type { Token } from "./targetWords.ts";

/** Whom a sentence speaks of: what was said before tells whom the next clause means. */
export class Spoken {
  readonly label: Subject | null;
  /** In brackets: what stands there is said of what stands before them. */
  aside = false;
  /** The newest threshold and whom it is about. */
  last: { readonly about: Subject; readonly metric: TargetMetric } | null =
    null;

  constructor(label: readonly Token[]) {
    this.label = labelled(label);
  }

  /** "20+ ORM tests" is said of the ORM tests, "20+ tests" of what stands before it, else behind it. */
  counted(
    before: readonly Token[],
    name: readonly Token[],
    behind: readonly Token[],
  ): Subject {
    const own = nameOf(name);
    if (own && own.subject !== WHOLE.subject) {
      return {
        ...own,
        each: own.each || before.some(({ kind }) => kind === "each"),
      };
    }
    const first = upToVerb(before.filter(({ kind }) => kind !== "colon"));
    const named = nameOf(first);
    const ofMetric = first[0] !== undefined && NAMED_BEFORE.has(first[0].kind);
    if (named && named.subject !== WHOLE.subject && !ofMetric) return named;
    return nameBehind(behind) ?? this.implied();
  }

  /** Whom a share is said of: named before it, between it and its noun, or behind both. */
  around(
    tokens: readonly Token[],
    place: number,
    share: Share,
  ): Subject | null {
    const first = share.at < 0 ? place : Math.min(place, share.at);
    const second = Math.max(place, share.at);
    const metric = tokens[share.at];
    const front = frontOf(tokens.slice(0, first), metric);
    // In "98% of ORM tests pass" the noun is the subject too.
    const middle = tokens.slice(
      first + 1,
      tokens[second]?.kind === "tests" ? second + 1 : second,
    );
    const behind = tokens.slice(second + 1);
    // "Unit tests cover 90% of the code" is said of the code.
    const byTests =
      tokens[second]?.kind === "covered" || metric?.kind === "covered";
    const covers = share.metric === "coverage";
    const isLong = wordCount(front) > MAX_NAME;
    const own = isLong ? null : nameOf(covers ? testedBy(front) : front);
    const names = [
      byTests && own?.ofTests ? null : own,
      (share.at < place ? nameBehind(middle) : null) ??
        nameOf(upToVerb(middle.filter(({ kind }) => !BESIDE_NAME.has(kind)))),
      nameBehind(behind),
      // "cobertura de testes backend"
      behind[0]?.kind === "word" && HEAD_FIRST.test(metric?.text ?? "")
        ? nameOf(upToVerb(behind))
        : null,
      behind[0] && isPath(behind[0]) ? nameOf([behind[0]]) : null,
    ].filter((name) => name !== null && name.subject !== WHOLE.subject);
    // "Add unit tests to raise coverage": the tests are how.
    const how = covers && tokens[0] !== undefined && MAKES.has(tokens[0].kind);
    // Coverage is of code, a pass rate of tests.
    const named = names.find((name) => name?.ofTests !== covers) ?? names[0];
    if (!named && isLong) return null;
    const saysWhole = tokens.some(({ kind }) => kind === "overall");
    // "Integration tests add 5% to overall coverage": the tests are how, the whole is what.
    const adds =
      saysWhole &&
      tokens.slice(0, place).some(({ kind }) => kind === "addition");
    // "Overall coverage is 90% across all projects"
    // "All unit tests pass with 75% coverage": of the code, not of the tests.
    if (
      named?.ofTests &&
      share.metric === "coverage" &&
      this.last?.metric === "tests_failing" &&
      this.last.about.subject === named.subject
    )
      return this.label ?? WHOLE;
    const spread =
      (saysWhole && named?.each === true && named === names.at(-1)) ||
      // "50% average coverage per file" lets some have less.
      (named?.each === true && tokens.some(({ text }) => AVERAGE.test(text)));
    if (named && !(named.ofTests && (adds || how)) && !spread) return named;
    if (spread || (saysWhole && !this.label)) return WHOLE;
    const ofSameTests =
      share.metric === "pass_rate" &&
      (this.last?.metric.startsWith("tests_") ?? false);
    return this.implied(share.at < 0 || ofSameTests);
  }

  named(tokens: readonly Token[]): Subject | null {
    if (wordCount(tokens) > MAX_NAME) return null;
    const own = nameOf(tokens);
    return own && own.subject !== WHOLE.subject ? own : this.implied();
  }

  /** Whom a clause means that names nobody: in brackets who was named before them, else the label's, else the project. */
  implied(continues = false): Subject {
    return (
      (this.aside || continues ? this.last?.about : null) ?? this.label ?? WHOLE
    );
  }
}

/** What stands before a share and its noun, up to the verb, and may name whom it is said of. */
function frontOf(
  lead: readonly Token[],
  metric: Token | undefined,
): readonly Token[] {
  const colon = lead.findLastIndex(({ kind }) => kind === "colon");
  // "Gap closed: parser at 80%" speaks of the parser, "UI layer: 60%" of the layer.
  const label = lead.slice(0, Math.max(colon, 0));
  const part =
    colon + 1 < lead.length
      ? lead.slice(colon + 1)
      : labelled(label)
        ? label
        : [];
  // "A note that each module has …"
  const opening = part.slice(
    part.findLastIndex(({ text }) => /^(?:that|dass)$/iu.test(text)) + 1,
  );
  // "Coverage report shows the parser at 50%"
  const said = opening[0]?.kind === "coverage" ? opening.slice(1) : opening;
  const front = withoutHas(upToVerb(said), metric);
  const adjacent = front.at(-1) === lead.at(-1);
  const listed = front.at(-1)?.kind === "comma" && !adjacent;
  const named = nameOf(front);
  const fits =
    wordCount(front) <= MAX_NAME &&
    !listed &&
    opening[0]?.kind !== "circumstance" &&
    !(adjacent && HEAD_FIRST.test(metric?.text ?? "")) &&
    named !== null &&
    named.subject !== WHOLE.subject;
  if (fits) return front;
  // "By our rules must all parsers have …"
  const quantifier = said.findLastIndex(
    ({ kind }) => kind === "all" || kind === "each",
  );
  const quantified = upToVerb(said.slice(Math.max(0, quantifier)));
  if (quantifier > 0 && wordCount(quantified) <= MAX_NAME) return quantified;
  return wordCount(front) > MAX_NAME ? front : [];
}

/** In these languages a noun's qualifiers follow it, so that what stands right before it belongs to a verb. */
const HEAD_FIRST =
  /^(?:taux de |tasa de |taxa de )?(?:co[bu]|copertura|покрыт|pokryci|độ|tỷ|cakupan)/iu;

/** French and Italian have a verb that looks like a preposition: "Le module *a* une couverture". */
function withoutHas(
  front: readonly Token[],
  metric: Token | undefined,
): readonly Token[] {
  const has = front.findLastIndex(({ text }) => /^ha?$|^a$/iu.test(text));
  return has > 0 &&
    HEAD_FIRST.test(metric?.text ?? "") &&
    front.slice(has).every(({ kind }) => kind === "filler")
    ? front.slice(0, has)
    : front;
}

const MAKES: ReadonlySet<Token["kind"]> = new Set(["addition", "verb"]);

/** "Unit tests for the parser achieve 80% coverage": of the parser. */
function testedBy(front: readonly Token[]): readonly Token[] {
  const tests = front.findIndex(({ kind }) => kind === "tests");
  return tests >= 0 && FOR.test(front[tests + 1]?.text ?? "")
    ? front.slice(tests + 2)
    : front;
}

const FOR = /^(?:for|of|für|pour|para|per|для|voor|dla|untuk|cho)$/iu;

/** Nouns of a metric: what opens with one names no subject. */
const NAMED_BEFORE: ReadonlySet<Token["kind"]> = new Set([
  "failures",
  "failing",
  "flaky",
  "tests",
  "coverage",
]);

const AVERAGE =
  /^(?:average|avg|mean|durchschnittlich\p{L}*|moyenne|promedio|media|média)$/iu;

/** Between a share and its noun these belong to no name. */
const BESIDE_NAME: ReadonlySet<Token["kind"]> = new Set([
  "colon",
  "gate",
  "aspect",
  "participle",
  "target",
  "growth",
  "addition",
]);

/** Words that name no subject of their own before a colon: "TQ-03:", "Quality: all tests pass". */
const EMPTY_LABEL =
  /^(?:[A-Z]{1,8}-?\d[\w.-]*|\d[\d.]*|(?:success|step|must|req|sc|task|wave|tier|target|quality|verification|verify|result|final|minimum|after|before|testing|short[- ]term|ziel|qualität|qualité|calidad|qualidade|目标|目標|質量|质量|品質)s?(?:\s+[\w.-]{1,12}){0,2}|\p{L}{2,20} \d{1,3})$/iu;

/** A label with one of these says what kind of statement follows, in whatever phrase it stands. */
const KIND_OF_STATEMENT =
  /^(?:truths?|goals?|criteri(?:on|a)|definition|acceptance|requirements?|metrics?|kpis?|milestones?|phases?|plans?|outcomes?|objectives?|deliverables?|done|must-haves?|success|crit[èé]res?|criterios?|crit[ée]rios?|kriteri(?:um|en)|akzeptanzkriteri(?:um|en)|kryteri(?:um|a)|критери[йи]|требовани[ея]|критерій|objectifs?|objetivos?|exigences?|requisitos?|anforderung(?:en)?|obiettiv[oi]|requisit[oi]|phase|fase|этап|цель)$/iu;

function labelled(all: readonly Token[]): Subject | null {
  // "E2E tests reliability: 100% pass rate" is said of the tests, "Stability rate: …" of nothing else.
  const end = all.findLastIndex(({ text }) => !ABSTRACT.test(text));
  // "Tests before a commit: …"
  const when = all.findIndex(
    ({ kind }, place) => kind === "circumstance" && place > 0,
  );
  const label = all.slice(0, when < 0 ? end + 1 : Math.min(when, end + 1));
  const name = nameOf(label);
  // "Combined impact: +3.4 points" says by what, not of what.
  const how = all.some(({ kind }) => kind === "addition" || kind === "growth");
  const words = label.map(({ text }) => text).join(" ");
  return name &&
    name.subject !== WHOLE.subject &&
    !how &&
    !all.some(({ text }) => KIND_OF_STATEMENT.test(text)) &&
    !EMPTY_LABEL.test(words)
    ? name
    : null;
}
