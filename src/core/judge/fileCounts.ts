import type { Claim } from "../planning/claim.ts";
import type { Measured } from "../status.ts";
import { measuredByTrend } from "./evidence.ts";
import { unverifiable, type Judgement } from "./judgement.ts";
import type { PhaseEvidence } from "./phaseEvidence.ts";
import { short } from "./wording.ts";

/**
 * Judges how many files of a set reach a coverage: "4/6 files >35%". Which files are meant is not written; an entry of the phase's
 * trend file with exactly so many files of which exactly so many reach it confirms the count, and nothing denies it.
 */
export function judgeFileCount(
  { value, fraction, subject }: Claim,
  { ownTrends }: PhaseEvidence,
): Judgement {
  const bound = /(>=?)\s*(\d+(?:\.\d+)?)%$/.exec(subject);
  if (!bound || !fraction) {
    return unverifiable("The statement does not say which files it counts.");
  }
  const least = Number(bound[2]);
  const reaches = (percent: number) =>
    bound[1] === ">" ? percent > least : percent >= least;
  for (const trend of ownTrends.toReversed()) {
    const { files, trust } = trend.entry;
    if (trust !== "measured" || files.length !== fraction.d) continue;
    const covered = files.filter(({ percent }) => reaches(percent)).length;
    if (covered !== value) continue;
    const measured: Measured = {
      ...measuredByTrend(trend, {
        value: covered,
        covered,
        total: files.length,
        basis: null,
      }),
      files: files.length,
    };
    return {
      verdict: "confirmed",
      measured,
      why: `The document says ${value} of ${fraction.d} files; of the ${files.length} files in ${measured.path} at ${short(measured.commit)}, ${covered} reach ${least} %.`,
    };
  }
  return unverifiable(
    "No recorded set of so many files says how many of them reach it.",
  );
}
