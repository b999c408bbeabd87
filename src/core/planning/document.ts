import { formatCount } from "../coverage/counts.ts";
import type { Finding } from "../finding.ts";
import { readAssertions, type Assertion } from "./assertions.ts";
import type { Dispute } from "./arithmetic/dispute.ts";
import { findDisputes, settle } from "./arithmetic/disputes.ts";
import type { Claim } from "./claim.ts";
import { readClaims, type Excess } from "./claims/readClaims.ts";
import { readContributions, type Contribution } from "./contributions.ts";
import type { DocumentKind } from "./documentKind.ts";
import type { StatedProgress } from "./progress.ts";
import { readFileLists, type FileList } from "./fileLists.ts";
import {
  readFrontMatter,
  textsBelow,
  textOf,
  field,
  type FrontMatter,
} from "./frontMatter.ts";
import { readStatements } from "./markdown.ts";
import { phaseNamed } from "./phaseNamed.ts";
import {
  MAX_PLACEHOLDERS,
  placeholderFindings,
  readPlaceholders,
  type Placeholder,
} from "./placeholders.ts";
import { readPlan, type PlanReading } from "./plan.ts";
import {
  isSuccessCriterion,
  readPromisedDocuments,
  type PromisedDocument,
} from "./promisedDocuments.ts";
import { readCounts } from "./quotedCounts.ts";
import { readMissingParts, type MissingParts } from "./requiredParts.ts";
import type { RequirementMention } from "./requirementMention.ts";
import { readRequirements } from "./requirements.ts";
import { readRoadmap, tellsResult, type RoadmapReading } from "./roadmap.ts";
import { phaseBeside, readState, type StateReading } from "./state.ts";
import type { Statement } from "./statement.ts";
import type { Target } from "./target.ts";
import type { TaskGroup } from "./taskGroups.ts";
import type { TrackedPhase } from "./tracker.ts";
import { readTargets } from "./targetGrammar.ts";
import {
  plainWords,
  readVerification,
  type VerificationReading,
} from "./verification.ts";

/**
 * Everything phasewatch takes from one planning document. It depends on the bytes and the kind alone, so it is kept by
 * blob id and read once; paths are "" here and filled in by `at`.
 */
export interface DocumentReading {
  readonly kind: DocumentKind;
  readonly title: { readonly text: string; readonly line: number } | null;
  readonly plan: PlanReading | null;
  readonly verification: VerificationReading | null;
  readonly roadmap: RoadmapReading | null;
  readonly state: StateReading | null;
  /** `status:` of a summary's front matter. */
  readonly status: { readonly raw: string; readonly line: number } | null;
  readonly targets: readonly Target[];
  /** Thresholds that a plan's own checks assert. */
  readonly assertions: readonly Assertion[];
  readonly claims: readonly Claim[];
  /** Whole numbers of a thousand and more that it quotes. */
  readonly counts: readonly number[];
  readonly requirements: readonly RequirementMention[];
  readonly contributions: readonly Contribution[];
  /** Source files the document lists together: what "all 6 Tier 1 files" may mean. */
  readonly fileLists: readonly FileList[];
  /** The documents a plan promises. */
  readonly promisedDocuments: readonly PromisedDocument[];
  /** Unfilled places of a document that reports results. */
  readonly placeholders: readonly Placeholder[];
  /** Required fields and sections it lacks; null where it has all. */
  readonly missingParts: MissingParts | null;
  readonly findings: readonly Finding[];
  /** Only in other layouts than GSD's, see laidOut.ts. */
  readonly work?: WorkReading;
}

/** What a document says of how far the work is, where no summary does. */
export interface WorkReading {
  /** Of itself. */
  readonly status: StatedProgress | null;
  /** Of a list of tasks. */
  readonly tasks: readonly TaskGroup[] | null;
  /** Of a tracker. */
  readonly tracked: readonly TrackedPhase[] | null;
}

/** Claims per document that are kept; past that a finding says how many more there were. */
const MAX_CLAIMS = 2_000;

/** Promised documents per plan that are judged; past that a finding says how many more there were. */
const MAX_PROMISES = 200;

/** Statements per document whose unread rest is told line by line; past that one finding counts them. */
const MAX_EXCESSES = 20;

/** Reads a document of a known kind. Never throws: what is odd becomes a finding. */
export function readDocument(
  kind: DocumentKind,
  text: string,
): DocumentReading {
  const parsed = parse(kind, text);
  const { front, lines, body, statements, plan, verification, roadmap } =
    parsed;
  const findings: Finding[] = [...front.findings];
  const isEmpty = text.trim() === "";
  if (isEmpty) {
    findings.push({
      kind: "structure",
      path: "",
      line: null,
      message: "The document is empty.",
    });
  }
  const statusField = field(front.fields, "status");
  const raw = textOf(statusField);
  const criteria = statements.filter(isSuccessCriterion);
  const { claims, unclaimed, unread, state } = claimed(kind, parsed);
  findings.push(...unread, ...unclaimed.map(inconsistent));
  if (claims.length > MAX_CLAIMS) {
    findings.push(
      tooLarge(
        null,
        `The document makes ${claims.length} claims; the first ${MAX_CLAIMS} were judged.`,
      ),
    );
  }
  const promises = plan
    ? readPromisedDocuments(plan.requiredFiles, statements)
    : [];
  if (promises.length > MAX_PROMISES) {
    findings.push(
      tooLarge(
        null,
        `The plan promises ${formatCount(promises.length)} documents; the first ${MAX_PROMISES} were judged.`,
      ),
    );
  }
  const placeholders = readPlaceholders(kind, front, statements);
  findings.push(...placeholderFindings(placeholders));
  const title = statements.find((statement) => statement.place === "heading");
  const targets = targetsIn(parsed);
  return {
    kind,
    title: title ? { text: plainWords(title.text), line: title.line } : null,
    plan,
    verification,
    roadmap,
    state,
    status:
      raw !== undefined && statusField ? { raw, line: statusField.line } : null,
    targets,
    assertions: plan ? readAssertions(lines, front.bodyLine) : [],
    claims: claims.slice(0, MAX_CLAIMS),
    counts: claims.length === 0 ? [] : readCounts(statements),
    requirements: readRequirements(kind, front, statements, plan, criteria),
    contributions: readContributions(
      kind,
      statements,
      { body, firstLine: front.bodyLine },
      targets.some(({ metric }) => metric.startsWith("coverage")),
    ),
    fileLists:
      kind === "roadmap" || kind === "requirements"
        ? []
        : readFileLists(statements),
    promisedDocuments: promises.slice(0, MAX_PROMISES),
    placeholders: placeholders.slice(0, MAX_PLACEHOLDERS),
    missingParts: isEmpty ? null : readMissingParts(kind, front, statements),
    findings,
  };
}

/** Only what a document promises, its roadmap's phases included: a third of the time that the whole reading takes. */
export function readDocumentTargets(
  kind: DocumentKind,
  text: string,
): Target[] {
  const parsed = parse(kind, text);
  const promised = parsed.roadmap?.phases.flatMap(({ promises }) => promises);
  return [...targetsIn(parsed), ...(promised ?? []).flatMap(targetsOf)];
}

/** Only what a document claims. */
export function readDocumentClaims(kind: DocumentKind, text: string): Claim[] {
  return claimed(kind, parse(kind, text)).claims.slice(0, MAX_CLAIMS);
}

/** What every reader of a document begins with. */
function parse(kind: DocumentKind, text: string) {
  const front = readFrontMatter("", text);
  const lines = text.split(/\r\n|\n|\r/).slice(front.bodyLine - 1);
  const body = lines.join("\n");
  const statements =
    kind === "other" ? [] : readStatements(body, front.bodyLine);
  return {
    front,
    lines,
    body,
    statements,
    plan: kind === "plan" ? readPlan(front) : null,
    verification:
      kind === "verification" ? readVerification(front, statements) : null,
    roadmap: kind === "roadmap" ? readRoadmap(statements) : null,
  };
}

type Parsed = ReturnType<typeof parse>;

function targetsIn({ plan, verification, statements }: Parsed): Target[] {
  const promised = plan
    ? [...plan.truths, ...statements.filter(isSuccessCriterion)]
    : verification
      ? statements.flatMap(phaseGoal)
      : [];
  return promised.flatMap(targetsOf);
}

/** The claims of a document, held against its own arithmetic. */
function claimed(kind: DocumentKind, { front, statements, roadmap }: Parsed) {
  const state = kind === "state" ? readState(statements) : null;
  const read = claimsOf(kind, front, statements, state);
  const disputes = findDisputes(read.statements, read.claims, roadmap);
  return { ...settle(read.claims, disputes), unread: read.unread, state };
}

/** The targets a sentence sets, with the place it stands at. */
export function targetsOf(sentence: {
  readonly text: string;
  readonly line: number;
}): Target[] {
  return readTargets(sentence.text).map((target) => ({
    ...target,
    text: sentence.text,
    path: "",
    line: sentence.line,
  }));
}

function phaseGoal({ text, line }: Statement) {
  const goal = /^\*\*Phase Goal:?\*\*:?\s*(\S.*)$/i.exec(text);
  return goal?.[1] ? [{ text: goal[1], line }] : [];
}

/** Fields whose strings are not about results: what is still to do, what was expected, what others provide. */
const NOT_RESULTS = new Set([
  "truth",
  "missing",
  "expected",
  "why_human",
  "test",
  "requires",
  "affects",
  "tags",
  "tech-stack",
  "tech_stack",
  "must_haves",
  "phase",
  "plan",
  "path",
]);

const STATES_RESULTS: ReadonlySet<DocumentKind> = new Set([
  "summary",
  "phase_summary",
  "verification",
  "report",
  "roadmap",
  "state",
]);

function claimsOf(
  kind: DocumentKind,
  front: FrontMatter,
  statements: readonly Statement[],
  state: StateReading | null,
): {
  statements: readonly Statement[];
  claims: Claim[];
  unread: Finding[];
} {
  if (!STATES_RESULTS.has(kind)) {
    return { statements: [], claims: [], unread: [] };
  }
  const told =
    kind === "roadmap"
      ? statements.filter(tellsResult)
      : [...frontStatements(front), ...statements];
  const readings = told
    .filter((statement) => statement.text.length > 1)
    .map((statement) => {
      const { claims, excess } = readClaims(statement);
      const phase =
        claims.length > 0 && SHARED.has(kind)
          ? (phaseNamed(statement) ?? phaseBeside(statement, state))
          : null;
      return {
        line: statement.line,
        excess,
        claims: claims.map((claim) =>
          phase === null ? claim : { ...claim, phase },
        ),
      };
    });
  return {
    // A sum needs all of its parts, be they told as results or not.
    statements: kind === "roadmap" ? statements : told,
    claims: readings.flatMap((reading) =>
      reading.claims.map((claim) => ({ ...claim, path: "" })),
    ),
    unread: unreadRests(readings),
  };
}

/** Documents that may speak of several phases. */
const SHARED: ReadonlySet<DocumentKind> = new Set([
  "roadmap",
  "state",
  "report",
]);

/** A finding for every statement of which a rest was not read. */
function unreadRests(
  readings: readonly {
    readonly line: number;
    readonly excess: readonly Excess[];
  }[],
): Finding[] {
  const rests = readings.flatMap(({ line, excess }) =>
    excess.map((one) => ({ ...one, line })),
  );
  const findings = rests
    .slice(0, MAX_EXCESSES)
    .map(({ line, what, count, read }) =>
      tooLarge(
        line,
        `The statement on line ${line} has ${formatCount(count)} ${what}; after the first ${formatCount(read)} the rest was not read. Split it so that all of it is.`,
      ),
    );
  const more = rests[MAX_EXCESSES];
  if (!more) return findings;
  return [
    ...findings,
    tooLarge(
      more.line,
      `From line ${more.line} on, ${formatCount(rests.length - MAX_EXCESSES)} more statements are too long to be read whole; split them.`,
    ),
  ];
}

/** A number that the document itself denies, and that no claim makes. */
function inconsistent({ line, why }: Dispute): Finding {
  return { kind: "inconsistent", path: "", line, message: why };
}

function tooLarge(line: number | null, message: string): Finding {
  return { kind: "too_large", path: "", line, message };
}

/** Front matter strings as statements, each in the section of its keys and of the file it speaks of. */
function frontStatements({ fields }: FrontMatter): Statement[] {
  const statements: Statement[] = [];
  let about: string | null = null;
  for (const { text, line, keys } of textsBelow(fields)) {
    if (keys.at(-1) === "path") about = text;
    else if (!keys.includes("artifacts")) about = null;
    if (keys.some((name) => NOT_RESULTS.has(name))) continue;
    const isStatus =
      keys.length === 1 && keys.every((key) => /status/.test(key));
    // "- coverage >= 50%: yes" is one sentence, which YAML takes for a key and its value.
    const isSentence = /\s/.test(keys.at(-1) ?? "");
    statements.push({
      text: isStatus || isSentence ? `${keys.at(-1)}: ${text}` : text,
      line,
      place: "front_matter",
      section: [
        ...(isSentence ? keys.slice(0, -1) : keys).filter(
          (name) => name !== "",
        ),
        ...(about ? [about] : []),
      ],
      row: null,
      checked: null,
    });
  }
  return statements;
}
