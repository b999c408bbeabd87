import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fixture, read, readReport, told } from "../../../support/readings.ts";

interface Entry {
  executed_lines?: number[];
  missing_lines?: number[];
  summary: Record<string, unknown>;
}

function entry(covered: number, total: number, more = {}): Entry {
  return {
    executed_lines: Array.from({ length: covered }, (_, line) => line + 1),
    missing_lines: [],
    summary: {
      covered_lines: covered,
      num_statements: total,
      percent_covered: total === 0 ? 100 : (covered / total) * 100,
      ...more,
    },
  };
}

function report(
  files: Record<string, unknown>,
  totals: unknown,
  more: object = {},
): object {
  return {
    meta: {
      format: 3,
      version: "7.13.4",
      timestamp: "2026-03-02T09:26:00.000001",
      branch_coverage: false,
    },
    files,
    totals,
    ...more,
  };
}

const sound = report(
  { "shop/cart.py": entry(2, 3), "shop/stock.py": entry(1, 4) },
  { covered_lines: 3, num_statements: 7, percent_covered: 300 / 7 },
);

describe("a report of coverage.py", () => {
  it("is read with its files, its totals and its own percentage", () => {
    expect(readReport(fixture("coverage-py-line.json"))).toEqual({
      format: "coverage.py",
      tool: "coverage.py 7.16.2",
      basis: "line",
      trust: "measured",
      trustWhy: null,
      percent: 1600 / 19,
      totals: {
        lines: { covered: 16, total: 19 },
        statements: null,
        branches: null,
        functions: null,
      },
      files: [
        { path: "shop/__init__.py", covered: 0, total: 0, branches: null },
        { path: "shop/cart.py", covered: 11, total: 12, branches: null },
        { path: "shop/stock.py", covered: 5, total: 7, branches: null },
      ],
      measuredAt: expect.stringMatching(/^2026-11-25T/),
      findings: [],
    });
  });

  it("counts lines and branches together when branches were measured", () => {
    const branched = readReport(fixture("coverage-py-branch.json"));

    expect(branched.basis).toBe("line+branch");
    expect(branched.percent).toBeCloseTo(((16 + 5) / (19 + 8)) * 100, 10);
    expect(branched.totals).toMatchObject({
      lines: { covered: 16, total: 19 },
      branches: { covered: 5, total: 8 },
    });
    expect(branched.files[1]).toEqual({
      path: "shop/cart.py",
      covered: 11,
      total: 12,
      branches: { covered: 3, total: 4 },
    });
    expect(branched.trust).toBe("measured");
  });

  it("has no percentage when there was nothing to cover", () => {
    const empty = readReport(
      report(
        { "shop/__init__.py": entry(0, 0) },
        { covered_lines: 0, num_statements: 0, percent_covered: 100 },
      ),
    );

    expect(empty.percent).toBeNull();
    expect(empty.trust).toBe("measured");
  });

  it("gives paths with / even when it was written on Windows", () => {
    const windows = readReport(
      report(
        { "shop\\cart.py": entry(1, 3) },
        { covered_lines: 1, num_statements: 3, percent_covered: 100 / 3 },
      ),
    );

    expect(windows.files[0]?.path).toBe("shop/cart.py");
  });

  it("computes the percentage when the totals state none", () => {
    const { percent } = readReport(
      report(
        { "shop/cart.py": entry(1, 8) },
        { covered_lines: 1, num_statements: 8 },
      ),
    );

    expect(percent).toBe(12.5);
  });

  it("says nothing of tool and time when its meta block does not", () => {
    const { tool, measuredAt, trust } = readReport({
      ...sound,
      meta: { version: 7 },
    });

    expect({ tool, measuredAt, trust }).toEqual({
      tool: null,
      measuredAt: null,
      trust: "measured",
    });
  });
});

describe("a report that contradicts itself", () => {
  it("is inconsistent when its files do not add up to its totals", () => {
    const { trust, trustWhy, findings } = readReport(
      report(
        { "shop/cart.py": entry(2, 3) },
        { covered_lines: 3, num_statements: 7, percent_covered: 300 / 7 },
      ),
    );

    expect(trust).toBe("inconsistent");
    expect(trustWhy).toBe(
      "Its totals say 3 of 7 lines, but its files add up to 2 of 3.",
    );
    expect(told(findings)).toEqual([`inconsistent: ${trustWhy}`]);
  });

  it("is inconsistent when its branches do not add up", () => {
    const { trustWhy } = readReport(
      report(
        { "a.py": entry(2, 3, { percent_covered: undefined }) },
        {
          covered_lines: 2,
          num_statements: 3,
          covered_branches: 1,
          num_branches: 2,
        },
      ),
    );

    expect(trustWhy).toBe(
      "Its totals say 1 of 2 branches, but its files add up to 0 of 0.",
    );
  });

  it("is inconsistent when a percentage is not that of its counts", () => {
    const { trust, trustWhy, percent } = readReport(
      report(
        { "shop/cart.py": entry(1, 3) },
        { covered_lines: 1, num_statements: 3, percent_covered: 53.1234 },
      ),
    );

    expect(trust).toBe("inconsistent");
    expect(percent).toBe(53.1234);
    expect(trustWhy).toBe("The report says 53.12 %, but 1 of 3 are 33.33 %.");
  });

  it("names the file whose percentage is wrong", () => {
    const { trustWhy } = readReport(
      report(
        { "shop/cart.py": entry(1, 3, { percent_covered: 53.1234 }) },
        { covered_lines: 1, num_statements: 3, percent_covered: 100 / 3 },
      ),
    );

    expect(trustWhy).toBe("shop/cart.py says 53.12 %, but 1 of 3 are 33.33 %.");
  });

  it("bears a difference of a twentieth of a point", () => {
    const { trust } = readReport(
      report(
        { "shop/cart.py": entry(1, 3) },
        { covered_lines: 1, num_statements: 3, percent_covered: 33.38123 },
      ),
    );

    expect(trust).toBe("measured");
  });

  it.each([
    ["has only a percentage", { summary: { percent_covered: 40 } }],
    ["covers more lines than it has", entry(4, 3)],
    ["has a negative count", entry(-1, 3)],
    ["is no object", 40],
  ])("leaves out a file that %s, and says so", (_, file) => {
    const { files, trust, findings } = readReport(
      report(
        { "shop/cart.py": entry(1, 3), "shop/odd.py": file },
        { covered_lines: 1, num_statements: 3, percent_covered: 100 / 3 },
      ),
    );

    expect(files.map(({ path }) => path)).toEqual(["shop/cart.py"]);
    expect(told(findings)).toContain(
      "structure: shop/odd.py has no summary with covered_lines and num_statements that can be counts; it is left out.",
    );
    expect(trust).toBe("inconsistent");
  });

  it("is added up from its files when its totals are no counts", () => {
    const { totals, percent, trust, trustWhy } = readReport(
      report(
        { "a.py": entry(1, 3), "b.py": entry(2, 5) },
        { covered_lines: "many", num_statements: 8 },
      ),
    );

    expect(totals.lines).toEqual({ covered: 3, total: 8 });
    expect(percent).toBe(37.5);
    expect(trust).toBe("inconsistent");
    expect(trustWhy).toBe(
      "It has no totals that can be counts, so its files were added up.",
    );
  });

  it("is added up from its files, branches too, when it has no totals at all", () => {
    const branches = { covered_branches: 1, num_branches: 2 };
    const file = entry(1, 2, { ...branches, percent_covered: 50 });
    const { totals, percent } = readReport(
      report({ "a.py": file, "b.py": file }, undefined),
    );

    expect(totals.branches).toEqual({ covered: 2, total: 4 });
    expect(percent).toBe(50);
  });
});

describe("a report that was made up", () => {
  const handWritten = `{
  "files": {
    "shop/cart.py": {
      "summary": { "num_statements": 2000, "covered_lines": 398, "percent_covered": 19.9 },
      "summary": { "num_statements": 2000, "covered_lines": 398, "percent_covered": 19.9 }
    },
    "shop/stock.py": {
      "summary": { "num_statements": 1500, "covered_lines": 372, "percent_covered": 24.8 }
    }
  },
  "totals": { "num_statements": 3500, "covered_lines": 770, "percent_covered": 22.0 },
  "note": "Estimated from line counts."
}`;

  it("is an estimate, and every sign of it is named", () => {
    const { trust, trustWhy, percent, files } = readReport(handWritten);

    expect(trust).toBe("estimated");
    expect(trustWhy).toBe(
      [
        "It is an estimate: its “note” reads “Estimated from line counts.”.",
        "It has no meta block, which coverage.py always writes.",
        "No file lists its executed lines.",
        "The key “summary” is there twice in one object (line 5).",
      ].join(" "),
    );
    expect(percent).toBe(22);
    expect(files).toHaveLength(2);
  });

  it("tells of the key that is there twice, with its line", () => {
    const { findings } = readReport(handWritten);

    expect(findings[0]).toEqual({
      kind: "inconsistent",
      path: "coverage.json",
      line: 5,
      message:
        "The key “summary” is there twice in one object; the last one counts. Remove the other.",
    });
  });

  it("is known by percentages that are all rounded", () => {
    const { trust, trustWhy } = readReport(
      report(
        {
          "a.py": entry(1, 3, { percent_covered: 33.3 }),
          "b.py": entry(0, 0),
          "c.py": entry(1, 4, { percent_covered: undefined }),
        },
        { covered_lines: 2, num_statements: 7, percent_covered: 28.6 },
      ),
    );

    expect(trust).toBe("estimated");
    expect(trustWhy).toBe(
      "All its percentages are rounded, and coverage.py does not round.",
    );
  });

  it("is not suspected for percentages that happen to be round", () => {
    const { trust } = readReport(
      report(
        { "a.py": entry(1, 4) },
        { covered_lines: 1, num_statements: 4, percent_covered: 25 },
      ),
    );

    expect(trust).toBe("measured");
  });

  it("is an estimate first, even when it contradicts itself too", () => {
    const { trust, trustWhy } = readReport({
      ...sound,
      meta: undefined,
      totals: { covered_lines: 9, num_statements: 9 },
    });

    expect(trust).toBe("estimated");
    expect(trustWhy).toContain("its files add up to 3 of 7");
  });
});

describe("what is not of coverage.py", () => {
  it.each([
    ["files without measurements", { files: { "a.py": { size: 3 } } }],
    ["an empty list of files", { files: {} }],
    ["totals of something else", { files: {}, totals: { price: 3 } }],
    ["files that are no object", { files: [1], totals: {} }],
  ])("is not read: %s", (_, value) => {
    expect(read(value).kind).toBe("none");
  });
});

describe("laws of coverage.py reports", () => {
  const counts = fc
    .tuple(fc.nat(5000), fc.nat(5000))
    .map(([a, b]) => ({ covered: Math.min(a, b), total: Math.max(a, b) }));
  const files = fc.dictionary(fc.stringMatching(/^[a-z]{1,8}\.py$/), counts, {
    minKeys: 1,
    maxKeys: 12,
  });

  it("a measured report has totals that equal the sum of its files", () => {
    fc.assert(
      fc.property(files, counts, fc.boolean(), (sizes, wrong, lies) => {
        const all = Object.values(sizes);
        const sum = {
          covered: all.reduce((n, { covered }) => n + covered, 0),
          total: all.reduce((n, { total }) => n + total, 0),
        };
        const totals = lies ? wrong : sum;
        const whole = readReport(
          report(
            Object.fromEntries(
              Object.entries(sizes).map(([path, { covered, total }]) => [
                path,
                entry(covered, total),
              ]),
            ),
            { covered_lines: totals.covered, num_statements: totals.total },
          ),
        );

        const added = {
          covered: whole.files.reduce((n, { covered }) => n + covered, 0),
          total: whole.files.reduce((n, { total }) => n + total, 0),
        };
        expect(added).toEqual(sum);
        const agrees =
          whole.totals.lines?.covered === added.covered &&
          whole.totals.lines.total === added.total;
        expect(whole.trust !== "inconsistent").toBe(agrees);
        expect(whole.percent ?? 0).toBeGreaterThanOrEqual(0);
        expect(whole.percent ?? 0).toBeLessThanOrEqual(100);
      }),
    );
  });
});
