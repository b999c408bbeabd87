import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  readDocument,
  type DocumentReading,
} from "../../../src/core/planning/document.ts";
import { placeOf } from "../../../src/core/planning/documentKind.ts";

const SHARED = fileURLToPath(new URL("../../../../shared/", import.meta.url));
const SEEDS = join(SHARED, "seeds");
const BUNDLE = join(SHARED, "data", "atom-early.bundle");

/** The documents that the product was made for; they are not part of this repository. */
describe.skipIf(!existsSync(SEEDS))("the seed documents", () => {
  function seed(name: string): string {
    return readFileSync(join(SEEDS, name), "utf8");
  }

  it("lose nothing to the three YAML errors of a verification", () => {
    const { verification, findings } = readDocument(
      "verification",
      seed("12-tier-1-coverage-push-VERIFICATION.md"),
    );
    expect(findings.map(({ kind, line }) => [kind, line])).toEqual([
      ["front_matter", 10],
      ["front_matter", 11],
      ["front_matter", 12],
    ]);
    expect(verification).toMatchObject({
      rawStatus: "gaps_closed_partial",
      status: "gaps_found",
      score: { verified: 3, total: 6 },
    });
    const gaps = verification?.gaps ?? [];
    expect(gaps.some(({ open }) => open)).toBe(true);
    for (const { status, open } of gaps) {
      expect(open).toBe(status !== "verified");
    }
  });

  it("give the promises of a plan", () => {
    const { plan, targets, findings } = readDocument(
      "plan",
      seed("19-09-PLAN.md"),
    );
    expect(findings).toEqual([]);
    expect(plan).toMatchObject({ wave: 3, gapClosure: true });
    expect(plan?.truths).toHaveLength(4);
    expect(plan?.requiredFiles).toHaveLength(3);
    expect(plan?.keyLinks).toHaveLength(1);
    expect(targets).toContainEqual(
      expect.objectContaining({ op: "range", value: 25, upper: 27, from: 22 }),
    );
  });
});

describe.skipIf(!existsSync(BUNDLE))("the documents of a real history", () => {
  const directory = mkdtempSync(join(tmpdir(), "phasewatch-documents-"));
  const git = (...args: string[]): string =>
    execFileSync("git", args, { cwd: directory, maxBuffer: 1e9 }).toString();
  const documents: {
    path: string;
    lines: number;
    reading: DocumentReading;
  }[] = [];
  let milliseconds = 0;

  beforeAll(() => {
    git("clone", "--quiet", "--bare", BUNDLE, ".");
    const texts = git("ls-tree", "-r", "--name-only", "HEAD")
      .split("\n")
      .flatMap((path) => {
        const place = placeOf(path);
        return place
          ? [{ path, place, text: git("show", `HEAD:${path}`) }]
          : [];
      });
    const started = performance.now();
    for (const { path, place, text } of texts) {
      const lines = text.split(/\r\n|\n|\r/).length;
      documents.push({ path, lines, reading: readDocument(place.kind, text) });
    }
    milliseconds = performance.now() - started;
  }, 60_000);
  afterAll(() => rmSync(directory, { recursive: true, force: true }));

  it("are all read, in a moment", () => {
    expect(documents.length).toBeGreaterThan(500);
    // Three seconds on an idle machine; the rest is for busy ones.
    expect(milliseconds).toBeLessThan(15_000);
  });

  it("are told about at lines that they have", () => {
    for (const { path, lines, reading } of documents) {
      for (const { line } of reading.findings) {
        if (line === null) continue;
        expect(line, path).toBeGreaterThanOrEqual(1);
        expect(line, path).toBeLessThanOrEqual(lines);
      }
    }
  });

  it("give every plan its promises, broken front matter or not", () => {
    const plans = documents.filter(({ reading }) => reading.kind === "plan");
    const broken = plans.filter(({ reading }) => reading.findings.length > 0);
    const promised = ({ reading }: (typeof plans)[number]) =>
      (reading.plan?.truths.length ?? 0) > 0;
    expect(broken.length).toBeGreaterThan(20);
    // One is no plan but an excerpt of a roadmap.
    expect(broken.filter((plan) => !promised(plan)).length).toBeLessThan(2);
  });

  it("give every verification a status", () => {
    for (const { path, reading } of documents) {
      if (reading.verification === null) continue;
      expect(reading.verification.status, path).not.toBe("unknown");
    }
  });

  it("name phases without status words", () => {
    const names = documents.flatMap(({ reading }) =>
      (reading.roadmap?.phases ?? []).map(({ name }) => name),
    );
    expect(names.length).toBeGreaterThan(50);
    for (const name of names) {
      expect(name).not.toMatch(/COMPLETE|ACHIEVED|\(NEW\)|[✅⚠~*]/u);
    }
  });
});
