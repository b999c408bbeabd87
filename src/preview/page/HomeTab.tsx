import type { PublishedHome } from "../timeline.ts";
import type { Channel } from "../webApi.ts";
import { Blocks, type Action } from "./Blocks.tsx";

export function HomeTab({
  home,
  channels,
  onPress,
}: {
  home: PublishedHome | null;
  channels: readonly Channel[];
  onPress: (action: Action) => void;
}) {
  return (
    <section
      className="home"
      aria-label="App Home"
      data-testid="home"
      tabIndex={0}
    >
      {home === null ? (
        <p className="empty">The bot has not published its Home tab yet.</p>
      ) : (
        <Blocks
          blocks={home.blocks}
          fallback="The Home tab could not be drawn."
          channels={channels}
          onPress={onPress}
        />
      )}
    </section>
  );
}
