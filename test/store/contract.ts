import * as fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { LeaseLost, type Store } from "../../src/store/store.ts";
import {
  CHANNEL,
  LEASE_MS,
  NOW,
  NOW_MS,
  REPOSITORY,
  commit,
  delivery,
  incident,
  leased,
  queued,
  series,
  status,
  step,
} from "./examples.ts";

/** What every store does, whatever it keeps its data in. `open` gives a new, empty one. */
export function storeContract(kind: string, open: () => Promise<Store>): void {
  describe(`A store in ${kind}`, () => {
    let store: Store;
    beforeEach(async () => {
      store = await open();
    });
    afterEach(() => store[Symbol.asyncDispose]());

    readings(() => store);
    repositories(() => store);
    history(() => store);
    evaluations(() => store);
    recording(() => store);
    incidents(() => store);
    channels(() => store);
    deliveries(() => store);
    digests(() => store);
  });
}

function readings(store: () => Store) {
  describe("readings", () => {
    const blob = "8d1c8b69c3fce7bea45c73efd06983e3c419a92f";

    test("come back as they were saved, under the blob and what it was read as", async () => {
      const cache = store().readings("1");
      const value = { plan: { truths: ["≥ 80 %", 'it\'s "quoted"'], n: null } };
      await cache.save([{ blob, role: "plan", value }]);
      expect(
        await cache.find([
          { blob, role: "plan" },
          { blob, role: "summary" },
          { blob: "another", role: "plan" },
        ]),
      ).toEqual(new Map([[`${blob}:plan`, value]]));
    });

    test("may be any JSON, with any text in it", async () => {
      await fc.assert(
        fc.asyncProperty(fc.jsonValue(), async (value) => {
          const cache = store().readings("1");
          await cache.save([{ blob, role: "plan", value }]);
          const found = await cache.find([{ blob, role: "plan" }]);
          // JSON has no minus zero.
          expect(found.get(`${blob}:plan`)).toEqual(
            JSON.parse(JSON.stringify(value)),
          );
        }),
      );
    });

    test("of another version are not found", async () => {
      await store()
        .readings("1")
        .save([{ blob, role: "plan", value: "old" }]);
      const wanted = [{ blob, role: "plan" }];
      expect((await store().readings("2").find(wanted)).size).toBe(0);
    });

    test("of a newer version take the place of the old ones", async () => {
      await store()
        .readings("1")
        .save([{ blob, role: "plan", value: "old" }]);
      await store()
        .readings("2")
        .save([{ blob, role: "plan", value: "new" }]);
      const wanted = [{ blob, role: "plan" }];
      expect([...(await store().readings("2").find(wanted)).values()]).toEqual([
        "new",
      ]);
      expect((await store().readings("1").find(wanted)).size).toBe(0);
    });

    test("may be many more than one statement holds", async () => {
      const many = Array.from({ length: 2345 }, (_, index) => ({
        blob: index.toString(16).padStart(40, "0"),
        role: "artifact",
        value: { index },
      }));
      const cache = store().readings("1");
      await cache.save(many);
      const found = await cache.find(many);
      expect(found.size).toBe(2345);
      expect(found.get(`${many[2344]?.blob}:artifact`)).toEqual({
        index: 2344,
      });
    });

    test("may be none", async () => {
      const cache = store().readings("1");
      await cache.save([]);
      expect((await cache.find([])).size).toBe(0);
    });

    test("that are saved twice at once count once: the last", async () => {
      const cache = store().readings("1");
      await cache.save([
        { blob, role: "plan", value: 1 },
        { blob, role: "plan", value: 2 },
      ]);
      expect([
        ...(await cache.find([{ blob, role: "plan" }])).values(),
      ]).toEqual([2]);
    });
  });
}

function repositories(store: () => Store) {
  describe("repositories", () => {
    test("are due as soon as they are registered, and have no head", async () => {
      await store().repositories.register(
        [{ id: REPOSITORY, branch: "develop" }],
        NOW,
      );
      expect(await store().repositories.find(REPOSITORY)).toEqual({
        id: REPOSITORY,
        branch: "develop",
        head: null,
        next_poll_ms: NOW_MS,
        lease_owner: null,
        lease_until_ms: null,
        failures: 0,
        last_error: null,
        last_polled_at: null,
        first_seen_at: NOW,
      });
    });

    test("keep what is remembered of them when they are registered again, and follow another branch", async () => {
      await leased(store());
      await store().record(step("c1"));
      await store().repositories.release(REPOSITORY, "worker-1", {
        nextPollMs: NOW_MS + 5000,
        polledAt: NOW,
        error: "GitHub answered 502.",
      });
      await store().repositories.register(
        [{ id: REPOSITORY, branch: "release" }],
        "2026-03-01T00:00:00.000Z",
      );
      expect(await store().repositories.find(REPOSITORY)).toMatchObject({
        branch: "release",
        head: "c1",
        failures: 1,
        next_poll_ms: NOW_MS + 5000,
        first_seen_at: NOW,
      });
    });

    test("that are no longer registered are remembered and not looked at, until they are registered again", async () => {
      const known = store().repositories;
      await known.register([{ id: REPOSITORY, branch: null }], NOW);
      await known.register([], NOW);
      expect(await known.list()).toEqual([]);
      expect(await known.claimDue("one", NOW_MS * 2, LEASE_MS)).toBeNull();
      expect(await known.find(REPOSITORY)).not.toBeNull();
      await known.register([{ id: REPOSITORY, branch: null }], NOW);
      expect(await known.claimDue("one", NOW_MS, LEASE_MS)).toMatchObject({
        id: REPOSITORY,
      });
    });

    test("that nobody registered are unknown", async () => {
      expect(await store().repositories.find("acme/none")).toBeNull();
      expect(await store().repositories.list()).toEqual([]);
    });

    test("are listed by name", async () => {
      await store().repositories.register(
        ["acme/web", "acme/api"].map((id) => ({ id, branch: null })),
        NOW,
      );
      const ids = (await store().repositories.list()).map(({ id }) => id);
      expect(ids).toEqual(["acme/api", "acme/web"]);
    });

    test("are claimed oldest due first, each by one owner", async () => {
      await store().repositories.register(
        [{ id: "acme/b", branch: null }],
        NOW,
      );
      await store().repositories.register(
        [
          { id: "acme/b", branch: null },
          { id: "acme/a", branch: null },
        ],
        "2026-02-18T14:13:24.000Z",
      );
      const claim = (owner: string) =>
        store().repositories.claimDue(owner, NOW_MS + 1000, LEASE_MS);
      expect(await claim("one")).toMatchObject({
        id: "acme/b",
        lease_owner: "one",
        lease_until_ms: NOW_MS + 1000 + LEASE_MS,
      });
      expect((await claim("two"))?.id).toBe("acme/a");
      expect(await claim("three")).toBeNull();
    });

    test("that are not due yet are not claimed", async () => {
      await store().repositories.register(
        [{ id: REPOSITORY, branch: null }],
        NOW,
      );
      expect(
        await store().repositories.claimDue("one", NOW_MS - 1, LEASE_MS),
      ).toBeNull();
    });

    test("are due again when the lease of their owner runs out", async () => {
      await leased(store());
      const end = NOW_MS + LEASE_MS;
      expect(
        await store().repositories.claimDue("worker-2", end - 1, LEASE_MS),
      ).toBeNull();
      expect(
        (await store().repositories.claimDue("worker-2", end, LEASE_MS))
          ?.lease_owner,
      ).toBe("worker-2");
    });

    test("stay with an owner who renews in time", async () => {
      await leased(store());
      expect(
        await store().repositories.renew(
          REPOSITORY,
          "worker-1",
          NOW_MS + 9 * LEASE_MS,
        ),
      ).toBe(true);
      expect(
        await store().repositories.claimDue(
          "worker-2",
          NOW_MS + 2 * LEASE_MS,
          LEASE_MS,
        ),
      ).toBeNull();
    });

    test("cannot be renewed or released by an owner who has lost them", async () => {
      await leased(store());
      await store().repositories.claimDue(
        "worker-2",
        NOW_MS + LEASE_MS,
        LEASE_MS,
      );
      expect(
        await store().repositories.renew(REPOSITORY, "worker-1", NOW_MS * 2),
      ).toBe(false);
      await store().repositories.release(REPOSITORY, "worker-1", {
        nextPollMs: 0,
        polledAt: NOW,
        error: null,
      });
      expect((await store().repositories.find(REPOSITORY))?.lease_owner).toBe(
        "worker-2",
      );
    });

    test("count the polls that failed in a row, until one works", async () => {
      const outcomes = ["refused", "refused again", null];
      const seen: unknown[] = [];
      await store().repositories.register(
        [{ id: REPOSITORY, branch: null }],
        NOW,
      );
      for (const error of outcomes) {
        await store().repositories.claimDue("worker-1", NOW_MS, LEASE_MS);
        await store().repositories.release(REPOSITORY, "worker-1", {
          nextPollMs: NOW_MS,
          polledAt: "2026-02-18T14:14:00.000Z",
          error,
        });
        const row = await store().repositories.find(REPOSITORY);
        seen.push([row?.failures, row?.last_error, row?.lease_owner]);
      }
      expect(seen).toEqual([
        [1, "refused", null],
        [2, "refused again", null],
        [0, null, null],
      ]);
      expect(
        (await store().repositories.find(REPOSITORY))?.last_polled_at,
      ).toBe("2026-02-18T14:14:00.000Z");
    });

    describe("that are hurried", () => {
      const later = {
        nextPollMs: NOW_MS + 3_600_000,
        polledAt: NOW,
        error: null,
      };

      test("are due at once", async () => {
        await leased(store());
        await store().repositories.release(REPOSITORY, "worker-1", later);
        await store().repositories.hurry(REPOSITORY);
        expect(
          (await store().repositories.claimDue("worker-1", NOW_MS, LEASE_MS))
            ?.id,
        ).toBe(REPOSITORY);
      });

      test("while they are polled are polled once more, and then wait again", async () => {
        await leased(store());
        await store().repositories.hurry(REPOSITORY);
        await store().repositories.release(REPOSITORY, "worker-1", later);
        expect(
          (await store().repositories.claimDue("worker-1", NOW_MS, LEASE_MS))
            ?.id,
        ).toBe(REPOSITORY);
        await store().repositories.release(REPOSITORY, "worker-1", later);
        expect(
          await store().repositories.claimDue("worker-1", NOW_MS, LEASE_MS),
        ).toBeNull();
      });
    });
  });
}

function history(store: () => Store) {
  describe("history", () => {
    test("is read newest first, as it was written", async () => {
      const chain = [
        commit("c3", { changes: [] }),
        commit("c2", { parents: ["c1", "side"] }),
        commit("c1", { parents: [] }),
      ];
      await store().history.replace(REPOSITORY, chain);
      expect(await store().history.read(REPOSITORY)).toEqual(chain);
    });

    test("grows at its new end with every step", async () => {
      await leased(store());
      await store().history.replace(REPOSITORY, [commit("c2"), commit("c1")]);
      await store().record(
        step("c4", { history: [commit("c3"), commit("c4")] }),
      );
      await store().record(step("c5", { history: [commit("c5")] }));
      const shas = (await store().history.read(REPOSITORY)).map(
        ({ sha }) => sha,
      );
      expect(shas).toEqual(["c5", "c4", "c3", "c2", "c1"]);
    });

    test("forgets everything that a rewrite took away", async () => {
      await store().history.replace(REPOSITORY, [commit("c2"), commit("c1")]);
      await store().history.replace(REPOSITORY, [commit("new"), commit("c1")]);
      const shas = (await store().history.read(REPOSITORY)).map(
        ({ sha }) => sha,
      );
      expect(shas).toEqual(["new", "c1"]);
    });

    test("of one repository is not that of another", async () => {
      await store().history.replace(REPOSITORY, [commit("c1")]);
      await store().history.replace("acme/api", [commit("c1"), commit("a0")]);
      await store().history.replace("acme/api", []);
      expect(await store().history.read("acme/api")).toEqual([]);
      expect(await store().history.read(REPOSITORY)).toHaveLength(1);
    });

    test("may be longer than one statement holds", async () => {
      const chain = Array.from({ length: 1234 }, (_, index) =>
        commit(`c${1234 - index}`),
      );
      await store().history.replace(REPOSITORY, chain);
      expect(await store().history.read(REPOSITORY)).toEqual(chain);
    });
  });
}

function evaluations(store: () => Store) {
  describe("evaluations", () => {
    test("are known to be there without being read", async () => {
      const kept = store().evaluations;
      await kept.save(REPOSITORY, "1", status("c1"));
      expect(await kept.version(REPOSITORY, "c1")).toBe("1");
      expect(await kept.version(REPOSITORY, "c2")).toBeNull();
    });

    test("are found by commit and version", async () => {
      await store().evaluations.save(REPOSITORY, "1", status("c1"));
      expect(await store().evaluations.find(REPOSITORY, "c1", "1")).toEqual(
        status("c1"),
      );
      expect(await store().evaluations.find(REPOSITORY, "c1", "2")).toBeNull();
      expect(await store().evaluations.find(REPOSITORY, "c2", "1")).toBeNull();
      expect(await store().evaluations.find("acme/api", "c1", "1")).toBeNull();
    });

    test("of a newer version take the place of the old ones", async () => {
      await store().evaluations.save(REPOSITORY, "1", status("c1"));
      await store().evaluations.save(
        REPOSITORY,
        "2",
        status("c1", { at: "2026-02-19T00:00:00Z" }),
      );
      expect(await store().evaluations.find(REPOSITORY, "c1", "1")).toBeNull();
      expect((await store().evaluations.find(REPOSITORY, "c1", "2"))?.at).toBe(
        "2026-02-19T00:00:00Z",
      );
    });

    test("are kept as the newest eight of their repository, in order of writing", async () => {
      await store().evaluations.save("acme/api", "1", status("api"));
      // Old commits written late are new: people look at them now.
      for (let n = 9; n >= 1; n--) {
        await store().evaluations.save(
          REPOSITORY,
          "1",
          status(`c${n}`, { at: `2026-02-0${n}T00:00:00Z` }),
        );
      }
      const kept: string[] = [];
      for (let n = 1; n <= 9; n++) {
        if (await store().evaluations.find(REPOSITORY, `c${n}`, "1"))
          kept.push(`c${n}`);
      }
      expect(kept).toEqual(["c1", "c2", "c3", "c4", "c5", "c6", "c7", "c8"]);
      expect(
        await store().evaluations.find("acme/api", "api", "1"),
      ).not.toBeNull();
    });

    test("latest is the one last recorded, not what the command line looked at since", async () => {
      await leased(store());
      await store().record(step("c1"));
      for (let n = 0; n < 20; n++) {
        await store().evaluations.save(REPOSITORY, "1", status(`old${n}`));
      }
      expect(await store().evaluations.latest(REPOSITORY)).toEqual(
        status("c1"),
      );
    });

    test("latest is there whatever its version", async () => {
      await leased(store());
      await store().record(step("c1", { version: "of a former program" }));
      expect((await store().evaluations.latest(REPOSITORY))?.commit).toBe("c1");
    });

    test("latest is none for a repository of which nothing was recorded", async () => {
      await store().repositories.register(
        [{ id: REPOSITORY, branch: null }],
        NOW,
      );
      expect(await store().evaluations.latest(REPOSITORY)).toBeNull();
      expect(await store().evaluations.latest("acme/none")).toBeNull();
    });
  });
}

function recording(store: () => Store) {
  async function expectNothing() {
    expect((await store().repositories.find(REPOSITORY))?.head).toBeNull();
    expect(await store().evaluations.find(REPOSITORY, "c1", "1")).toBeNull();
    expect(await store().incidents.list(REPOSITORY)).toEqual([]);
    expect((await store().incidents.series(REPOSITORY)).size).toBe(0);
    expect(await store().history.read(REPOSITORY)).toEqual([]);
    expect(await store().deliveries.list({ limit: 9 })).toEqual([]);
  }

  describe("record", () => {
    test("writes everything that one commit brought", async () => {
      await leased(store());
      await store().record(
        step("c1", {
          series: new Map([["backend/coverage.json", series]]),
          incidents: [incident("k3f9")],
          deliveries: [delivery("d1", { incident: "k3f9" })],
          history: [commit("c1")],
        }),
      );
      expect((await store().repositories.find(REPOSITORY))?.head).toBe("c1");
      expect(await store().evaluations.find(REPOSITORY, "c1", "1")).toEqual(
        status("c1"),
      );
      expect(await store().incidents.list(REPOSITORY)).toEqual([
        incident("k3f9"),
      ]);
      expect(await store().incidents.series(REPOSITORY)).toEqual(
        new Map([["backend/coverage.json", series]]),
      );
      expect(await store().history.read(REPOSITORY)).toEqual([commit("c1")]);
      expect(await store().deliveries.list({ limit: 9 })).toMatchObject([
        { id: "d1", incident_id: "k3f9", status: "pending", attempts: 0 },
      ]);
    });

    test("may be repeated for the same commit by a newer program", async () => {
      await leased(store());
      await store().record(step("c1", { series: new Map([["a", series]]) }));
      await store().record(
        step("c1", {
          version: "2",
          series: new Map([["a", { ...series, low: true }]]),
        }),
      );
      expect(await store().evaluations.find(REPOSITORY, "c1", "1")).toBeNull();
      expect((await store().incidents.series(REPOSITORY)).get("a")?.low).toBe(
        true,
      );
    });

    test("keeps the series that a step does not mention", async () => {
      await leased(store());
      await store().record(step("c1", { series: new Map([["a", series]]) }));
      await store().record(step("c2", { series: new Map([["b", series]]) }));
      expect([...(await store().incidents.series(REPOSITORY)).keys()]).toEqual([
        "a",
        "b",
      ]);
    });

    const full = step("c1", {
      incidents: [incident("k3f9")],
      deliveries: [delivery("d1", { incident: "k3f9" })],
      series: new Map([["a", series]]),
      history: [commit("c1")],
    });

    test("writes nothing for an owner who has lost the lease", async () => {
      await leased(store());
      await store().repositories.claimDue("worker-2", NOW_MS * 2, LEASE_MS);
      await expect(store().record(full)).rejects.toThrow(LeaseLost);
      await expectNothing();
    });

    test("writes nothing for an owner who gave the lease back", async () => {
      await leased(store());
      await store().repositories.release(REPOSITORY, "worker-1", {
        nextPollMs: 0,
        polledAt: NOW,
        error: null,
      });
      await expect(store().record(full)).rejects.toThrow(LeaseLost);
      await expectNothing();
    });

    test("writes nothing when one of its parts cannot be written", async () => {
      await leased(store());
      await expect(
        store().record({
          ...full,
          deliveries: [delivery("d1"), delivery("d1")],
        }),
      ).rejects.toThrow(/unique/i);
      await expectNothing();
      await store().record(full);
      expect((await store().repositories.find(REPOSITORY))?.head).toBe("c1");
    });

    test("refuses a commit that the chain holds already, since it would count twice", async () => {
      await leased(store());
      await store().history.replace(REPOSITORY, [commit("c1")]);
      await expect(store().record(full)).rejects.toThrow(/unique/i);
      expect(await store().history.read(REPOSITORY)).toHaveLength(1);
    });

    test("never overwrites an incident of another repository that drew the same id", async () => {
      await leased(store());
      await leased(store(), "acme/api");
      await store().record(step("c1", { incidents: [incident("k3f9")] }));
      await expect(
        store().record(
          step("a1", { repository: "acme/api", incidents: [incident("k3f9")] }),
        ),
      ).rejects.toThrow("k3f9");
      expect(await store().incidents.list(REPOSITORY)).toHaveLength(1);
      expect(await store().incidents.list("acme/api")).toEqual([]);
    });
  });
}

function incidents(store: () => Store) {
  describe("incidents", () => {
    test("change in place under their id, oldest first", async () => {
      await leased(store());
      const older = incident("zz99", { openedAt: "2026-02-01T00:00:00.000Z" });
      const resolved = incident("k3f9", {
        state: "resolved",
        changedAt: "2026-02-19T00:00:00.000Z",
        resolvedAt: "2026-02-19T00:00:00.000Z",
      });
      await store().record(
        step("c1", { incidents: [incident("k3f9"), older] }),
      );
      await store().record(step("c2", { incidents: [resolved] }));
      expect(await store().incidents.list(REPOSITORY)).toEqual([
        older,
        resolved,
      ]);
    });

    test("changed since a moment are those after it, however the moment is written", async () => {
      await leased(store());
      await store().record(
        step("c1", {
          incidents: [
            incident("a1", { changedAt: "2026-02-18T14:13:22Z" }),
            incident("a2", { changedAt: "2026-02-18T14:13:23Z" }),
            incident("a3", { changedAt: "2026-02-18T14:13:23.001Z" }),
            incident("a4", { changedAt: "2026-02-18T14:13:24Z" }),
          ],
        }),
      );
      for (const since of [
        "2026-02-18T14:13:23Z",
        "2026-02-18T14:13:23.000Z",
      ]) {
        const changed = await store().incidents.changedSince(REPOSITORY, since);
        expect(changed.map(({ id }) => id)).toEqual(["a3", "a4"]);
      }
      expect(await store().incidents.changedSince("acme/api", NOW)).toEqual([]);
    });
  });
}

function channels(store: () => Store) {
  describe("channels", () => {
    test("are made with defaults, and change where a field is given", async () => {
      await store().channels.save({ id: CHANNEL }, NOW);
      const made = {
        id: CHANNEL,
        team_id: null,
        timezone: "UTC",
        digest: null,
        digest_source: "config",
        dry_run: 0,
        created_at: NOW,
      };
      expect(await store().channels.find(CHANNEL)).toEqual(made);
      await store().channels.save(
        { id: CHANNEL, timezone: "Europe/Berlin", digest: "weekdays 09:00" },
        "2026-03-01T00:00:00.000Z",
      );
      await store().channels.save(
        { id: CHANNEL, dry_run: 1 },
        "2026-03-02T00:00:00.000Z",
      );
      await store().channels.save({ id: CHANNEL }, "2026-03-03T00:00:00.000Z");
      await store().channels.save(
        { id: CHANNEL, digest: null },
        "2026-03-04T00:00:00.000Z",
      );
      expect(await store().channels.find(CHANNEL)).toEqual({
        ...made,
        timezone: "Europe/Berlin",
        dry_run: 1,
      });
    });

    test("are listed by id; an unknown one is none", async () => {
      await store().channels.save({ id: "C2" }, NOW);
      await store().channels.save({ id: "C1" }, NOW);
      expect((await store().channels.list()).map(({ id }) => id)).toEqual([
        "C1",
        "C2",
      ]);
      expect(await store().channels.find("C3")).toBeNull();
    });

    test("are made by their first subscription", async () => {
      await store().channels.subscribe(
        {
          channel: CHANNEL,
          repository: REPOSITORY,
          topics: ["gaps"],
          source: "command",
        },
        NOW,
      );
      expect(await store().channels.find(CHANNEL)).toMatchObject({
        timezone: "UTC",
        dry_run: 0,
      });
    });

    test("tell their subscribers' time zone and whether they are only tried out", async () => {
      const wish = { repository: REPOSITORY, topics: ["gaps"] } as const;
      await store().channels.save(
        { id: "C1", timezone: "Asia/Kolkata", dry_run: 1 },
        NOW,
      );
      for (const channel of ["C2", "C1"]) {
        await store().channels.subscribe(
          { channel, source: "config", ...wish },
          NOW,
        );
      }
      expect(await store().channels.subscribers(REPOSITORY)).toEqual([
        {
          channel: "C1",
          source: "config",
          timezone: "Asia/Kolkata",
          dryRun: true,
          ...wish,
        },
        {
          channel: "C2",
          source: "config",
          timezone: "UTC",
          dryRun: false,
          ...wish,
        },
      ]);
      expect(await store().channels.subscribers("acme/api")).toEqual([]);
    });

    test("keep a person's subscription theirs when the configuration names it too", async () => {
      const wish = { channel: CHANNEL, repository: REPOSITORY };
      await store().channels.subscribe(
        { ...wish, topics: ["gaps"], source: "config" },
        NOW,
      );
      await store().channels.subscribe(
        { ...wish, topics: ["claims"], source: "command" },
        NOW,
      );
      expect(
        await store().channels.subscribe(
          { ...wish, topics: ["gaps"], source: "config" },
          NOW,
        ),
      ).toEqual({ ...wish, topics: ["gaps", "claims"], source: "command" });
    });
  });
}

function deliveries(store: () => Store) {
  const claim = (atMs = NOW_MS, owner = "sender-1") =>
    store().deliveries.claimDue(owner, atMs, LEASE_MS);
  const sent = (id: string, ts = "1771424003.000100") =>
    store().deliveries.sent(id, "sender-1", { ts, at: NOW });

  describe("deliveries", () => {
    test("of a channel go out in the order in which they were written", async () => {
      await queued(store(), [delivery("d2"), delivery("d1")]);
      expect((await claim())?.id).toBe("d2");
      expect(await claim()).toBeNull();
      await sent("d2");
      expect((await claim())?.id).toBe("d1");
      await sent("d1");
      expect(await claim()).toBeNull();
    });

    test("of another channel do not wait", async () => {
      await queued(store(), [
        delivery("d1"),
        delivery("d2"),
        delivery("d3", { channel: "C2" }),
      ]);
      expect((await claim())?.id).toBe("d1");
      expect((await claim())?.id).toBe("d3");
      expect(await claim()).toBeNull();
    });

    test("that are left for later hold back the later ones of their channel", async () => {
      await queued(store(), [delivery("d1"), delivery("d2")]);
      await claim();
      await store().deliveries.retry("d1", "sender-1", {
        atMs: NOW_MS + 500,
        error: "rate limited",
      });
      expect(await claim(NOW_MS + 499)).toBeNull();
      expect(await claim(NOW_MS + 500)).toMatchObject({
        id: "d1",
        attempts: 1,
        last_error: "rate limited",
      });
    });

    test("whose sender died are due again when its lease runs out, and say that their outcome is unknown", async () => {
      await queued(store(), [delivery("d1")]);
      expect((await claim())?.attempts).toBe(0);
      expect(await claim(NOW_MS + LEASE_MS - 1, "sender-2")).toBeNull();
      expect(await claim(NOW_MS + LEASE_MS, "sender-2")).toMatchObject({
        id: "d1",
        status: "sending",
        attempts: 1,
        lease_owner: "sender-2",
      });
    });

    test("cannot be settled by a sender who has lost them", async () => {
      await queued(store(), [delivery("d1", { incident: null })]);
      await claim();
      await claim(NOW_MS + LEASE_MS, "sender-2");
      const again = { atMs: 0, error: "timeout" };
      await expect(sent("d1")).rejects.toThrow(LeaseLost);
      await expect(
        store().deliveries.retry("d1", "sender-1", again),
      ).rejects.toThrow(LeaseLost);
      await expect(
        store().deliveries.park("d1", "sender-1", "no"),
      ).rejects.toThrow(LeaseLost);
      expect(await store().deliveries.list({ limit: 1 })).toMatchObject([
        { status: "sending", lease_owner: "sender-2", ts: null },
      ]);
    });

    test("that are set aside let the later ones pass, and go first when somebody has acted", async () => {
      await queued(store(), [
        delivery("d1"),
        delivery("d2"),
        delivery("other", { channel: "C2" }),
      ]);
      await claim();
      await store().deliveries.park("d1", "sender-1", "not_in_channel");
      expect(
        await store().deliveries.list({ status: "parked", limit: 9 }),
      ).toMatchObject([
        { id: "d1", last_error: "not_in_channel", lease_owner: null },
      ]);
      expect((await claim())?.id).toBe("d2");
      await sent("d2");
      expect(await store().deliveries.unpark("C2")).toBe(0);
      expect(await store().deliveries.unpark(CHANNEL)).toBe(1);
      expect((await claim())?.id).toBe("d1");
    });

    test("that would only have been posted are kept and never claimed", async () => {
      await queued(store(), [delivery("d1", { status: "dry_run" })]);
      expect(await claim()).toBeNull();
      expect((await store().deliveries.counts())["dry_run"]).toBe(1);
    });

    test("remember where an incident's message stands, in each channel", async () => {
      await leased(store());
      const of = { incident: "k3f9" } as const;
      await store().record(
        step("c1", {
          incidents: [incident("k3f9")],
          deliveries: [
            delivery("d1", of),
            delivery("d2", { ...of, operation: "reply" }),
            delivery("d3", { ...of, operation: "update" }),
            delivery("d4", { ...of, operation: "update" }),
            delivery("d5", { ...of, channel: "C2" }),
          ],
        }),
      );
      expect(await store().deliveries.messageOf("k3f9", CHANNEL)).toBeNull();
      // An edit keeps its message's place, and one that had nothing to edit was dropped.
      for (const ts of ["1.1", "2.2", "1.1", "", "4.4"]) {
        await sent((await claim())?.id ?? "", ts);
      }
      expect(await store().deliveries.counts()).toMatchObject({ sent: 5 });
      expect(await store().deliveries.messageOf("k3f9", CHANNEL)).toBe("1.1");
      expect(await store().deliveries.messageOf("k3f9", "C2")).toBe("4.4");
    });

    test("that post an incident anew move its message", async () => {
      await leased(store());
      await store().record(
        step("c1", {
          incidents: [incident("k3f9")],
          deliveries: ["d1", "d2"].map((id) =>
            delivery(id, { incident: "k3f9" }),
          ),
        }),
      );
      await sent((await claim())?.id ?? "", "1.1");
      await sent((await claim())?.id ?? "", "2.2");
      expect(await store().deliveries.messageOf("k3f9", CHANNEL)).toBe("2.2");
    });

    test("that are sent say when and where", async () => {
      await queued(store(), [delivery("d1")]);
      await claim();
      await sent("d1", "1771424003.000100");
      expect(await store().deliveries.list({ limit: 1 })).toEqual([
        {
          sequence: 1,
          id: "d1",
          channel_id: CHANNEL,
          incident_id: null,
          operation: "post",
          payload: JSON.stringify({ text: "Phase 19 misses a target" }),
          status: "sent",
          attempts: 1,
          next_attempt_ms: 0,
          lease_owner: null,
          lease_until_ms: null,
          created_at: NOW,
          sent_at: NOW,
          ts: "1771424003.000100",
          last_error: null,
        },
      ]);
    });

    test("are counted by status, with none named too", async () => {
      expect(await store().deliveries.counts()).toEqual({
        pending: 0,
        sending: 0,
        sent: 0,
        parked: 0,
        dry_run: 0,
      });
      await queued(store(), [delivery("d1"), delivery("d2")]);
      await claim();
      expect(await store().deliveries.counts()).toMatchObject({
        pending: 1,
        sending: 1,
      });
    });

    test("are listed newest first, by channel and status", async () => {
      await queued(store(), [
        delivery("d1"),
        delivery("d2", { channel: "C2" }),
        delivery("d3"),
        delivery("d4", { status: "dry_run" }),
      ]);
      const ids = async (filter: { channel?: string; status?: string }) =>
        (await store().deliveries.list({ ...filter, limit: 2 })).map(
          ({ id }) => id,
        );
      expect(await ids({})).toEqual(["d4", "d3"]);
      expect(await ids({ channel: "C2" })).toEqual(["d2"]);
      expect(await ids({ channel: CHANNEL, status: "pending" })).toEqual([
        "d3",
        "d1",
      ]);
    });
  });
}

function digests(store: () => Store) {
  describe("digests", () => {
    const slot = {
      channel: CHANNEL,
      slot: "2026-02-18T09:00 Europe/Berlin",
      claimedAt: "2026-02-18T08:00:01.000Z",
      until: "2026-02-18T08:00:00.000Z",
    };

    test("are claimed once, together with what they say", async () => {
      expect(await store().digests.claim(slot, [delivery("d1")])).toBe(true);
      expect(await store().digests.claim(slot, [delivery("d2")])).toBe(false);
      const ids = (await store().deliveries.list({ limit: 9 })).map(
        ({ id }) => id,
      );
      expect(ids).toEqual(["d1"]);
    });

    test("of one slot are each channel's own", async () => {
      await store().digests.claim(slot, []);
      expect(await store().digests.claim({ ...slot, channel: "C2" }, [])).toBe(
        true,
      );
    });

    test("stay unclaimed when what they say cannot be queued", async () => {
      await expect(
        store().digests.claim(slot, [delivery("d1"), delivery("d1")]),
      ).rejects.toThrow(/unique/i);
      expect(await store().digests.last(CHANNEL)).toBeNull();
      expect(await store().digests.claim(slot, [delivery("d1")])).toBe(true);
    });

    test("tell their newest slot", async () => {
      await store().digests.claim(slot, []);
      await store().digests.claim(
        {
          channel: CHANNEL,
          // The channel moved west: its slots compare the other way round as text.
          slot: "2026-02-18T08:30 America/New_York",
          claimedAt: "2026-02-18T13:30:01.000Z",
          until: "2026-02-18T13:30:00.000Z",
        },
        [],
      );
      expect(await store().digests.last(CHANNEL)).toEqual({
        slot: "2026-02-18T08:30 America/New_York",
        until: "2026-02-18T13:30:00.000Z",
      });
      expect(await store().digests.last("C2")).toBeNull();
    });
  });
}
