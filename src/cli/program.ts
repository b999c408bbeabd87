import { Command, CommanderError, Option } from "commander";
import { EXIT, UnreadableSource, UsageError, type Io } from "./io.ts";

const CODES = `
Exit codes: 0 done (with --check: nothing missed or contradicted), 1 --check found something,
2 usage or configuration, 3 a source could not be read.`;

/** Commands of the design that this version does not have: said, rather than called unknown. */
const LATER = ["compare", "replay", "backfill"];

/**
 * Runs one command line.
 *
 * @param argv without the program's own two words
 * @returns the exit code
 */
export async function runCommandLine(
  argv: readonly string[],
  io: Io,
): Promise<number> {
  let code: number = EXIT.done;
  const program = build(io, (result) => {
    code = result;
  });
  try {
    await program.parseAsync([...argv], { from: "user" });
    return code;
  } catch (error) {
    return explain(error, io);
  }
}

function build(io: Io, finish: (code: number) => void): Command {
  const program = new Command("phasewatch")
    .description(
      "Tells whether a phase of work really met the targets its documents claim.",
    )
    .addHelpText("after", CODES)
    .exitOverride()
    .configureOutput({ writeOut: io.out, writeErr: io.err })
    .showSuggestionAfterError()
    .enablePositionalOptions();
  const repo = () =>
    new Option(
      "--repo <source>",
      "a local Git repository, a Git URL, or owner/name on GitHub",
    ).makeOptionMandatory();
  const rev = () =>
    new Option(
      "--rev <revision>",
      "any Git revision (default: the head of the default branch)",
    );
  const docs = () =>
    new Option(
      "--docs <layout>",
      "where its documents lie: gsd, spec-kit, bmad (default: as phasewatch.yml says, else found out)",
    );
  const json = () =>
    new Option("--json", "one JSON document on standard output");

  program
    .command("start")
    .description(
      "run the bot: on Slack when tokens are set, otherwise in the local preview workspace",
    )
    .option("--reset", "begin the preview's story anew")
    .action(async (options: { reset?: boolean }) => {
      const { start } = await import("./start.ts");
      finish(await start(options, io));
    });
  program
    .command("status")
    .description("the phase, or all phases, judged against what was measured")
    .addOption(repo())
    .addOption(rev())
    .addOption(docs())
    .option("--phase <key>", "a phase: 19, 19.1, 12A, its slug or directory")
    .addOption(json())
    .option("--check", "exit with 1 when something is missed or contradicted")
    .action(async (options) => {
      const { status } = await import("./status.ts");
      finish(await status(options, io));
    });
  program
    .command("ask")
    .description("the answer to /coverage …, as text or as the Slack payload")
    .addOption(repo())
    .addOption(rev())
    .addOption(docs())
    .addOption(json())
    .argument("[question...]", 'what follows /coverage, e.g. "phase 19"')
    .action(async (words: string[], options) => {
      const { ask } = await import("./ask.ts");
      finish(await ask(options, words.join(" "), io));
    });
  for (const name of ["targets", "claims"] as const) {
    program
      .command(name)
      .description(
        name === "targets"
          ? "the targets that documents set"
          : "the measurable statements that documents make about results",
      )
      .argument("[file...]", "documents")
      .option("--stdin", "read one statement a line from standard input")
      .addOption(json())
      .action(async (files: string[], options) => {
        const statements = await import("./statements.ts");
        finish(await statements[name](files, options, io));
      });
  }
  for (const name of ["coverage", "results"] as const) {
    program
      .command(name)
      .description(
        name === "coverage"
          ? "what coverage reports measured"
          : "what test-result files and logs say",
      )
      .argument("<file...>", "artifacts; - reads standard input")
      .addOption(json())
      .action(async (files: string[], options) => {
        const artifacts = await import("./artifacts.ts");
        finish(await artifacts[name](files, options, io));
      });
  }
  program
    .command("doctor")
    .description(
      "check tokens, scopes, configuration, store, clock, reachability",
    )
    .addOption(json())
    .action(async (options: { json?: boolean }) => {
      const { doctor } = await import("./doctor.ts");
      finish(await doctor(options, io));
    });
  for (const name of LATER) {
    program
      .command(name, { hidden: true })
      .allowUnknownOption()
      .allowExcessArguments()
      .action(() => {
        throw new UsageError(
          `“${name}” is planned, but this version does not have it yet.`,
        );
      });
  }
  return program;
}

/** One line that names what is wrong, and one that says how to mend it. */
function explain(error: unknown, io: Io): number {
  if (error instanceof CommanderError) {
    // Commander has written its own line; help is no error.
    return error.exitCode === 0 ? EXIT.done : EXIT.usage;
  }
  if (error instanceof UsageError) {
    io.err(`error: ${error.message}\n`);
    return EXIT.usage;
  }
  if (error instanceof UnreadableSource) {
    io.err(`error: ${error.message}\n`);
    if (error.hint) io.err(`  ${error.hint}\n`);
    return EXIT.unreadable;
  }
  if (error instanceof Error && error.name === "ActionableError") {
    io.err(`error: ${error.message}\n`);
    if ("hint" in error) io.err(`  ${String(error.hint)}\n`);
    return EXIT.usage;
  }
  throw error;
}
