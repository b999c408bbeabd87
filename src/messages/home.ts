import type { HomeView } from "@slack/types";
import { overview } from "../core/answer.ts";
import type { RepositoryStatus } from "../core/status.ts";
import { pageBlocks } from "./blocks.ts";
import { plain } from "./escaping.ts";
import { commitSpan, headlinesText, phaseRow, timeText } from "./lines.ts";
import type { RenderContext } from "./message.ts";
import { inOneCell, section } from "./page.ts";
import type { Section } from "./page.ts";

export interface Home {
  readonly repositories: readonly {
    readonly name: string;
    /** Null while it has not been read. */
    readonly status: RepositoryStatus | null;
    readonly polledAt: string | null;
  }[];
}

/** A Home tab holds 100 blocks: a headline, the way to ask, what is left out, and repositories. */
const MOST_SECTIONS = 90;
/** No limit on the text of a view is known; views of this size load at once. */
const ROOM = 60_000;

/** Where every watched repository stands, and how to ask for more. */
export function renderHome(home: Home, context: RenderContext): HomeView {
  return {
    type: "home",
    blocks: pageBlocks(
      {
        headline: "phasewatch",
        sections:
          home.repositories.length === 0
            ? section(null, [["No repository is watched yet."]])
            : home.repositories.flatMap((repository) =>
                repositorySection(repository, context),
              ),
        footer: [
          [
            "Ask in any channel: ",
            { code: "/coverage phase 19" },
            ", ",
            { code: "/coverage phases failing" },
            ", ",
            { code: "/coverage help" },
          ],
        ],
        buttons: [],
      },
      MOST_SECTIONS,
      ROOM,
    ),
  };
}

function repositorySection(
  { name, status, polledAt }: Home["repositories"][number],
  context: RenderContext,
): Section[] {
  const looked =
    polledAt === null ? "not looked at yet" : `looked at ${timeText(polledAt)}`;
  if (status === null) {
    return section(plain(name, 100), [[`Not read yet · ${looked}`]]);
  }
  // A link of one repository would lead into another's.
  const link = name === context.repository ? context.link : () => null;
  const { phases, headlines, attention } = overview(status);
  return section(plain(name, 100), [
    [headlinesText(phases, headlines)],
    ...attention.slice(0, 3).map((phase) => inOneCell(phaseRow(phase))),
    [
      "Commit ",
      commitSpan(status.commit, link),
      ` of ${timeText(status.at)} · ${looked}`,
    ],
  ]);
}
