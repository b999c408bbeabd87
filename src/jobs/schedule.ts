import cron, { type ScheduledTask } from "node-cron";
import { cronOf } from "../core/decide/slots.ts";
import type { ChannelRow } from "../store/schema.ts";
import { LeaseLost } from "../store/store.ts";
import { deliver, type Delivering } from "./deliver.ts";
import { digest, type Digesting } from "./digest.ts";
import { deliveriesFor, toldIncidents } from "./incidents.ts";
import { layoutsOf, poll, unreachable, type Polling } from "./poll.ts";
import { evaluationVersion } from "./version.ts";

export interface Scheduling
  extends Omit<Polling, "renew">, Delivering, Digesting {
  /** How long after a poll a repository is due again. */
  readonly pollMs: (repository: string) => number;
  readonly log: {
    info(details: object, message: string): void;
    warn(details: object, message: string): void;
    error(details: object, message: string): void;
  };
  readonly count: (
    event: "poll" | "poll_failed" | "commit" | "delivery" | "digest",
    by?: number,
  ) => void;
}

export interface Schedule extends AsyncDisposable {
  /** Looks for due work now instead of at the next tick. */
  wake(): void;
  /** Reads a channel's digest time again after it changed. */
  reschedule(channel: string): Promise<void>;
  /** The moment at which the poll loop last came round; a stuck one is not ready. */
  lastTick(): Date;
}

/** Rows are looked at this often; what they are due for is written in them. */
const TICK_MS = 500;
/** A poll keeps its lease by renewing it; one that has stopped doing so is somebody else's after this. */
const LEASE_MS = 30_000;
const RENEW_MS = 10_000;
const LONGEST_POLL_DELAY_MS = 15 * 60_000;
/** A repository that fails so many times in a row is news. */
const FAILURES_UNTIL_TOLD = 3;

/** Runs the three loops: repositories that are due, deliveries that are due, and digests by the clock. */
export async function startSchedule(scheduling: Scheduling): Promise<Schedule> {
  const { store, log } = scheduling;
  const clocks = new Map<string, ScheduledTask>();
  let lastTick = scheduling.now();
  const polls = loop("poll", TICK_MS, scheduling, async () => {
    lastTick = scheduling.now();
    const busy = await pollDue(scheduling);
    if (busy) deliveries.wake();
    return busy;
  });
  const deliveries = loop("deliver", TICK_MS, scheduling, async () => {
    const busy = await deliver(scheduling);
    if (busy) scheduling.count("delivery");
    return busy;
  });

  const stopping = new AbortController();
  const queueDigest = async (id: string, earlier: Promise<void>) => {
    await earlier;
    try {
      const channel = await store.channels.find(id);
      if (!channel || !(await digest(channel, scheduling))) return;
      scheduling.count("digest");
      log.info({ channel: id }, "digest queued");
      deliveries.wake();
    } catch (error) {
      log.error({ err: error, channel: id }, "a digest failed");
    }
  };
  // One after another, so that a stop can wait for the last one.
  let digests = Promise.resolve();
  const sendDigest = (id: string) => (digests = queueDigest(id, digests));
  const schedule = async (channel: ChannelRow) => {
    await clocks.get(channel.id)?.destroy();
    clocks.delete(channel.id);
    const expression = channel.digest && cronOf(channel.digest);
    // An answer that is still under way may change a schedule during the stop.
    if (!expression || stopping.signal.aborted) return;
    const clock = cron.schedule(expression, () => sendDigest(channel.id), {
      timezone: channel.timezone,
      name: `digest ${channel.id}`,
      suppressMissedWarning: true,
    });
    // The machine slept, or the process was busy with something large, when the time came.
    clock.on("execution:missed", () => sendDigest(channel.id));
    clocks.set(channel.id, clock);
  };
  for (const channel of await store.channels.list()) {
    await schedule(channel);
    // node-cron does not catch up on what was due while the process was down.
    await sendDigest(channel.id);
  }

  return {
    wake: () => {
      polls.wake();
      deliveries.wake();
    },
    reschedule: async (id) => {
      const channel = await store.channels.find(id);
      if (channel) await schedule(channel);
    },
    lastTick: () => lastTick,
    [Symbol.asyncDispose]: async () => {
      stopping.abort();
      for (const task of clocks.values()) await task.destroy();
      await Promise.all([polls.stop(), digests, deliveries.stop()]);
    },
  };
}

/** Polls the repository that has been due longest. False when none was. */
async function pollDue(scheduling: Scheduling): Promise<boolean> {
  const { store, owner, now, log } = scheduling;
  const row = await store.repositories.claimDue(
    owner,
    now().getTime(),
    LEASE_MS,
  );
  if (!row) return false;
  const every = scheduling.pollMs(row.id);
  let error: string | null = null;
  const renew = async () => {
    const until = now().getTime() + LEASE_MS;
    if (!(await store.repositories.renew(row.id, owner, until))) {
      throw new LeaseLost(`The lease of ${row.id} is lost.`);
    }
  };
  // A first reading over the network may take minutes without a commit to renew at. That the lease is lost is noticed at the next write.
  const heartbeat = setInterval(
    () => void renew().catch(() => undefined),
    RENEW_MS,
  );
  try {
    const commits = await poll(row, {
      ...scheduling,
      renew,
      progress: (message) => log.info({ repository: row.id }, message),
    });
    scheduling.count("poll");
    scheduling.count("commit", commits);
  } catch (cause) {
    if (cause instanceof LeaseLost) {
      log.warn({ repository: row.id }, "another process has taken over");
      return true;
    }
    error = cause instanceof Error ? cause.message : String(cause);
    scheduling.count("poll_failed");
    log.error({ repository: row.id, err: cause }, "poll failed");
    if (row.failures + 1 === FAILURES_UNTIL_TOLD) {
      await tellUnreachable(row.id, error, scheduling);
    }
  } finally {
    clearInterval(heartbeat);
  }
  const delay =
    error === null
      ? every
      : Math.max(
          every,
          Math.min(LONGEST_POLL_DELAY_MS, every * 2 ** row.failures),
        );
  await store.repositories.release(row.id, owner, {
    nextPollMs: now().getTime() + delay,
    polledAt: now().toISOString(),
    error,
  });
  return true;
}

async function tellUnreachable(
  id: string,
  error: string,
  scheduling: Scheduling,
): Promise<void> {
  const { store, owner, now, link } = scheduling;
  const status = await store.evaluations.latest(id);
  if (!status) return;
  const at = now().toISOString();
  const step = { repository: id, commit: `${status.commit} ${at}`, now: at };
  const told = toldIncidents([unreachable(status, error)], [], step);
  await store.record({
    repository: id,
    owner,
    commit: status.commit,
    version: evaluationVersion(layoutsOf(id, scheduling)),
    status,
    observations: [],
    series: new Map(),
    incidents: told.map(({ incident }) => incident),
    deliveries: deliveriesFor(
      told,
      await store.channels.subscribers(id),
      { repository: id, link: link(id) },
      step,
    ),
    history: [],
  });
}

interface Loop {
  wake(): void;
  stop(): Promise<void>;
}

/** Repeats `step`: at once while it finds work, at the next tick when it does not. */
function loop(
  name: string,
  tickMs: number,
  { log }: Pick<Scheduling, "log">,
  step: () => Promise<boolean>,
): Loop {
  const stopping = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  let again = false;
  let running: Promise<void> | null = null;

  const run = async () => {
    try {
      do {
        again = false;
        while (!stopping.signal.aborted && (await step()));
      } while (again && !stopping.signal.aborted);
    } catch (error) {
      log.error({ err: error }, `the ${name} loop failed; it goes on`);
    }
    running = null;
    if (!stopping.signal.aborted) timer = setTimeout(start, tickMs);
  };
  const start = () => {
    clearTimeout(timer);
    if (running) again = true;
    else if (!stopping.signal.aborted) running = run();
  };
  start();
  return {
    wake: start,
    stop: async () => {
      stopping.abort();
      clearTimeout(timer);
      await running;
    },
  };
}
