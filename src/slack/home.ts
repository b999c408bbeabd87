import type { App } from "@slack/bolt";
import { renderHome } from "../messages/home.ts";
import type { Listening } from "./commands.ts";

/** The app's Home tab: where every watched repository stands. */
export function registerHome(app: App, listening: Listening): void {
  app.event("app_home_opened", async ({ event, client }) => {
    if (event.tab !== "home") return;
    await listening.track(
      (async () => {
        const rows = await listening.store.repositories.list();
        const repositories = await Promise.all(
          rows.map(async (row) => ({
            name: row.id,
            status: await listening.latest(row),
            polledAt: row.last_polled_at,
          })),
        );
        const first = rows[0]?.id ?? "";
        await client.views.publish({
          user_id: event.user,
          view: renderHome(
            { repositories },
            { repository: first, link: listening.link(first) },
          ),
        });
      })(),
    );
  });
}
