// node examples/picture.ts: makes docs/answer.png, the README's picture, from the preview itself.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pino } from "pino";
import { chromium } from "playwright-core";
import { parseConfig } from "../src/config.ts";
import { startPreview } from "../src/preview/preview.ts";

/** Up to the commit at which the gaps of phase 19 have been found and planned. */
const STEPS = 9;

const directory = mkdtempSync(join(tmpdir(), "phasewatch-picture-"));
const { config } = parseConfig({
  env: { PORT: "0" },
  file: null,
  readSecret: () => "",
});
const preview = await startPreview(config, {
  directory,
  cwd: directory,
  reset: false,
  log: pino({ level: "silent" }),
  instance: { owner: "picture", isDead: () => false },
});
const browser = await chromium.launch({
  executablePath: "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu"],
});
const page = await browser.newPage({
  viewport: { width: 1240, height: 980 },
  deviceScaleFactor: 1.5,
});
await page.goto(preview.workspace.url);
for (let step = 0; step < STEPS; step++) {
  const before = preview.workspace.state().story.step;
  await page.getByTestId("next-commit").click();
  await preview.workspace.waitFor(
    ({ story, advancing }) => story.step > before && !advancing,
    20_000,
  );
}
await page.getByTestId("composer").fill("/coverage phase 19");
await page.getByTestId("composer").press("Enter");
await page.getByText("Only visible to you").last().waitFor();
await page.waitForTimeout(500);
await page
  .getByTestId("messages")
  .evaluate((element) => element.scrollTo(0, element.scrollHeight));
await page.screenshot({
  path: join(import.meta.dirname, "../docs/answer.png"),
});
await browser.close();
await preview[Symbol.asyncDispose]();
rmSync(directory, { recursive: true, force: true });
