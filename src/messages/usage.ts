import { MANUAL } from "../core/command.ts";
import type { CommandError, CommandWord } from "../core/command.ts";
import { messageOf } from "./blocks.ts";
import type { Message } from "./message.ts";
import { section } from "./page.ts";
import type { Page } from "./page.ts";
import { pageLines } from "./text.ts";

/** What was wrong with a command, how it is written, and one that works. */
export function renderUsage(error: CommandError): Message {
  return messageOf({
    headline: "Not understood",
    sections: section(null, [
      [error.message],
      ["Usage: ", { code: error.usage }],
      ["For example: ", { code: error.example }],
    ]),
    footer: [[{ code: "/coverage help" }, " lists all commands."]],
    buttons: [],
  });
}

/** How to ask: every command, or one. */
export function renderHelp(topic: CommandWord | null): Message {
  return messageOf(helpPage(topic));
}

/** The same help for a terminal. */
export function helpText(topic: CommandWord | null): string {
  return pageLines(helpPage(topic), 100).join("\n");
}

function helpPage(topic: CommandWord | null): Page {
  if (topic !== null) {
    const { usage, does, example } = MANUAL[topic];
    return {
      headline: `Help · ${topic}`,
      sections: section(null, [
        [{ code: usage }],
        [`Shows ${does}.`],
        ["For example: ", { code: example }],
      ]),
      footer: [],
      buttons: [],
    };
  }
  return {
    headline: "Help",
    sections: [
      ...section(
        "Commands",
        Object.values(MANUAL).map(({ usage, does }) => [
          { code: usage },
          ` · ${does}`,
        ]),
      ),
      ...section("For example", [
        [{ code: MANUAL.phase.example }],
        [{ code: MANUAL.gaps.example }],
        [{ code: MANUAL.digest.example }],
      ]),
    ],
    footer: [
      [
        "The repository is the channel's own unless one is named. Only you see answers, until you share them.",
      ],
    ],
    buttons: [],
  };
}
