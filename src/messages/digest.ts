import { short } from "../core/judge/wording.ts";
import type { Incident } from "../core/news.ts";
import type { RepositoryStatus } from "../core/status.ts";
import { messageOf } from "./blocks.ts";
import { plain } from "./escaping.ts";
import { counted } from "./lines.ts";
import type { Message, RenderContext } from "./message.ts";
import { incidentLine } from "./news.ts";
import { section } from "./page.ts";
import type { Section } from "./page.ts";

export interface Digest {
  readonly repositories: readonly {
    readonly name: string;
    /** Null while it has not been read. */
    readonly status: RepositoryStatus | null;
    /** Those that changed in the time told of. */
    readonly incidents: readonly Incident[];
  }[];
  /** ISO 8601 UTC; null for the first digest. */
  readonly since: string | null;
  readonly until: string;
  /** IANA name; UTC where the platform does not know it. */
  readonly timezone: string;
}

/** A scheduled summary: what changed since the last one, and nothing else. */
export function renderDigest(digest: Digest, context: RenderContext): Message {
  const { since, until, timezone } = digest;
  const clock = clockOf(timezone);
  const told = digest.repositories.reduce(
    (sum, { incidents }) => sum + incidents.length,
    0,
  );
  return messageOf({
    headline: `Digest · ${told === 0 ? "nothing changed" : counted(told, "change")}`,
    sections: digest.repositories.flatMap((repository) =>
      repositorySections(repository, context),
    ),
    footer: [
      [
        since === null
          ? `Up to ${clock(until)}`
          : `${clock(since)} to ${clock(until)}`,
      ],
    ],
    buttons: [],
  });
}

const STATES: readonly Incident["state"][] = ["open", "note", "resolved"];

function repositorySections(
  { name, status, incidents }: Digest["repositories"][number],
  context: RenderContext,
): Section[] {
  // A link of one repository would lead into another's.
  const link = name === context.repository ? context.link : () => null;
  const head = status === null ? "" : ` · ${short(status.commit)}`;
  return section(
    `${plain(name, 100)}${head}`,
    incidents.length === 0
      ? [[status === null ? "Not read yet." : "Nothing changed."]]
      : incidents
          .toSorted((a, b) => STATES.indexOf(a.state) - STATES.indexOf(b.state))
          .map((incident) => incidentLine(incident, link)),
    12,
  );
}

/** Tells a time in a zone: `Wed 18 Feb 2026, 09:00 GMT+1`. */
function clockOf(timezone: string): (iso: string) => string {
  const format = formatIn(timezone) ?? formatIn("UTC");
  return (iso) => {
    const time = Date.parse(iso);
    return format && Number.isFinite(time)
      ? format.format(time)
      : plain(iso, 40);
  };
}

function formatIn(timeZone: string): Intl.DateTimeFormat | null {
  try {
    return new Intl.DateTimeFormat("en-GB", {
      timeZone,
      weekday: "short",
      day: "numeric",
      month: "short",
      year: "numeric",
      hour: "2-digit",
      minute: "2-digit",
      timeZoneName: "short",
    });
  } catch {
    return null;
  }
}
