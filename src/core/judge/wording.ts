import { formatCount, formatPercent } from "../coverage/counts.ts";
import type { Claim } from "../planning/claim.ts";
import type { Target } from "../planning/target.ts";
import type { ContributionResult, Measured } from "../status.ts";

/** How judgements put their numbers: always with counts, scope and commit. */

/** `≥ 98 %`, `25–27 %`, `= 0 tests`. */
export function threshold(
  target: Pick<Target, "op" | "value" | "upper" | "unit" | "tolerance">,
): string {
  const number = (value: number) =>
    target.unit === "%" || target.unit === "pp"
      ? `${value}`
      : formatCount(value);
  const unit = { "%": " %", pp: " points", tests: " tests", s: " s" }[
    target.unit
  ];
  const sign = {
    ">=": "≥ ",
    ">": "> ",
    "<=": "≤ ",
    "<": "< ",
    "==": "= ",
    range: "",
  }[target.op];
  const span =
    target.upper === null
      ? number(target.value)
      : `${number(target.value)}–${number(target.upper)}`;
  return `${sign}${span}${unit}${target.tolerance ? ` (±${target.tolerance})` : ""}`;
}

/** `22.0 % (830 / 3,776 lines, 2 files, coverage.json at 4cf180b)`. */
export function describe(measured: Measured, unit: Target["unit"]): string {
  const number =
    unit === "%"
      ? formatPercent(measured.value)
      : `${formatCount(measured.value)}${unit === "s" ? " s" : ""}`;
  const counts =
    measured.covered !== null && measured.total !== null
      ? `${formatCount(measured.covered)} / ${formatCount(measured.total)} ${measured.basis === null ? "tests" : (COUNTED[measured.basis] ?? measured.basis)}`
      : "no counts";
  const scope = measured.files === null ? "" : `, ${files(measured.files)}`;
  return `${number} (${counts}${scope}, ${measured.path} at ${short(measured.commit)})`;
}

/** What a basis counts; what no basis is given for are tests. */
const COUNTED: Readonly<Record<string, string>> = {
  line: "lines",
  statement: "statements",
  branch: "branches",
  "line+branch": "lines and branches",
  region: "regions",
  function: "functions",
};

/** `1 file`, `412 files`. */
export function files(number: number): string {
  return number === 1 ? "1 file" : `${formatCount(number)} files`;
}

/** `1 plan has`, `3 plans have`. */
export function count(number: number, one: string, many: string): string {
  return `${number} ${number === 1 ? one : many}`;
}

/** A commit as people write it. */
export function short(sha: string): string {
  return sha.slice(0, 7);
}

/** `+2–3 points`, `−0.4 points`, `+1,200 covered lines`. */
export function amount(
  value: number,
  upper: number | null,
  unit: ContributionResult["unit"],
): string {
  const number = (each: number) =>
    formatCount(Math.abs(Math.round(each * 100) / 100));
  const span =
    upper === null ? number(value) : `${number(value)}–${number(upper)}`;
  return `${value < 0 ? "−" : "+"}${span} ${unit === "pp" ? "points" : "covered lines"}`;
}

/** What the document says, in its own precision. */
export function said(claim: Claim): string {
  const unit =
    claim.unit === "%"
      ? " %"
      : claim.unit === "pp"
        ? " points"
        : claim.unit
          ? ` ${claim.unit}`
          : "";
  const span =
    claim.upper === null ? `${claim.value}` : `${claim.value}–${claim.upper}`;
  const fraction = claim.fraction
    ? ` (${formatCount(claim.fraction.n)} / ${formatCount(claim.fraction.d)})`
    : "";
  return `${claim.atLeast ? "at least " : ""}${span}${unit}${fraction}`;
}
