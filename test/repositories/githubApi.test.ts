import { generateKeyPairSync } from "node:crypto";
import { inspect } from "node:util";
import {
  afterAll,
  afterEach,
  beforeAll,
  beforeEach,
  describe,
  expect,
  test,
} from "vitest";
import { ActionableError } from "../../src/core/errors.ts";
import { RateLimitedError } from "../../src/repositories/errors.ts";
import {
  type GitHubOptions,
  openGitHub,
} from "../../src/repositories/github.ts";
import { openRepository } from "../../src/repositories/openRepository.ts";
import type { Repository } from "../../src/repositories/repository.ts";
import {
  type FakeGitHub,
  type FakeGitHubOptions,
  startFakeGitHub,
} from "../support/fakeGitHub.ts";
import { createGitFixture, type GitFixture } from "../support/gitFixture.ts";
import { createShopHistory, type ShopHistory } from "../support/shopHistory.ts";
import { accountOf, collect } from "./contract.ts";

const everything = () => true;

let shop: ShopHistory;
let fake: FakeGitHub;
let repository: Repository;

beforeAll(async () => {
  shop = await createShopHistory();
});
beforeEach(() => serve({ gitDir: shop.fixture.gitDir }));
afterEach(() => fake[Symbol.asyncDispose]());
afterAll(() => shop.fixture[Symbol.asyncDispose]());

async function serve(
  served: FakeGitHubOptions,
  options: Partial<GitHubOptions> = {},
): Promise<void> {
  if (fake !== undefined) await fake[Symbol.asyncDispose]();
  fake = await startFakeGitHub(served);
  repository = openGitHub({
    owner: "acme",
    repo: "shop",
    baseUrl: fake.url,
    ...options,
  });
}

function requestsFor(part: string): number {
  return fake.requests.filter(({ line }) => line.includes(part)).length;
}

describe("what a poll costs", () => {
  test("an idle one is exactly one request, answered 304", async () => {
    const known = await repository.head();
    fake.requests.length = 0;
    expect(await repository.head(undefined, known)).toBe("unchanged");
    expect(fake.requests.map(({ line, status }) => [line, status])).toEqual([
      ["GET /repos/acme/shop/commits/heads/main", 304],
    ]);
  });

  test("is the same after a restart with another token, when the branch is named", async () => {
    const known = await repository.head();
    await serve(
      { gitDir: shop.fixture.gitDir, token: "ghp_rotated" },
      { auth: "ghp_rotated" },
    );
    expect(await repository.head("main", known)).toBe("unchanged");
    expect(fake.requests.map(({ status }) => status)).toEqual([304]);
  });

  test("with one new commit is five requests: the head, the commits, two trees, and what is read", async () => {
    await using fixture = await createGitFixture([
      { subject: "Start", at: "2026-03-04T00:00:00Z", files: { a: "1" } },
    ]);
    await serve({ gitDir: fixture.gitDir });
    const known = await repository.head();
    await collect(repository.walk(null, known, everything));
    await fixture.commit({
      subject: "Summarise",
      at: "2026-03-05T00:00:00Z",
      files: { "phases/19-cart/19-SUMMARY.md": "Reached 86 %.\n" },
    });
    fake.requests.length = 0;
    const head = await repository.head(undefined, known);
    const [commit] = await collect(repository.walk(known, head, everything));
    const blob = commit?.changes[0]?.after ?? "";
    expect(
      await collect(repository.read([blob], { maxBytes: 100 })),
    ).toMatchObject([{ bytes: Buffer.from("Reached 86 %.\n") }]);
    await repository.list(head, everything);
    expect(fake.requests.length).toBeLessThanOrEqual(5);
  });
});

describe("history", () => {
  test("says what git says", async () => {
    await using git = await openRepository(shop.fixture.gitDir, {
      cacheDir: "",
    });
    const head = await git.head();
    expect(await accountOf(repository, head)).toEqual(
      await accountOf(git, head),
    );
  });

  test("says what git says where GitHub cuts its trees", async () => {
    await serve({ gitDir: shop.fixture.gitDir, treeLimit: 5 });
    await using git = await openRepository(shop.fixture.gitDir, {
      cacheDir: "",
    });
    const head = await git.head();
    expect(await accountOf(repository, head)).toEqual(
      await accountOf(git, head),
    );
  });

  test("is paid for once: a tree for each commit, the commits by the hundred", async () => {
    const head = await repository.head();
    await collect(repository.history(head, everything));
    expect(requestsFor("/git/trees/")).toBe(8);
    expect(requestsFor("/commits?")).toBe(1);
    fake.requests.length = 0;
    await collect(repository.history(head, everything));
    expect(fake.requests).toEqual([]);
  });

  test("looks at no more commits than allowed", async () => {
    const head = await repository.head();
    const found = await collect(
      repository.history(head, everything, { limit: 2 }),
    );
    expect(found.map(({ sha }) => sha)).toEqual([
      shop.commits.unrelated,
      shop.commits.removal,
    ]);
    expect(requestsFor("/git/trees/")).toBe(3);
    expect(
      await collect(repository.history(head, everything, { limit: 0 })),
    ).toEqual([]);
  });

  test("that is left early asks for little more", async () => {
    for await (const _ of repository.history(
      shop.commits.unrelated,
      everything,
    ))
      break;
    const asked = requestsFor("/git/trees/");
    expect(asked).toBeLessThanOrEqual(5);
  });
});

describe("a long history", () => {
  let long: GitFixture;
  let ids: string[];

  beforeAll(async () => {
    long = await createGitFixture(
      Array.from({ length: 330 }, (_, index) => ({
        subject: `Step ${index + 1}`,
        at: "2026-02-18T14:13:23Z",
        files: { counter: String(index + 1) },
      })),
    );
    const log = await long.git("rev-list", "--reverse", "main");
    ids = log.split("\n");
  });
  beforeEach(() => serve({ gitDir: long.gitDir }));
  afterAll(() => long[Symbol.asyncDispose]());

  test("is followed over several pages", async () => {
    const [from = "", to = ""] = [ids.at(204), ids.at(-1)];
    const walk = await collect(repository.walk(from, to, everything));
    expect(walk.map(({ sha }) => sha)).toEqual(ids.slice(205));
    expect(requestsFor("/commits?")).toBe(2);
  });

  test("is not followed to its root for a start that it does not hold", async () => {
    const to = ids.at(-1) ?? "";
    const walk = await collect(repository.walk("5".repeat(40), to, everything));
    expect(walk).toMatchObject([{ sha: to, rewritten: true }]);
    expect(requestsFor("/compare/")).toBe(1);
    expect(requestsFor("/commits?")).toBe(2);
    expect(requestsFor("/git/trees/")).toBe(2);
  });
});

describe("when GitHub refuses", () => {
  test.each([
    [401, {}, "renew GITHUB_TOKEN"],
    [403, {}, "contents:read"],
    [403, { "x-github-sso": "required" }, "single sign-on"],
    [404, {}, "Check the repository's name"],
  ] as const)(
    "with %i %j it is an error that says what to do",
    async (status, headers, hint) => {
      fake.faults.push({ on: /./, how: { status, headers } });
      for (const ask of [
        () => repository.head(),
        () => repository.resolve("v1.0"),
        () => repository.list(shop.commits.plan, everything),
      ]) {
        const refused = await ask().catch((error: unknown) => error);
        expect(refused).toBeInstanceOf(ActionableError);
        expect(refused).toMatchObject({ hint: expect.stringContaining(hint) });
      }
    },
  );

  test("it is not asked a second time", async () => {
    fake.faults.push({ on: /./, how: { status: 401 } });
    await expect(repository.head()).rejects.toThrow(ActionableError);
    expect(fake.requests).toHaveLength(1);
  });

  test("no error shows the token, however it is printed", async () => {
    await serve({ gitDir: shop.fixture.gitDir }, { auth: "ghp_verysecret" });
    fake.faults.push({ on: /./, how: { status: 403 } });
    const refused = await repository.head().catch((error: unknown) => error);
    expect(inspect(refused, { depth: 20, showHidden: true })).not.toContain(
      "verysecret",
    );
    expect(fake.requests[0]?.headers.authorization).toContain("verysecret");
  });
});

describe("when a rate limit is reached", () => {
  test("because the hour's requests are used up, the error says when the next hour begins", async () => {
    const reset = Math.floor(Date.now() / 1000) + 600;
    fake.faults.push({
      on: /./,
      how: {
        status: 403,
        headers: {
          "x-ratelimit-remaining": "0",
          "x-ratelimit-reset": String(reset),
        },
      },
    });
    await expect(repository.head()).rejects.toMatchObject({
      name: "RateLimitedError",
      retryAt: new Date(reset * 1000).toISOString(),
    });
  });

  test.each([
    [
      "GitHub says how long to wait",
      { status: 429, headers: { "retry-after": "30" } },
      30,
    ],
    [
      "only the message says so",
      {
        status: 403,
        body: { message: "You have exceeded a secondary rate limit." },
      },
      60,
    ],
    [
      "the reset time is nonsense",
      {
        status: 403,
        headers: { "x-ratelimit-remaining": "0", "x-ratelimit-reset": "soon" },
      },
      60,
    ],
    [
      "the reset time is past",
      {
        status: 403,
        headers: { "x-ratelimit-remaining": "0", "x-ratelimit-reset": "1" },
      },
      0,
    ],
    [
      "the wait would be endless",
      { status: 429, headers: { "retry-after": "99999999" } },
      86_400,
    ],
  ] as const)(
    "because %s, the error says when to come back",
    async (_, how, seconds) => {
      fake.faults.push({ on: /./, how });
      const limited = await repository.head().catch((error: unknown) => error);
      expect(limited).toBeInstanceOf(RateLimitedError);
      if (!(limited instanceof RateLimitedError)) return;
      const wait = (Date.parse(limited.retryAt) - Date.now()) / 1000;
      expect(Math.abs(wait - seconds)).toBeLessThan(5);
      expect(limited.message).toContain(limited.retryAt);
      expect(fake.requests).toHaveLength(1);
    },
  );
});

describe("when GitHub fails", () => {
  test.each([
    "drops the connection",
    "cuts the body",
    { status: 502 },
  ] as const)("once (%j), nobody notices", async (how) => {
    for (const on of [
      /shop$/,
      /commits\/heads/,
      /commits\?/,
      /trees/,
      /blobs/,
    ]) {
      fake.faults.push({ on, times: 1, how });
    }
    const head = await repository.head();
    const [entry] = await repository.list(head, everything);
    const contents = await collect(
      repository.read([entry?.blob ?? ""], { maxBytes: 100 }),
    );
    expect(contents).toMatchObject([
      { bytes: Buffer.from("# Shop\n\nHello.\n") },
    ]);
    expect(fake.faults.map(({ times }) => times)).toEqual([0, 0, 0, 0, 0]);
  });

  test.each([
    "drops the connection",
    "cuts the body",
    { status: 500 },
  ] as const)(
    "for long (%j), it is an error after a second attempt, and nothing to act on",
    async (how) => {
      fake.faults.push({ on: /./, how });
      const failed = await repository
        .head("main")
        .catch((error: unknown) => error);
      expect(failed).toBeInstanceOf(Error);
      expect(failed).not.toBeInstanceOf(ActionableError);
      expect(fake.requests).toHaveLength(2);
    },
  );

  test("to answer in time, the request ends", async () => {
    await serve({ gitDir: shop.fixture.gitDir }, { timeoutMs: 100 });
    fake.faults.push({ on: /./, how: "hangs" });
    const began = Date.now();
    await expect(repository.head("main")).rejects.toThrow("GitHub");
    expect(Date.now() - began).toBeLessThan(3000);
  });

  test("at one tree, the next question is not answered from the failure", async () => {
    const head = await repository.head();
    fake.faults.push({ on: /trees/, times: 2, how: { status: 500 } });
    await expect(repository.list(head, everything)).rejects.toThrow("a tree");
    expect(await repository.list(head, everything)).toHaveLength(12);
  });

  test("with an answer in another shape, it is an error", async () => {
    fake.faults.push({
      on: /trees/,
      how: { status: 200, body: { tree: "none" } },
    });
    await expect(
      repository.list(await repository.head(), everything),
    ).rejects.toThrow("as documented");
  });
});

test("a blob whose tree was not seen is still measured", async () => {
  const blob = await shop.fixture.git(
    "rev-parse",
    `${shop.commits.assets}:assets/large.bin`,
  );
  expect(await collect(repository.read([blob], { maxBytes: 10 }))).toEqual([
    { blob, tooLarge: 3 * 1_048_576 },
  ]);
});

test("a large blob whose tree was seen is not downloaded to be measured", async () => {
  const [entry] = await repository.list(shop.commits.assets, (path) =>
    path.endsWith("large.bin"),
  );
  await collect(repository.read([entry?.blob ?? ""], { maxBytes: 10 }));
  expect(requestsFor("/git/blobs/")).toBe(0);
});

test("at most eight requests are under way at once", async () => {
  const head = await repository.head();
  await collect(repository.history(head, everything));
  const entries = await repository.list(head, ({ length }) => length > 0);
  const blobs = [
    ...entries.map(({ blob }) => blob),
    ...Array.from({ length: 20 }, (_, index) =>
      index.toString(16).padStart(40, "0"),
    ),
  ];
  await collect(repository.read(blobs, { maxBytes: 2 ** 24 }));
  expect(fake.busiest()).toBeLessThanOrEqual(8);
  expect(fake.busiest()).toBeGreaterThan(4);
});

test("a default branch that was renamed is found again", async () => {
  await using fixture = await createGitFixture([
    { subject: "Start", at: "2026-03-04T00:00:00Z", files: { a: "1" } },
  ]);
  await serve({ gitDir: fixture.gitDir });
  const head = await repository.head();
  await fixture.git("branch", "--move", "main", "trunk");
  expect(await repository.head()).toBe(head);
  expect(await repository.head(undefined, head)).toBe("unchanged");
});

test("a commit without files has an empty tree", async () => {
  const empty = await shop.fixture.commit({
    subject: "Nothing",
    at: "2026-03-05T00:00:00Z",
    branch: "empty",
    from: null,
  });
  fake.faults.push({ on: /4b825dc/, how: { status: 404 } });
  expect(await repository.list(empty, everything)).toEqual([]);
});

test("links lead to GitHub's pages", () => {
  const shopAt = { owner: "acme", repo: "shop" };
  expect(
    openGitHub({ ...shopAt, baseUrl: "https://api.github.com/" }).link(
      "abc",
      "a b/ü#1.md",
      3,
    ),
  ).toBe("https://github.com/acme/shop/blob/abc/a%20b/%C3%BC%231.md#L3");
  expect(
    openGitHub({ ...shopAt, baseUrl: "https://git.example/api/v3" }).link(
      "abc",
    ),
  ).toBe("https://git.example/acme/shop/commit/abc");
});

test.each([
  ["acme", ".."],
  ["-acme", "shop"],
  ["acme", "shop/../.."],
  ["", ""],
])("%j/%j is not taken for a repository", (owner, repo) => {
  expect(() => openGitHub({ owner, repo })).toThrow(ActionableError);
});

function openAsApp(key: string): Promise<Repository> {
  return openRepository("acme/shop", {
    cacheDir: "",
    github: { app: { id: "42", privateKey: key }, apiUrl: fake.url },
  });
}

describe("as a GitHub App", () => {
  const { privateKey } = generateKeyPairSync("rsa", {
    modulusLength: 2048,
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
    publicKeyEncoding: { type: "spki", format: "pem" },
  });

  test("the installation's token is fetched once and used", async () => {
    await serve({ gitDir: shop.fixture.gitDir, token: "ghs_example" });
    // As it arrives from an environment variable on one line.
    const app = await openAsApp(privateKey.replaceAll("\n", "\\n"));
    const known = await app.head();
    expect(await app.head(undefined, known)).toBe("unchanged");
    expect(requestsFor("/installation")).toBe(2);
  });

  test("that is not installed on the repository, the error says what to do", async () => {
    fake.faults.push({ on: /installation/, how: { status: 404 } });
    const app = await openAsApp(privateKey);
    await expect(app.head()).rejects.toThrow(ActionableError);
    fake.faults.length = 0;
    expect(await app.head()).toBe(shop.commits.unrelated);
  });

  test("whose installation was replaced is looked up again, and its absence is no answer about a branch", async () => {
    const app = await openAsApp(privateKey);
    fake.faults.push({ on: /access_tokens/, times: 1, how: { status: 404 } });
    const refused = await app.head("main").catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(ActionableError);
    expect(String(refused)).not.toContain("has no branch");
    expect(await app.head("main")).toBe(shop.commits.unrelated);
    expect(requestsFor("/shop/installation")).toBe(2);
  });

  test("with a broken private key, the error says what to do and does not show it", async () => {
    const refused = await openAsApp(
      "-----BEGIN RSA PRIVATE KEY-----\nsecretsecret\n-----END RSA PRIVATE KEY-----",
    ).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(ActionableError);
    expect(refused).toMatchObject({
      hint: expect.stringContaining("GITHUB_APP_PRIVATE_KEY"),
    });
    expect(inspect(refused, { depth: 20 })).not.toContain("secretsecret");
    expect(fake.requests).toEqual([]);
  });
});
