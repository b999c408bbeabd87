import { defineConfig } from "vitest/config";

const major = Number(process.versions.node.split(".")[0]);
if (major < 24) {
  throw new Error(
    `phasewatch's tests need Node 24 and this is ${process.version}. Run them as "npm test": it uses the Node of node_modules.`,
  );
}

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    testTimeout: 20_000,
    coverage: {
      provider: "v8",
      include: ["src/**"],
      exclude: ["src/preview/page/**"],
      reporter: ["text-summary", "json-summary"],
    },
  },
});
