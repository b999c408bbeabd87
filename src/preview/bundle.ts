import { fileURLToPath } from "node:url";
import { ActionableError } from "../core/errors.ts";

export interface Page {
  readonly html: string;
  readonly script: Uint8Array;
  readonly style: Uint8Array;
}

const SCRIPT = fileURLToPath(new URL("page/main.tsx", import.meta.url));
const STYLE = fileURLToPath(new URL("page/page.css", import.meta.url));

const HTML = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="color-scheme" content="light dark" />
    <title>phasewatch preview</title>
    <link rel="icon" href="data:," />
    <link rel="stylesheet" href="/page.css" />
    <script type="module" src="/page.js"></script>
  </head>
  <body>
    <div id="page"></div>
    <noscript>The preview workspace needs JavaScript.</noscript>
  </body>
</html>
`;

/** The browser itself sees to it that the page loads nothing from elsewhere. The block renderer sets styles on elements. */
export const PAGE_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

let built: Promise<Page> | null = null;

/** Builds the page in memory, once per process: its sources do not change while it runs. */
export function bundlePage(): Promise<Page> {
  built ??= build();
  return built;
}

async function build(): Promise<Page> {
  // Loaded here and not above: a bot that talks to the real Slack is installed without the preview's tools.
  const esbuild = await import("esbuild").catch((cause: unknown) => {
    throw new ActionableError(
      "The preview page cannot be built without esbuild",
      {
        hint: "Install the development dependencies too: npm ci --include=dev",
        cause,
      },
    );
  });
  const { outputFiles } = await esbuild.build({
    entryPoints: [SCRIPT, STYLE],
    bundle: true,
    minify: true,
    write: false,
    outdir: "/",
    format: "esm",
    target: "es2022",
    jsx: "automatic",
    define: { "process.env.NODE_ENV": '"production"' },
    legalComments: "none",
    logLevel: "silent",
  });
  const output = (extension: string) => {
    const file = outputFiles.find(({ path }) => path.endsWith(extension));
    if (file === undefined) throw new Error(`esbuild wrote no ${extension}`);
    return file.contents;
  };
  return { html: HTML, script: output(".js"), style: output(".css") };
}
