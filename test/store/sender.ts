/** A process that sends deliveries until none is due, and prints the id of each: `competing.test.ts` starts several. */
import { openStore } from "../../src/store/openStore.ts";
import { NOW, NOW_MS } from "./examples.ts";

const [url = "", owner = ""] = process.argv.slice(2);
await using store = await openStore(url);
for (;;) {
  const claimed = await store.deliveries.claimDue(owner, NOW_MS, 60_000);
  if (claimed) {
    console.log(`${claimed.channel_id} ${claimed.id}`);
    await store.deliveries.sent(claimed.id, owner, { ts: "1.1", at: NOW });
    continue;
  }
  const { pending, sending } = await store.deliveries.counts();
  if (pending === 0 && sending === 0) break;
}
