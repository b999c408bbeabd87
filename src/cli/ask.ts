import { answer } from "../core/answer.ts";
import { parseCommand } from "../core/command.ts";
import { evaluate } from "./evaluate.ts";
import { EXIT, printJson, UsageError, type Io } from "./io.ts";

/** `phasewatch ask`: the answer to `/coverage …`, as text or as the Slack payload. */
export async function ask(
  options: {
    readonly repo: string;
    readonly rev?: string;
    readonly docs?: string;
    readonly json?: boolean;
  },
  words: string,
  io: Io,
): Promise<number> {
  const parsed = parseCommand(words.replace(/^\s*\/coverage\b/, ""));
  if (parsed.kind === "error") {
    throw new UsageError(
      `${parsed.message} Usage: ${parsed.usage}, for example ${parsed.example}`,
    );
  }
  const { command } = parsed;
  switch (command.name) {
    case "status":
    case "phase":
    case "phases":
    case "gaps":
    case "claims":
      break;
    case "help": {
      const { helpText } = await import("../messages/usage.ts");
      io.out(`${helpText(command.topic)}\n`);
      return EXIT.done;
    }
    case "later":
      throw new UsageError(
        `“${command.word}” is planned, but this version does not have it yet.`,
      );
    case "subscribe":
    case "unsubscribe":
    case "list":
    case "digest":
    case "digestPreview":
    case "doctor":
      throw new UsageError(
        `“${command.name}” is about a Slack channel; ask answers questions about a repository: status, phase, phases, gaps, claims.`,
      );
  }
  await using evaluation = await evaluate(
    options.repo,
    options.rev,
    options.docs,
    io,
  );
  const { repository, status } = evaluation;
  const now = io.now().toISOString();
  const answered = answer(command, {
    repository: repository.name,
    status,
    polledAt: null,
    now,
  });
  if (options.json) {
    const { renderAnswer } = await import("../messages/answers.ts");
    const { safe } = await import("../messages/blocks.ts");
    printJson(
      io,
      safe(
        renderAnswer(answered, {
          repository: repository.name,
          link: (...place) => repository.link(...place),
        }),
      ),
    );
  } else {
    const { answerText } = await import("../messages/answers.ts");
    io.out(`${answerText(answered)}\n`);
  }
  return EXIT.done;
}
