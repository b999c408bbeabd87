import { expect, test } from "vitest";
import { linkTo, webPageOf } from "../../src/repositories/webPage.ts";

test.each([
  [
    "https://github.com/acme/shop.git",
    "https://github.com/acme/shop/blob/abc/docs/a%20b.md#L7",
  ],
  [
    "https://github.example.com/acme/shop/",
    "https://github.example.com/acme/shop/blob/abc/docs/a%20b.md#L7",
  ],
  [
    "https://gitlab.com/group/sub/shop.git",
    "https://gitlab.com/group/sub/shop/-/blob/abc/docs/a%20b.md#L7",
  ],
])("a file of %s is seen at %s", (url, expected) => {
  const page = webPageOf(url);
  expect(
    page && linkTo(page, { commit: "abc", path: "docs/a b.md", line: 7 }),
  ).toBe(expected);
});

test("a commit has a page of its own", () => {
  const page = webPageOf("https://gitlab.com/acme/shop");
  expect(page && linkTo(page, { commit: "abc" })).toBe(
    "https://gitlab.com/acme/shop/-/commit/abc",
  );
});

test.each([
  "https://git.example/acme/shop.git",
  "https://notgithub.example/acme/shop.git",
  "file:///srv/github/shop.git",
  "git@github.com:acme/shop.git",
])("%s has no page that we know of", (url) => {
  expect(webPageOf(url)).toBe(null);
});
