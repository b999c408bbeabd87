import { request } from "node:http";
import { expect, test } from "vitest";
import { bundlePage } from "../../src/preview/bundle.ts";
import { act, client, QUALITY, workspace } from "./support.ts";

/** A request as a browser under a foreign name would send it: fetch does not let us set these headers. */
function raw(
  url: string,
  headers: Record<string, string>,
  { method = "GET", body = "" } = {},
): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    request(url, { method, headers }, (response) => {
      response.resume();
      resolve(response.statusCode);
    })
      .on("error", reject)
      .end(body);
  });
}

test("the page is built in memory from its sources", async () => {
  const { html, script, style } = await bundlePage();

  expect(html).toContain('<script type="module" src="/page.js">');
  expect(new TextDecoder().decode(script)).toContain("Next commit");
  expect(new TextDecoder().decode(style)).toContain("slack_blocks_to_jsx");
  expect(await bundlePage()).toBe(await bundlePage());
});

test("the page names nothing elsewhere that a browser would load", async () => {
  const { html, script, style } = await bundlePage();
  const code = new TextDecoder().decode(script);

  expect(html).not.toMatch(/https?:|\/\//);
  expect(new TextDecoder().decode(style)).not.toMatch(
    /https?:|url\((?!["']?data:)|@import/,
  );
  // Addresses in the script are names (XML), documentation in error texts, and the debug link that is switched off.
  expect(
    [...new Set(code.match(/https?:\/\/[a-z0-9.-]*/gi))].toSorted(),
  ).toEqual([
    "http://",
    "http://www.w3.org",
    "https://app.slack.com",
    "https://github.com",
    "https://react.dev",
  ]);
  expect(code).not.toMatch(/\bimport\("https?:|importScripts|XMLHttpRequest/);
});

test("the browser is told to load nothing from elsewhere", async () => {
  await using slack = await workspace();
  const page = await fetch(slack.url);

  expect(page.headers.get("content-security-policy")).toContain(
    "default-src 'none'; script-src 'self'",
  );
  for (const [path, type] of [
    ["/", "text/html; charset=utf-8"],
    ["/page.js", "text/javascript; charset=utf-8"],
    ["/page.css", "text/css; charset=utf-8"],
    ["/workspace", "application/json; charset=utf-8"],
  ] as const) {
    const response = await fetch(`${slack.url}${path}`);
    expect([
      path,
      response.status,
      response.headers.get("content-type"),
    ]).toEqual([path, 200, type]);
    expect((await response.text()).length).toBeGreaterThan(0);
  }
  expect((await fetch(`${slack.url}/nothing`)).status).toBe(404);
  expect((await act(slack, "/nothing")).status).toBe(404);
});

test("a name that was made to resolve to this machine is refused", async () => {
  await using slack = await workspace();
  const { port } = new URL(slack.url);

  expect(await raw(slack.url, { host: `evil.example:${port}` })).toBe(421);
  expect(await raw(`${slack.apiUrl}api.test`, { host: "evil.example" })).toBe(
    421,
  );
  expect(await raw(slack.url, { host: `localhost:${port}` })).toBe(200);
});

test("a page of another site cannot write, and this one can", async () => {
  await using slack = await workspace();
  const compose = (headers: Record<string, string>) =>
    raw(`${slack.url}/compose`, headers, {
      method: "POST",
      body: JSON.stringify({ channel: QUALITY.id, text: "Hello" }),
    });
  const json = { "content-type": "application/json" };

  expect(await compose({ ...json, origin: "https://evil.example" })).toBe(403);
  expect(await compose({ ...json, origin: "null" })).toBe(403);
  expect(await compose({ "content-type": "text/plain" })).toBe(415);
  expect(slack.state().messages).toEqual([]);
  expect(await compose({ ...json, origin: slack.url })).toBe(200);
  expect(slack.state().messages).toHaveLength(1);
});

test("requests that say nothing useful are refused with a reason", async () => {
  await using slack = await workspace();

  expect([
    await act(slack, "/compose", { channel: QUALITY.id, text: "  " }),
    await act(slack, "/compose", { channel: "C0NOWHERE", text: "Hello" }),
  ]).toEqual([
    { status: 400, answer: { ok: false, error: "There is nothing to send." } },
    {
      status: 404,
      answer: { ok: false, error: "There is no channel C0NOWHERE." },
    },
  ]);
  expect((await act(slack, "/compose", { text: "Hello" })).status).toBe(400);
  expect((await act(slack, "/press", [])).status).toBe(400);
});

test("a body beyond Slack's limit is refused", async () => {
  await using slack = await workspace();

  expect(
    (await act(slack, "/compose", { text: "x".repeat(4_000_001) })).status,
  ).toBe(413);
});

test("an open page hears of every change, and does not keep the server from closing", async () => {
  const slack = await workspace();
  const events = await fetch(`${slack.url}/events`);
  const reader = events.body?.pipeThrough(new TextDecoderStream()).getReader();
  const hello = await reader?.read();

  await client(slack).chat.postMessage({ channel: QUALITY.id, text: "News" });
  const change = await reader?.read();

  expect(events.headers.get("content-type")).toBe("text/event-stream");
  expect([hello?.value, change?.value]).toEqual([
    "data: changed\n\n",
    "data: changed\n\n",
  ]);
  await slack[Symbol.asyncDispose]();
  await expect(reader?.read()).rejects.toThrow(/terminated/);
});
