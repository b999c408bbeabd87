import type { Question } from "../core/answer.ts";
import { firstOf } from "../core/firstOf.ts";
import type {
  ClaimResult,
  PhaseStatus,
  RepositoryStatus,
} from "../core/status.ts";
import { evaluate } from "./evaluate.ts";
import { EXIT, printJson, UsageError, type Io } from "./io.ts";

export interface StatusOptions {
  readonly repo: string;
  readonly rev?: string;
  readonly docs?: string;
  readonly phase?: string;
  readonly json?: boolean;
  readonly check?: boolean;
}

/** `phasewatch status`: the phase, or all phases, as the bot sees them. */
export async function status(options: StatusOptions, io: Io): Promise<number> {
  await using evaluation = await evaluate(
    options.repo,
    options.rev,
    options.docs,
    io,
  );
  const { phase: wanted } = options;
  const phases =
    wanted === undefined
      ? evaluation.status.phases
      : await evaluation.phases(wanted);
  if (wanted !== undefined && phases.length === 0) {
    const known = keys(evaluation.status.phases);
    const message = `There is no phase “${wanted}” at ${evaluation.status.commit.slice(0, 7)}, and its history has none. ${known === "" ? "There are no phases at all." : `There are: ${known}.`}`;
    // A check that checks nothing must not pass.
    if (options.check) throw new UsageError(message);
    io.err(`note: ${message}\n`);
  }
  if (options.json) {
    const { repository, commit, at, claims, artifacts, findings } =
      evaluation.status;
    printJson(
      io,
      wanted === undefined
        ? { repository, commit, at, phases, claims, artifacts, findings }
        : { repository, commit, at, phases },
    );
  } else {
    await printText(evaluation.status, phases, wanted, io);
  }
  if (!options.check) return EXIT.done;
  const others = wanted === undefined ? evaluation.status.claims : [];
  const failing =
    others.some(isContradicted) ||
    phases.some(
      ({ targets, claims }) =>
        targets.some(({ verdict }) => verdict === "missed") ||
        claims.some(isContradicted),
    );
  return failing ? EXIT.missed : EXIT.done;
}

function isContradicted({ verdict }: ClaimResult): boolean {
  return verdict === "contradicted";
}

async function printText(
  evaluated: RepositoryStatus,
  phases: readonly PhaseStatus[],
  wanted: string | undefined,
  io: Io,
): Promise<void> {
  const { answerText } = await import("../messages/answers.ts");
  const { answer } = await import("../core/answer.ts");
  const questions: Question[] =
    wanted === undefined
      ? [
          { name: "phases", filter: "all", repository: null },
          // What a phase's line does not show must not fail a check unseen.
          ...(evaluated.claims.some(isContradicted) ? [CONTRADICTED] : []),
        ]
      : phases.map(({ phase }) => ({
          name: "phase",
          key: phase.directory,
          plan: null,
          repository: null,
        }));
  for (const question of questions) {
    const answered = answer(question, {
      repository: evaluated.repository,
      status: { ...evaluated, phases },
      polledAt: null,
      now: io.now().toISOString(),
    });
    io.out(`${answerText(answered)}\n`);
  }
}

const CONTRADICTED: Question = {
  name: "claims",
  phase: null,
  contradicted: true,
  repository: null,
};

function keys(phases: readonly PhaseStatus[]): string {
  const all = [...new Set(phases.map(({ phase }) => phase.key))];
  return firstOf(all, 30);
}
