import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium, type Browser, type Page } from "playwright-core";
import { pino } from "pino";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parseConfig } from "../../src/config.ts";
import { startPreview, type Preview } from "../../src/preview/preview.ts";
import type { ShownMessage } from "../../src/preview/timeline.ts";

const CHROMIUM = ["/usr/bin/chromium", "/usr/bin/chromium-browser"].find(
  (path) => existsSync(path),
);

describe.skipIf(!CHROMIUM)("the preview in a browser", () => {
  const directory = mkdtempSync(join(tmpdir(), "phasewatch-preview-"));
  let preview: Preview;
  let browser: Browser;
  let page: Page;
  const outside: string[] = [];

  beforeAll(async () => {
    const { config } = parseConfig({
      env: { PORT: "0" },
      file: null,
      readSecret: () => "",
    });
    preview = await startPreview(config, {
      directory,
      cwd: directory,
      reset: false,
      log: pino({ level: "silent" }),
      instance: { owner: "test", isDead: () => false },
    });
    browser = await chromium.launch({
      ...(CHROMIUM ? { executablePath: CHROMIUM } : {}),
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    });
    page = await browser.newPage({ viewport: { width: 1200, height: 900 } });
    page.on("request", (request) => {
      if (!request.url().startsWith(preview.workspace.url)) {
        outside.push(request.url());
      }
    });
    await page.goto(preview.workspace.url);
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    await preview?.[Symbol.asyncDispose]();
    rmSync(directory, { recursive: true, force: true });
  });

  const ask = async (text: string) => {
    const before = preview.workspace.state().messages.length;
    await page.getByTestId("composer").fill(text);
    const start = performance.now();
    await page.getByTestId("composer").press("Enter");
    const state = await preview.workspace.waitFor(({ messages }) =>
      messages.slice(before).some(({ author }) => author === "bot"),
    );
    const answer = state.messages
      .slice(before)
      .find(({ author }) => author === "bot");
    await page.locator(`[data-ts="${answer?.ts}"]`).waitFor();
    return { answer, ms: performance.now() - start };
  };

  test("answers /coverage phase 19 on the page in under 300 ms", async () => {
    await ask("/coverage help");
    const times: number[] = [];
    for (let round = 0; round < 3; round++) {
      const { answer, ms } = await ask("/coverage phase 19");
      expect(answer?.text).toMatch(/^Phase 19 · Coverage push and bug fixes/);
      expect(answer?.onlyYou).toBe(true);
      times.push(ms);
    }
    // The best of three: what the machine does beside it is not what is measured.
    expect(Math.min(...times)).toBeLessThan(300);
    await expect
      .poll(() => page.getByTestId("messages").innerText())
      .toContain("Coverage push and bug fixes");
  });

  test("shares an answer with the channel by its button", async () => {
    await page.getByRole("button", { name: "Share" }).last().click();
    const { messages } = await preview.workspace.waitFor(({ messages: all }) =>
      all.some(({ author, onlyYou }) => author === "bot" && !onlyYou),
    );
    expect(messages.at(-1)).toMatchObject({ onlyYou: false });
  });

  test("refuses a wrong word with the word, the usage and an example", async () => {
    const { answer } = await ask("/coverage fase 19");
    expect(answer?.text).toContain("fase");
    expect(answer?.text).toContain("/coverage phase 19");
    expect(answer?.onlyYou).toBe(true);
  });

  test(
    "tells the story: every incident one message, edited in place",
    { timeout: 120_000 },
    async () => {
      const steps = preview.workspace.state().story.steps;
      for (
        let step = preview.workspace.state().story.step;
        step < steps;
        step++
      ) {
        const next = page.getByTestId("next-commit");
        await expect.poll(() => next.isEnabled()).toBe(true);
        await next.click();
        await preview.workspace.waitFor(
          ({ story, advancing }) => story.step > step && !advancing,
          30_000,
        );
      }
      await expect
        .poll(async () => {
          const counts = await preview.app.store.deliveries.counts();
          return (counts["pending"] ?? 0) + (counts["sending"] ?? 0);
        })
        .toBe(0);
      const { messages } = preview.workspace.state();
      const alerts = messages.filter(
        ({ metadata, threadTs }) => metadata !== null && threadTs === null,
      );
      const saying = (pattern: RegExp) =>
        alerts.filter(({ text }) => pattern.test(text.split("\n")[0] ?? ""));

      const phases = saying(/^Phase \d+ ·/);
      expect(phases.length).toBeGreaterThanOrEqual(2);
      expect(phases.every(wasEdited)).toBe(true);
      const gaps = saying(/Target (?:met|missed)/);
      expect(gaps.length).toBeGreaterThanOrEqual(1);
      expect(gaps.some(wasEdited)).toBe(true);
      const contradictions = saying(/Claim and measurement differ/);
      expect(contradictions.length).toBeGreaterThanOrEqual(1);
      expect(contradictions.some(wasEdited)).toBe(true);
      const [regression, second] = saying(/Coverage (?:down|back)/);
      expect(second).toBeUndefined();
      expect(regression?.text).toMatch(/^Resolved · /);
      expect(regression && wasEdited(regression)).toBe(true);

      const incidents = await preview.app.store.incidents.list("acme/shop");
      const ids = messages.map(
        ({ metadata }) => metadata?.event_payload["id"] ?? null,
      );
      expect(new Set(ids.filter(Boolean)).size).toBe(
        ids.filter(Boolean).length,
      );
      expect(alerts.length).toBeLessThanOrEqual(incidents.length);
      await expect
        .poll(() => page.getByTestId("messages").innerText())
        .toContain("Resolved");
    },
  );

  test("asks nothing of any other server", () => {
    expect(outside).toEqual([]);
  });
});

function wasEdited({ editedTs }: ShownMessage): boolean {
  return editedTs !== null;
}
