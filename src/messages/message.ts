import type { KnownBlock } from "@slack/types";

/** One Slack message. Both parts say the same: `text` is for notifications, screen readers and clients without blocks. */
export interface Message {
  /** Slack mrkdwn, escaped; its first line is the headline. */
  readonly text: string;
  readonly blocks: KnownBlock[];
}

/** What rendering needs to know beyond what is to be said. */
export interface RenderContext {
  /** As people write it: `acme/shop`. */
  readonly repository: string;
  /** Web page of a commit, or of a file at a commit; null where the repository has none. */
  readonly link: (
    commit: string,
    path?: string,
    line?: number,
  ) => string | null;
}
