/**
 * A process that writes without end and says what it has written: `killed.test.ts` kills it. Each line of its output is printed
 * after the write has returned.
 */
import { writeSync } from "node:fs";
import { openStore } from "../../src/store/openStore.ts";
import {
  CHANNEL,
  NOW,
  commit,
  delivery,
  incident,
  leased,
  series,
  step,
} from "./examples.ts";

const [url = "", round = ""] = process.argv.slice(2);
const store = await openStore(url);
await leased(store);
const owner = "worker-1";

for (let n = 0; ; n++) {
  const name = `${round}-${n}`;
  await store.record(
    step(name, {
      owner,
      series: new Map([[`series ${name}`, series]]),
      incidents: [incident(name)],
      deliveries: [
        delivery(`${name}a`, { incident: name, channel: name }),
        delivery(`${name}b`, { incident: name, channel: name }),
      ],
      history: [commit(name)],
    }),
  );
  say("step", name);
  await store.channels.subscribe(
    {
      channel: CHANNEL,
      repository: name,
      topics: ["gaps"],
      source: "command",
    },
    NOW,
  );
  say("subscription", name);
  const claimed = await store.deliveries.claimDue(owner, n, 1);
  await store.deliveries.sent(claimed?.id ?? "", owner, { ts: name, at: NOW });
  say("sent", claimed?.id ?? "");
}

/** Written at once: a line that waits in a buffer would be lost with the process. */
function say(what: string, name: string): void {
  writeSync(1, `${what} ${name}\n`);
}
