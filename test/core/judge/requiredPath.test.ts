import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  baseOf,
  isPath,
  locate,
  presentIn,
} from "../../../src/core/judge/requiredPath.ts";

const PRESENT = presentIn(
  new Map(
    [
      "backend/core/engine.py",
      "backend/core/models.py",
      "api/models.py",
      "src/cart.ts",
      "app/[id]/page.tsx",
      "Dockerfile",
    ].map((path) => [path, ""]),
  ),
);

function find(written: string, base = "") {
  const place = locate(written, base, PRESENT);
  return place.kind === "unclear" ? place.why : `${place.kind} ${place.path}`;
}

describe("a path", () => {
  it.each([
    ["src/cart.ts", "file src/cart.ts"],
    ["./src/cart.ts", "file src/cart.ts"],
    ["`src/cart.ts`", "file src/cart.ts"],
    ["src/cart.ts:12", "file src/cart.ts"],
    ["src/cart.ts:12-40", "file src/cart.ts"],
    ["src/cart.ts#L12", "file src/cart.ts"],
    ["src/cart.ts::Cart::total", "file src/cart.ts"],
    ["src/cart.ts (new)", "file src/cart.ts"],
    ["src/cart.ts # the cart", "file src/cart.ts"],
    ["app/[id]/page.tsx", "file app/[id]/page.tsx"],
    ["Dockerfile", "file Dockerfile"],
    ["src/", "directory src"],
    ["backend", "directory backend"],
    ["/home/somebody/shop/src/cart.ts", "file src/cart.ts"],
    ["~/shop/src/cart.ts", "file src/cart.ts"],
    ["C:/shop/src/cart.ts", "file src/cart.ts"],
    ["src/gone.ts", "absent src/gone.ts"],
  ])("%s is %s", (written, found) => {
    expect(find(written)).toBe(found);
  });

  it("below the directory of its planning root is found there, else from the repository's root", () => {
    expect(find("core/engine.py", "backend/")).toBe(
      "file backend/core/engine.py",
    );
    expect(find("src/cart.ts", "backend/")).toBe("file src/cart.ts");
    expect(baseOf("backend/.planning")).toBe("backend/");
    expect(baseOf(".planning")).toBe("");
  });

  it("that is found elsewhere is unclear, with the places it may mean", () => {
    expect(find("core/engine.py")).toBe(
      "The tree has no core/engine.py at that place, but backend/core/engine.py; write the path from the repository's root.",
    );
    expect(find("models.py")).toContain(
      "but backend/core/models.py, api/models.py; write",
    );
    const many = presentIn(
      new Map(["a", "b", "c", "d"].map((name) => [`${name}/index.ts`, ""])),
    );
    expect(locate("index.ts", "", many)).toMatchObject({
      why: expect.stringContaining("c/index.ts and 1 more") as string,
    });
    expect(find("ngine.py")).toBe("absent ngine.py");
  });

  it.each([
    ["all Phase 19 tests", "“all Phase 19 tests” is prose, not a path."],
    ["tests", "“tests” is prose, not a path."],
    [
      "src/**/*.ts",
      "“src/**/*.ts” stands for several files; GSD looks for one of exactly that name.",
    ],
    [
      "src/{a,b}.ts",
      "“src/{a,b}.ts” stands for several files; GSD looks for one of exactly that name.",
    ],
    [
      "src/a.ts, src/b.ts",
      "“src/a.ts, src/b.ts” names several files; give each its own entry.",
    ],
    [
      "src/a.ts and src/b.ts",
      "“src/a.ts and src/b.ts” names several files; give each its own entry.",
    ],
    [
      "/opt/other/place.py",
      "“/opt/other/place.py” is a place on one machine, and no part of it is in the tree.",
    ],
    [
      "migrations/xxxx_add_total.py",
      "“migrations/xxxx_add_total.py” holds a placeholder; write the file's name.",
    ],
    [
      "reports/YYYY-MM-DD.md",
      "“reports/YYYY-MM-DD.md” holds a placeholder; write the file's name.",
    ],
    ["a".repeat(501), "This is too long to be a path."],
  ])("is none in %s", (written, why) => {
    expect(find(written)).toBe(why);
  });
});

it("tells paths from prose", () => {
  expect(
    ["backend/core/x.py", "coverage.json", "app/[id]/page.tsx", "core/"].map(
      isPath,
    ),
  ).toEqual([true, true, true, true]);
  expect(
    ["all Phase 19 tests", "core", "/etc/passwd", "a//b", ""].map(isPath),
  ).toEqual([false, false, false, false, false]);
});

it("knows every directory of a tree, and no others", () => {
  const paths = new Map(
    ["a/b/c.py", "a/b/d/e.py", "f.py", "/rooted.py"].map((path) => [path, ""]),
  );
  expect([...presentIn(paths).directories].toSorted()).toEqual([
    "a",
    "a/b",
    "a/b/d",
  ]);
});

it("never throws, and takes hostile text in a moment", () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (written, base) => {
      locate(written, base, PRESENT);
    }),
  );
  const started = performance.now();
  for (const text of ["a.b,", "a.b ", "/a", "(", " #", "::a"]) {
    locate(text.repeat(120), "", PRESENT);
    locate(text.repeat(20_000), "", PRESENT);
  }
  expect(performance.now() - started).toBeLessThan(1_000);
});
