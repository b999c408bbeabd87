import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { DocumentAt } from "../../../src/core/facts.ts";
import { shareOut, type Owner } from "../../../src/core/judge/sharedClaims.ts";
import { factsOf, type Step } from "../../support/facts.ts";

const owner = (key: string, name: string, root = ".planning"): Owner => ({
  key,
  root,
  directory: `${root}/phases/${name}`,
});

const EIGHT = owner("8", "08-api");
const EIGHT_SIX = owner("8.6", "08.6-more");
const NINE = owner("9", "09-billing");
const BACKEND_EIGHT = owner("8", "08-jobs", "backend/.planning");
const OWNERS = [EIGHT, EIGHT_SIX, NINE, BACKEND_EIGHT];

const COVERAGE = "- Overall coverage: 74.6%\n";
const claiming = (...headings: readonly string[]) =>
  ["# Results", ...headings].map((line) => `${line}\n\n${COVERAGE}`).join("\n");

/** Which directory each claim goes to: `8` of `.planning` is "08-api", the repository null. */
function shares(
  path: string,
  text: string,
  {
    owners = OWNERS,
    subject = "",
  }: { owners?: readonly Owner[]; subject?: string } = {},
): Record<string, number> {
  return sharesOf([{ files: { [path]: text }, subject }], owners);
}

function sharesOf(steps: readonly Step[], owners: readonly Owner[]) {
  const { documents, history } = factsOf(steps);
  const shared = shareOut(documents, owners, history);
  return Object.fromEntries(
    [...shared].map(([directory, groups]) => [
      directory === null ? "repository" : directory,
      groups.reduce((sum, { claims }) => sum + claims.length, 0),
    ]),
  );
}

describe("a claim of a document outside of phase directories", () => {
  it("goes to the phase that its statement or its heading names", () => {
    expect(
      shares(
        ".planning/PROGRESS.md",
        claiming("## Phase 8", "## Phase 9: Billing"),
      ),
    ).toEqual({ repository: 1, [EIGHT.directory]: 1, [NINE.directory]: 1 });
  });

  it("goes else to the phase of the file's name: the decimal one where there is one", () => {
    const path = ".planning/PHASE_8_6_REPORT.md";
    expect(shares(path, claiming())).toEqual({ [EIGHT_SIX.directory]: 1 });
    expect(shares(path, claiming(), { owners: [EIGHT, NINE] })).toEqual({
      [EIGHT.directory]: 1,
    });
    expect(shares(path, claiming("## Phase 9"))).toEqual({
      [EIGHT_SIX.directory]: 1,
      [NINE.directory]: 1,
    });
  });

  it("stays with the repository where the name says a phase that has no directory, whoever committed it", () => {
    expect(
      shares(".planning/PHASE_7_REPORT.md", claiming(), {
        subject: "docs(08): report",
      }),
    ).toEqual({ repository: 1 });
    expect(shares(".planning/PROGRESS.md", claiming("## Phase 7"))).toEqual({
      repository: 2,
    });
  });

  it("goes for a STATE's own position to the phase that it says is current, not to that of the commit", () => {
    const current =
      "# State\n\n## Position\n\nPhase: 9 of 12\n\nStatus: ready\n\nOverall coverage: 74.6%\n\n## Issues\n\nOverall coverage: 20%\n";
    expect(
      shares(".planning/STATE.md", current, { subject: "docs(08-01): x" }),
    ).toEqual({ [NINE.directory]: 1, repository: 1 });
    expect(
      shares(".planning/STATE.md", claiming(), { subject: "docs(08-01): x" }),
    ).toEqual({ repository: 1 });
  });

  it("goes for a report to the phase of the commit that last changed it, for a roadmap to none", () => {
    const commit = { subject: "docs(08-01): x" };
    expect(shares(".planning/COVERAGE_REPORT.md", claiming(), commit)).toEqual({
      [EIGHT.directory]: 1,
    });
    expect(
      shares(".planning/COVERAGE_REPORT.md", claiming(), {
        subject: "docs: x",
      }),
    ).toEqual({ repository: 1 });
    expect(
      shares(
        ".planning/ROADMAP.md",
        "# Roadmap\n\n- [x] Overall coverage: 74.6%\n",
        commit,
      ),
    ).toEqual({ repository: 1 });
  });

  it("goes to no phase of another root, whose numbers are its own", () => {
    const text = claiming("## Phase 8");
    expect(shares("backend/.planning/PROGRESS.md", text)).toEqual({
      repository: 1,
      [BACKEND_EIGHT.directory]: 1,
    });
    expect(
      shares("backend/.planning/PROGRESS.md", claiming("## Phase 9")),
    ).toEqual({ repository: 2 });
    expect(
      shares(".planning/PROGRESS.md", text, { owners: [BACKEND_EIGHT] }),
    ).toEqual({ repository: 2 });
  });

  it("goes for a report beside its artifacts to the nearest root around it", () => {
    const text = claiming("## Phase 8");
    const report = "tests/coverage_reports/PROGRESS.md";
    expect(shares(`backend/${report}`, text)).toEqual({
      repository: 1,
      [BACKEND_EIGHT.directory]: 1,
    });
    expect(shares(`backend/${report}`, text, { owners: [EIGHT] })).toEqual({
      repository: 1,
      [EIGHT.directory]: 1,
    });
    expect(shares(report, text, { owners: [BACKEND_EIGHT] })).toEqual({
      repository: 2,
    });
    expect(shares(report, text)).toEqual({
      repository: 1,
      [EIGHT.directory]: 1,
    });
  });

  it("stays with the repository where several directories have that key", () => {
    expect(
      shares(".planning/PROGRESS.md", claiming("## Phase 8"), {
        owners: [EIGHT, owner("8", "08-old")],
      }),
    ).toEqual({ repository: 2 });
  });

  it("is none of a document that lies in a phase directory", () => {
    expect(shares(`${EIGHT.directory}/08-REPORT.md`, claiming())).toEqual({});
  });
});

describe("laws", () => {
  const paths = fc.constantFrom(
    ".planning/ROADMAP.md",
    ".planning/STATE.md",
    ".planning/PHASE_8_6_REPORT.md",
    ".planning/PROGRESS.md",
    "backend/.planning/STATE.md",
    "backend/tests/coverage_reports/PHASE_9_REPORT.md",
    `${EIGHT.directory}/08-01-SUMMARY.md`,
  );
  const lines = fc.constantFrom(
    "# Phase 8",
    "## Phase 9",
    "## Results",
    "Phase: 9 of 12\nStatus: Done",
    "- Overall coverage: 74.6%",
    "- [x] Phase 8.6 achieved 20% overall coverage",
    "- Phases 8-9: 30% overall coverage",
  );
  const stories = fc.uniqueArray(
    fc.record({
      path: paths,
      text: fc.array(lines, { maxLength: 8 }).map((all) => all.join("\n\n")),
      subject: fc.constantFrom("", "docs(08-01): x", "docs(9): x"),
    }),
    { selector: ({ path }) => path, maxLength: 6 },
  );
  const owners = fc.subarray([...OWNERS, owner("8", "08-old")]);
  const documentsOf = (
    steps: readonly { path: string; text: string; subject: string }[],
  ) =>
    factsOf(
      steps.map(({ path, text, subject }) => ({
        files: { [path]: text },
        subject,
      })),
    );
  const told = (document: DocumentAt, line: number) =>
    `${document.path}:${line}`;

  it("every claim of such a document is given out exactly once, to a directory that is there or to the repository", () => {
    fc.assert(
      fc.property(stories, owners, (steps, among) => {
        const { documents, history } = documentsOf(steps);
        const shared = shareOut(documents, among, history);
        const given = [...shared].flatMap(([, groups]) =>
          groups.flatMap(({ document, claims }) =>
            claims.map((claim) => told(document, claim.line)),
          ),
        );
        const made = documents
          .filter(({ place }) => place.directory === null)
          .flatMap((document) =>
            document.reading.claims.map(({ line }) => told(document, line)),
          );
        expect(given.toSorted()).toEqual(made.toSorted());
        const directories = among.map(({ directory }) => directory);
        for (const key of shared.keys()) {
          if (key !== null) expect(directories).toContain(key);
        }
      }),
      { numRuns: 300 },
    );
  });

  it("nothing depends on the order of documents and directories", () => {
    fc.assert(
      fc.property(stories, owners, (steps, among) => {
        const { documents, history } = documentsOf(steps);
        const flat = (shared: ReturnType<typeof shareOut>) =>
          [...shared]
            .flatMap(([key, groups]) =>
              groups.flatMap(({ document, claims }) =>
                claims.map(({ line }) => `${key} ${told(document, line)}`),
              ),
            )
            .toSorted();
        expect(
          flat(shareOut(documents.toReversed(), among.toReversed(), history)),
        ).toEqual(flat(shareOut(documents, among, history)));
      }),
      { numRuns: 200 },
    );
  });
});
