import { formatCount } from "../../coverage/counts.ts";
import type { Claim } from "../claim.ts";
import { filesIn } from "../claims/fileNames.ts";
import { fileName } from "../../fileName.ts";
import type { Dispute } from "./dispute.ts";

/**
 * "2 of 3 modules meet 30 %" against the percentages that the document gives for its files. Judged only where it gives
 * them for exactly so many files; a file with several percentages counts for either side.
 */
export function disputedFileShares(claims: readonly Claim[]): Dispute[] {
  const shares = claims.filter(
    ({ unit, historic }) => unit === "files" && !historic,
  );
  if (shares.length === 0) return [];
  const files = percentsByFile(claims);
  const firsts = files.flatMap((percents) => percents.slice(0, 1));
  return shares.flatMap(({ line, subject, fraction }) => {
    const [, bound, level] = /(>=?)(\d+(?:\.\d+)?)%$/.exec(subject) ?? [];
    const otherLine = firsts[0]?.line;
    if (fraction?.d !== files.length || otherLine === undefined) return [];
    const reaches = ({ value: percent }: Percent) =>
      bound === ">" ? percent > Number(level) : percent >= Number(level);
    const surely = files.filter((percents) => percents.every(reaches)).length;
    const perhaps = files.filter((percents) => percents.some(reaches)).length;
    if (fraction.n >= surely && fraction.n <= perhaps) return [];
    const given = firsts.map((each) => `${each.value} % (line ${each.line})`);
    return [
      {
        line,
        value: fraction.n,
        metrics: ["coverage" as const],
        otherLine,
        why: `The statement says ${formatCount(fraction.n)} of ${formatCount(fraction.d)} reach ${level} %; the document gives ${given.join(", ")}.`,
      },
    ];
  });
}

interface Percent {
  readonly value: number;
  readonly line: number;
}

/** The coverages of now that are told of source files, by the file's bare name: a table may tell them of `test_x.py`, too. */
function percentsByFile(claims: readonly Claim[]): Percent[][] {
  const percents = new Map<string, Percent[]>();
  const told = claims.flatMap(
    ({ metric, unit, value, subject, historic, aspect, line }) =>
      metric === "coverage" &&
      unit === "%" &&
      typeof value === "number" &&
      !historic &&
      (aspect === null || aspect === "line")
        ? [
            {
              stem: stemOf(subject),
              isFile: filesIn(subject).length === 1,
              value,
              line,
            },
          ]
        : [],
  );
  for (const { stem, isFile } of told) if (isFile) percents.set(stem, []);
  for (const { stem, value, line } of told)
    percents.get(stem)?.push({ value, line });
  return [...percents.values()];
}

function stemOf(subject: string): string {
  return fileName(subject)
    .replace(/\.\w{1,5}$/, "")
    .toLowerCase();
}
