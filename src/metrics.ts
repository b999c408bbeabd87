import { Counter, Gauge, Registry, type GaugeConfiguration } from "prom-client";
import type { Store } from "./store/store.ts";

export type CountedEvent =
  "poll" | "poll_failed" | "commit" | "delivery" | "digest";

export interface Metrics {
  readonly count: (event: CountedEvent, by?: number) => void;
  /** Prometheus text format. */
  readonly text: () => Promise<{ contentType: string; body: string }>;
}

/** Counters of what was done, and gauges read from the store when somebody looks. */
export function createMetrics(store: Store): Metrics {
  const registry = new Registry();
  const counter = (name: string, help: string) =>
    new Counter({ name, help, registers: [registry] });
  const counters: Record<CountedEvent, Counter> = {
    poll: counter("phasewatch_polls_total", "Polls of repositories"),
    poll_failed: counter("phasewatch_poll_failures_total", "Polls that failed"),
    commit: counter("phasewatch_commits_total", "Commits judged"),
    delivery: counter(
      "phasewatch_delivery_attempts_total",
      "Attempts to send a message",
    ),
    digest: counter("phasewatch_digests_total", "Digest slots claimed"),
  };
  const gauge = (collected: GaugeConfiguration<string>) =>
    registry.registerMetric(new Gauge({ ...collected, registers: [] }));
  gauge({
    name: "phasewatch_deliveries",
    help: "Messages by status",
    labelNames: ["status"],
    async collect() {
      this.reset();
      const counts = await store.deliveries.counts();
      for (const [status, count] of Object.entries(counts)) {
        this.set({ status }, count);
      }
    },
  });
  gauge({
    name: "phasewatch_repository_failures",
    help: "Polls of a repository that failed in a row",
    labelNames: ["repository"],
    async collect() {
      this.reset();
      for (const { id, failures } of await store.repositories.list()) {
        this.set({ repository: id }, failures);
      }
    },
  });
  return {
    count: (event, by = 1) => counters[event].inc(by),
    text: async () => ({
      contentType: registry.contentType,
      body: await registry.metrics(),
    }),
  };
}
