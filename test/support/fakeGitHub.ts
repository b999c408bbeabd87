import {
  createServer,
  type IncomingMessage,
  type ServerResponse,
} from "node:http";
import { gitBytes } from "./gitFixture.ts";
import { portOf } from "./portOf.ts";

export interface FakeRequest {
  /** `GET /repos/acme/shop/commits?sha=…`, percent-decoded. */
  readonly line: string;
  readonly headers: IncomingMessage["headers"];
  /** Of the answer; 0 while there is none. */
  status: number;
}

/** What goes wrong with requests whose line matches, so many times (default: always). */
export interface Fault {
  readonly on: RegExp;
  times?: number;
  readonly how:
    | "hangs"
    | "cuts the body"
    | "drops the connection"
    | {
        readonly status: number;
        readonly headers?: Readonly<Record<string, string>>;
        readonly body?: unknown;
      };
}

export interface FakeGitHub extends AsyncDisposable {
  readonly url: string;
  readonly requests: FakeRequest[];
  readonly faults: Fault[];
  /** The most requests that were under way at once. */
  readonly busiest: () => number;
}

export interface FakeGitHubOptions {
  readonly gitDir: string;
  /** Without it any request is allowed, with it only those that carry it. */
  readonly token?: string;
  /** Entries that a recursive tree may have before it is cut. */
  readonly treeLimit?: number;
}

/**
 * GitHub's REST API for `acme/shop` on a socket, answered from a real repository by git, in the shapes of
 * https://docs.github.com/en/rest. As a GitHub App it knows the installation 7.
 */
export async function startFakeGitHub(
  options: FakeGitHubOptions,
): Promise<FakeGitHub> {
  const requests: FakeRequest[] = [];
  const faults: Fault[] = [];
  let underWay = 0;
  let busiest = 0;
  const server = createServer((request, response) => {
    const line = `${request.method} ${decodeURIComponent(request.url ?? "")}`;
    const record: FakeRequest = { line, headers: request.headers, status: 0 };
    requests.push(record);
    underWay += 1;
    busiest = Math.max(busiest, underWay);
    response.on("close", () => {
      underWay -= 1;
      record.status = response.statusCode;
    });
    const fault = faults.find(
      ({ on, times = Number.POSITIVE_INFINITY }) => on.test(line) && times > 0,
    );
    if (fault?.times !== undefined) fault.times -= 1;
    void respond({ request, response, fault, options });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  return {
    url: `http://127.0.0.1:${portOf(server)}`,
    requests,
    faults,
    busiest: () => busiest,
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

async function respond({
  request,
  response,
  fault,
  options,
}: {
  request: IncomingMessage;
  response: ServerResponse;
  fault: Fault | undefined;
  options: FakeGitHubOptions;
}): Promise<void> {
  if (fault?.how === "hangs") return;
  if (fault?.how === "drops the connection") {
    response.destroy();
    return;
  }
  if (typeof fault?.how === "object") {
    const { status, headers, body = { message: "A fault" } } = fault.how;
    send(response, json(body, { status, ...(headers && { headers }) }));
    return;
  }
  const answer = await answerTo(request, options).catch(
    (error: unknown): Answer =>
      json({ message: String(error) }, { status: 500 }),
  );
  if (fault?.how === "cuts the body") {
    const half = answer.body.subarray(0, Math.floor(answer.body.length / 2));
    // Without a length, as behind a proxy: nothing but the content tells that something is missing.
    response.writeHead(answer.status, answer.headers);
    response.end(half);
    return;
  }
  send(response, answer);
}

function send(
  response: ServerResponse,
  { status, headers, body }: Answer,
): void {
  response.writeHead(status, {
    ...headers,
    ...(status !== 304 && { "content-length": body.length }),
  });
  response.end(body);
}

function json(
  value: unknown,
  {
    status = 200,
    headers = {},
  }: { status?: number; headers?: Record<string, string> } = {},
): Answer {
  return {
    status,
    headers: { "content-type": "application/json; charset=utf-8", ...headers },
    body: Buffer.from(JSON.stringify(value)),
  };
}

const notFound = json({ message: "Not Found" }, { status: 404 });
const noCommit = json({ message: "No commit found for SHA" }, { status: 422 });

async function answerTo(
  request: IncomingMessage,
  options: FakeGitHubOptions,
): Promise<Answer> {
  const { gitDir, token } = options;
  const url = new URL(request.url ?? "", "http://fake");
  if (
    request.method === "POST" &&
    url.pathname === "/app/installations/7/access_tokens"
  ) {
    return json(
      {
        token: token ?? "ghs_example",
        expires_at: "2999-01-01T00:00:00Z",
        permissions: { contents: "read" },
      },
      { status: 201 },
    );
  }
  const match = /^\/repos\/acme\/shop(?:\/(.*))?$/.exec(url.pathname);
  if (match === null) return notFound;
  const [, rest = ""] = match;
  if (rest === "installation") return json({ id: 7 });
  if (
    token !== undefined &&
    request.headers.authorization !== `token ${token}`
  ) {
    return json({ message: "Bad credentials" }, { status: 401 });
  }
  const git = async (...args: string[]): Promise<string> =>
    (await gitBytes(gitDir, args)).toString("utf8");
  const commitOf = (revision: string): Promise<string | null> =>
    git(
      "rev-parse",
      "--verify",
      "--quiet",
      "--end-of-options",
      `${revision}^{commit}`,
    ).then(
      (id) => id.trim(),
      () => null,
    );
  if (rest === "") {
    const head = await git("symbolic-ref", "HEAD");
    return json({
      full_name: "acme/shop",
      default_branch: head.trim().replace("refs/heads/", ""),
    });
  }
  const [area = "", ...parts] = rest.split("/");
  const name = decodeURIComponent(parts.join("/"));
  if (area === "commits" && (await git("for-each-ref", "--count=1")) === "") {
    return json({ message: "Git Repository is empty." }, { status: 409 });
  }
  if (area === "commits" && name === "") {
    const id = await commitOf(url.searchParams.get("sha") ?? "HEAD");
    if (id === null) return notFound;
    const count = Number(url.searchParams.get("per_page") ?? "30");
    return json(await commitsFrom(git, id, count));
  }
  if (area === "commits") {
    const id = await commitOf(name);
    if (id === null) return name.startsWith("heads/") ? notFound : noCommit;
    if (request.headers.accept !== "application/vnd.github.sha") {
      return json((await commitsFrom(git, id, 1))[0]);
    }
    const headers = {
      etag: `"${id}"`,
      "content-type": "application/vnd.github.sha; charset=utf-8",
    };
    return request.headers["if-none-match"] === headers.etag
      ? { status: 304, headers, body: new Uint8Array() }
      : { status: 200, headers, body: Buffer.from(id) };
  }
  if (area === "compare") {
    const [from, to] = await Promise.all(name.split("...").map(commitOf));
    if (!from || !to) return notFound;
    const counted = await git(
      "rev-list",
      "--left-right",
      "--count",
      `${from}...${to}`,
    );
    const [behind = 0, ahead = 0] = counted.trim().split("\t").map(Number);
    const status =
      behind > 0
        ? ahead > 0
          ? "diverged"
          : "behind"
        : ahead > 0
          ? "ahead"
          : "identical";
    return json({ status, ahead_by: ahead, behind_by: behind });
  }
  const [kind, id = ""] = parts.length === 2 && area === "git" ? parts : [];
  if (kind === "trees")
    return treeOf({
      git,
      id,
      recursive: url.searchParams.has("recursive"),
      options,
    });
  if (kind === "blobs") {
    const type = await git("cat-file", "-t", id).catch(() => "");
    if (type.trim() !== "blob") return notFound;
    return {
      status: 200,
      headers: {
        "content-type": "application/vnd.github.raw+json; charset=utf-8",
      },
      body: await gitBytes(gitDir, ["cat-file", "blob", id]),
    };
  }
  return notFound;
}

type Git = (...args: string[]) => Promise<string>;

async function commitsFrom(
  git: Git,
  id: string,
  count: number,
): Promise<unknown[]> {
  const log = await git(
    "log",
    `--max-count=${count}`,
    "-z",
    "--format=%H%x01%P%x01%T%x01%cI%x01%B",
    id,
  );
  return log
    .split("\0")
    .filter(Boolean)
    .map((entry) => {
      const [sha, parents = "", tree, date = "", message = ""] =
        entry.split("\x01");
      return {
        sha,
        parents: parents
          .split(" ")
          .filter(Boolean)
          .map((parent) => ({ sha: parent })),
        commit: {
          tree: { sha: tree },
          message: message.trimEnd(),
          committer: {
            name: "phasewatch example",
            date: new Date(date).toISOString().replace(".000Z", "Z"),
          },
        },
      };
    });
}

async function treeOf({
  git,
  id,
  recursive,
  options: { treeLimit = 100_000 },
}: {
  git: Git;
  id: string;
  recursive: boolean;
  options: FakeGitHubOptions;
}): Promise<Answer> {
  const listing = await git(
    "ls-tree",
    "-z",
    "--long",
    ...(recursive ? ["-r", "-t"] : []),
    id,
  ).catch(() => null);
  if (listing === null) return notFound;
  const tree = listing
    .split("\0")
    .filter(Boolean)
    .map((line) => {
      const [, mode, type, sha, size = "", path] =
        /^(\d+) (\w+) (\w+) +(\S+)\t([^]*)$/.exec(line) ?? [];
      return {
        path,
        mode,
        type,
        sha,
        ...(type === "blob" && { size: Number(size) }),
      };
    });
  const truncated = recursive && tree.length > treeLimit;
  return json({
    sha: id,
    truncated,
    tree: truncated ? tree.slice(0, treeLimit) : tree,
  });
}
