import { createGitFixture, type GitFixture, notUtf8 } from "./gitFixture.ts";

export interface ShopHistory {
  readonly fixture: GitFixture;
  /** Commit ids by the names used in the tests. */
  readonly commits: Readonly<Record<ShopCommit, string>>;
}

export type ShopCommit =
  | "start"
  | "plan"
  | "side"
  | "tie"
  | "merge"
  | "assets"
  | "modeOnly"
  | "removal"
  | "unrelated";

export const largeFile = new Uint8Array(3 * 1_048_576).map(
  (_, index) => (index * 31) % 251,
);
export const binaryFile = Uint8Array.from({ length: 256 }, (_, byte) => byte);

/**
 * The history of a small shop with what makes histories awkward: a merge, commits at the same second, a file that
 * only becomes executable, a deletion, a symlink, a submodule, names beyond ASCII and beyond UTF-8, 3 MB.
 */
export async function createShopHistory(): Promise<ShopHistory> {
  const fixture = await createGitFixture();
  const start = await fixture.commit({
    subject: "Start the shop",
    at: "2026-02-18T14:13:23Z",
    files: {
      "README.md": "# Shop\n",
      "phases/19-cart/19-PLAN.md":
        "---\nphase: 19\n---\ncoverage at least 80 %\n",
      "phases/20-checkout/20-PLAN.md": "---\nphase: 20\n---\n",
    },
  });
  const plan = await fixture.commit({
    subject: "Raise the cart's target",
    at: "2026-02-19T08:00:00Z",
    files: {
      "phases/19-cart/19-PLAN.md":
        "---\nphase: 19\n---\ncoverage at least 85 %\n",
    },
  });
  await fixture.git("tag", "--annotate", "--message=First", "v1.0", plan);
  const side = await fixture.commit({
    subject: "Summarise on the side",
    at: "2026-02-19T08:00:00Z",
    branch: "feature/summary",
    from: plan,
    files: { "phases/19-cart/19-SUMMARY.md": "Reached 83 %.\n" },
  });
  const tie = await fixture.commit({
    subject: "Report coverage\nin the same second",
    at: "2026-02-19T08:00:00Z",
    files: { "coverage/lcov.info": "SF:src/cart.ts\nend_of_record\n" },
  });
  const merge = await fixture.commit({
    subject: "Merge the summary",
    at: "2026-02-19T08:00:00Z",
    merge: side,
    files: { "phases/19-cart/19-SUMMARY.md": "Reached 83 %.\n" },
  });
  const assets = await fixture.commit({
    subject: "Añade imágenes ✓",
    at: "2026-03-01T00:00:00Z",
    files: {
      "assets/large.bin": largeFile,
      "assets/binary.bin": binaryFile,
      "assets/empty.txt": "",
      'phases/21-größe/日本語 "quoted"\ttab.md': "Größe\n",
      [`phases/22-odd/caf${notUtf8}.md`]: "latin-1 name\n",
      "current.md": { symlink: "phases/19-cart/19-PLAN.md" },
      "vendor/payments": { submodule: plan },
      "build.sh": "#!/bin/sh\n",
    },
  });
  const modeOnly = await fixture.commit({
    subject: "Make the build executable",
    at: "2026-03-02T00:00:00Z",
    files: { "build.sh": { executable: "#!/bin/sh\n" } },
  });
  const removal = await fixture.commit({
    subject: "Lösche Phase 20",
    at: "2026-03-03T00:00:00Z",
    files: { "phases/20-checkout/20-PLAN.md": null },
  });
  const unrelated = await fixture.commit({
    subject: "Say hello",
    at: "2026-03-04T00:00:00Z",
    files: { "README.md": "# Shop\n\nHello.\n" },
  });
  return {
    fixture,
    commits: {
      start,
      plan,
      side,
      tie,
      merge,
      assets,
      modeOnly,
      removal,
      unrelated,
    },
  };
}
