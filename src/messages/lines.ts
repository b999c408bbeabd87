import { fileName } from "../core/fileName.ts";
import type { OverviewAnswer } from "../core/answer.ts";
import { formatCount } from "../core/coverage/counts.ts";
import { describe, said, short, threshold } from "../core/judge/wording.ts";
import type { PhaseDigest } from "../core/news.ts";
import type {
  ClaimResult,
  ClaimVerdict,
  Gap,
  Headline,
  Measured,
  TargetResult,
  TargetVerdict,
} from "../core/status.ts";
import { plain } from "./escaping.ts";
import type { RenderContext } from "./message.ts";
import type { Line, Span } from "./page.ts";

/** How every message puts a target, a claim, a gap, a phase, a number and a time: one line each. */

type Link = RenderContext["link"];

/** A sign and the words for it: the sign is for the eye, the words say it. */
export interface Said {
  readonly sign: string;
  readonly words: string;
}

export const TARGET_WORDS: Readonly<Record<TargetVerdict, Said>> = {
  missed: { sign: "❌", words: "missed" },
  above_range: { sign: "⬆", words: "above range" },
  untrusted: { sign: "⚠", words: "untrusted data" },
  not_comparable: { sign: "⚠", words: "not comparable" },
  not_measured: { sign: "⚪", words: "not measured" },
  documented: { sign: "📝", words: "documented instead" },
  met: { sign: "✅", words: "met" },
  not_checkable: { sign: "❔", words: "not machine-checkable" },
};

export const CLAIM_WORDS: Readonly<Record<ClaimVerdict, Said>> = {
  contradicted: { sign: "❗", words: "contradicted" },
  self_contradictory: { sign: "❗", words: "disagrees with itself" },
  estimated: { sign: "⚠", words: "rests on an estimate" },
  scope_mismatch: { sign: "⚠", words: "true for another scope" },
  stale: { sign: "⚠", words: "true at another commit" },
  confirmed: { sign: "✅", words: "confirmed" },
  unverifiable: { sign: "❔", words: "not verifiable" },
};

export const HEADLINE_WORDS: Readonly<Record<Headline, Said>> = {
  gaps_found: { sign: "❌", words: "gaps found" },
  human_needed: { sign: "👤", words: "human needed" },
  unknown: { sign: "❔", words: "unknown" },
  in_progress: { sign: "🔵", words: "in progress" },
  executed: { sign: "📦", words: "executed" },
  planned: { sign: "⚪", words: "planned" },
  complete: { sign: "✅", words: "complete" },
  superseded: { sign: "➖", words: "superseded" },
};

/** `✅ met`. */
export function spoken({ sign, words }: Said): string {
  return `${sign} ${words}`;
}

/** Targets, the ones to look at first: in the order of the words above, the farthest from its goal before the others. */
export function byImportance(
  targets: readonly TargetResult[],
): readonly TargetResult[] {
  const order = Object.keys(TARGET_WORDS);
  return targets.toSorted(
    (a, b) =>
      order.indexOf(a.verdict) - order.indexOf(b.verdict) ||
      (b.gap ?? 0) - (a.gap ?? 0),
  );
}

/** `1 met · 2 missed · 3 not measured`, without what does not occur. */
export function tally<K extends string>(
  verdicts: readonly K[],
  words: Readonly<Record<K, Said>>,
): string {
  return Object.entries<Said>(words)
    .map(([verdict, { words: name }]) => ({
      name,
      count: verdicts.filter((each) => each === verdict).length,
    }))
    .filter(({ count }) => count > 0)
    .map(({ count, name }) => `${formatCount(count)} ${name}`)
    .join(", ");
}

/** `1 plan`, `3 plans`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}

const METRICS: Readonly<Record<ClaimResult["metric"], string>> = {
  coverage: "Coverage",
  coverage_delta: "Coverage change",
  pass_rate: "Pass rate",
  tests_total: "Tests",
  tests_passing: "Passing tests",
  tests_failing: "Failing tests",
  tests_flaky: "Flaky tests",
  duration: "Duration",
  status: "Status",
};

/** `Branch coverage of each of 6 Tier 1 files ≥ 80 %`, `Overall coverage 25–27 %`. */
export function targetName(target: TargetResult): string {
  const unit = target.unit === "pp" ? "%" : target.unit;
  const from = target.from === null ? "" : ` from ${target.from} ${unit}`;
  return `${subjectName(target, target.each)} ${threshold(target)}${from}`;
}

/** `Branch coverage of core/x.py`, `Overall pass rate`. */
function subjectName(
  {
    metric,
    aspect,
    subject,
  }: Pick<ClaimResult, "metric" | "aspect" | "subject">,
  each: boolean,
): string {
  const name =
    aspect === null || !metric.startsWith("coverage")
      ? METRICS[metric]
      : `${capital(aspect)} ${METRICS[metric].toLowerCase()}`;
  const whole = subject === "" || subject.toLowerCase() === "overall";
  if (!whole)
    return `${name} of ${each ? "each of " : ""}${plain(subject, 80)}`;
  return metric.startsWith("coverage") || metric === "pass_rate"
    ? `Overall ${name.toLowerCase()}`
    : name;
}

/** A target on one line: verdict, what was asked, what was measured, what is missing, where it is written. */
export function targetLine(
  target: TargetResult,
  commit: string,
  link: Link,
): Line {
  return [
    `${spoken(TARGET_WORDS[target.verdict])} · `,
    { strong: targetName(target) },
    target.measured
      ? ` · measured ${measuredText(target.measured, target.unit)}`
      : ` · ${plain(target.why)}`,
    ...trailing(distanceText(target)),
    ...(target.verdict === "met" ||
    target.verdict === "missed" ||
    target.measured === null
      ? []
      : trailing(plain(target.why))),
    ...(target.path === null
      ? []
      : [" · ", place(target.path, target.line, commit, link)]),
  ];
}

/** `3.0 points short, 114 statements to go`; empty when there is no distance to tell. */
export function distanceText(target: TargetResult): string {
  if (target.verdict !== "missed" || target.gap === null) return "";
  const { measured, unitsToGo } = target;
  const over =
    target.op === "<=" ||
    target.op === "<" ||
    (measured !== null && measured.value > target.value);
  const unit = {
    "%": pointsText(target.gap),
    pp: pointsText(target.gap),
    tests: counted(target.gap, "test"),
    s: `${formatCount(rounded(target.gap))} s`,
  }[target.unit];
  const toGo =
    unitsToGo === null || unitsToGo === 0 || target.unit === "tests"
      ? ""
      : `, ${formatCount(unitsToGo)} ${unitsOf(target)} to go`;
  return `${unit} ${over ? "over" : "short"}${toGo}`;
}

/** `22.0 % (830 / 3,776 statements, 2 files, coverage.json at 4cf180b)`, with its unit and its trust. */
export function measuredText(
  measured: Measured,
  unit: TargetResult["unit"],
): string {
  const text = describe(
    unit === "%" ? measured : { ...measured, value: rounded(measured.value) },
    unit,
  );
  const withUnit = unit === "pp" ? text.replace(" (", " points (") : text;
  return measured.trust === "measured"
    ? withUnit
    : withUnit.replace(/\)$/, `, ${measured.trust})`);
}

/** A claim on one line: verdict, the judge's sentence that names both sides, the words themselves, where they stand. */
export function claimLine(
  claim: ClaimResult,
  commit: string,
  link: Link,
): Line {
  return [
    `${spoken(CLAIM_WORDS[claim.verdict])} · `,
    { strong: claimName(claim) },
    ` · ${plain(claim.why)} · `,
    place(claim.path, claim.line, commit, link),
  ];
}

/** `Coverage of core/x.py: 55 %`. */
function claimName(claim: ClaimResult): string {
  return `${subjectName(claim, false)}: ${plain(said(claim), 80)}`;
}

/** An open gap of a verification report. */
export function gapLine(gap: Gap, commit: string, link: Link): Line {
  const missing =
    gap.missing.length === 0
      ? ""
      : ` · missing: ${gap.missing
          .slice(0, 2)
          .map((item) => plain(item, 100))
          .join(
            "; ",
          )}${gap.missing.length > 2 ? ` and ${gap.missing.length - 2} more` : ""}`;
  return [
    `${plain(gap.status, 40) || "open"} · `,
    { strong: plain(gap.truth, 160) || "a truth without words" },
    ...trailing(gap.reason === null ? "" : plain(gap.reason, 160)),
    `${missing} · `,
    place(gap.path, gap.line, commit, link),
  ];
}

/** `12 phases: 1 gaps found, 9 complete`. */
export function headlinesText(
  phases: number,
  headlines: OverviewAnswer["headlines"],
): string {
  return phases === 0
    ? "No phase documents were found."
    : `${counted(phases, "phase")}: ${headlines
        .map(
          ({ headline, count }) =>
            `${formatCount(count)} ${HEADLINE_WORDS[headline].words}`,
        )
        .join(", ")}`;
}

/** A phase in the cells of a table row. */
export function phaseRow(phase: PhaseDigest): Line {
  const { plans, verification, targets, claims, openGaps } = phase;
  const met = targets.filter(({ verdict }) => verdict === "met").length;
  const missed = targets.filter(({ verdict }) => verdict === "missed").length;
  return [
    spoken(HEADLINE_WORDS[phase.headline]),
    { strong: phase.key },
    plain(phase.name, 60),
    plans.total === 0 ? "no plans" : `plans ${plans.done} of ${plans.total}`,
    targets.length === 0
      ? "no targets"
      : `targets ${met} of ${targets.length} met, ${missed} missed`,
    [
      claims.disputed > 0 ? counted(claims.disputed, "disputed claim") : "",
      openGaps > 0 ? counted(openGaps, "open gap") : "",
      verification?.stale ? "verification stale" : "",
    ]
      .filter(Boolean)
      .join(", "),
  ];
}

/** `Verification: gaps_found, 3 of 5 truths, stale (2 newer summaries)`. */
export function verificationText(
  verification: PhaseDigest["verification"],
): string {
  if (verification === null) return "Verification: none";
  const { rawStatus, score, stale, newerSummaries } = verification;
  return [
    `Verification: ${plain(rawStatus, 60) || "no status"}`,
    score ? `${score.verified} of ${score.total} truths verified` : "no score",
    stale
      ? `stale (${counted(newerSummaries, "newer summary", "newer summaries")})`
      : "",
  ]
    .filter(Boolean)
    .join(", ");
}

/** `Plans: 8 of 9 have a summary`. */
export function plansText({
  done,
  total,
  stated,
}: PhaseDigest["plans"]): string {
  return total === 0
    ? "Plans: none"
    : `Plans: ${done} of ${total} ${stated ? "are done" : "have a summary"}`;
}

/** `19-09-PLAN.md:33`, leading to the line at that commit. */
export function place(
  path: string,
  line: number | null,
  commit: string,
  link: Link,
): Span {
  const name = fileName(path);
  return {
    label: `${plain(name, 80)}${line === null ? "" : `:${line}`}`,
    url: link(commit, path, line ?? undefined),
  };
}

/** `4cf180b`, leading to the commit. */
export function commitSpan(commit: string, link: Link): Span {
  return { label: short(commit), url: link(commit) };
}

/** `2026-02-17 20:51 UTC`; the text itself when it is no time. */
export function timeText(iso: string): string {
  const match = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d)/.exec(iso);
  return match ? `${match[1]} ${match[2]} UTC` : plain(iso, 40);
}

/** `3 minutes ago`. */
export function ageText(iso: string, now: string): string {
  const minutes = Math.floor((Date.parse(now) - Date.parse(iso)) / 60_000);
  if (!Number.isFinite(minutes)) return "at an unknown time";
  if (minutes < 1) return "less than a minute ago";
  if (minutes < 60) return `${counted(minutes, "minute")} ago`;
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return `${counted(hours, "hour")} ago`;
  return `${counted(Math.floor(hours / 24), "day")} ago`;
}

export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function trailing(text: string): string[] {
  return text === "" ? [] : [` · ${text}`];
}

/** `3.0 points`; a drop comes without its sign. */
export function pointsText(points: number): string {
  const size = Math.abs(points);
  return size > 0 && size < 0.05
    ? "less than 0.1 points"
    : `${size.toFixed(1)} points`;
}

function rounded(value: number): number {
  return Math.round(value * 10) / 10;
}

function unitsOf({ metric, measured }: TargetResult): string {
  if (metric === "pass_rate") return "tests";
  const basis = measured?.basis;
  return basis === "statement"
    ? "statements"
    : basis === "branch"
      ? "branches"
      : basis === "line+branch"
        ? "lines and branches"
        : basis === "region"
          ? "regions"
          : "lines";
}
