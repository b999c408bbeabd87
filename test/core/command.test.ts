import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { TOPICS } from "../../src/core/news.ts";
import {
  commandText,
  MANUAL,
  nearest,
  parseCommand,
} from "../../src/core/command.ts";
import type { Command, Question } from "../../src/core/command.ts";

function read(text: string): Command {
  const parsed = parseCommand(text);
  if (parsed.kind === "error") throw new Error(parsed.message);
  return parsed.command;
}

function refusal(text: string): string {
  const parsed = parseCommand(text);
  if (parsed.kind !== "error") throw new Error(`“${text}” was understood`);
  return parsed.message;
}

const repository = null;

describe("a command", () => {
  test.each<[string, Command]>([
    ["", { name: "status", repository }],
    ["  ", { name: "status", repository }],
    ["status", { name: "status", repository }],
    ["status acme/shop", { name: "status", repository: "acme/shop" }],
    ["acme/shop", { name: "status", repository: "acme/shop" }],
    ["STATUS", { name: "status", repository }],
    ["phase 19", { name: "phase", key: "19", plan: null, repository }],
    ["phase 019", { name: "phase", key: "019", plan: null, repository }],
    [
      "phase 19.1 acme/shop",
      { name: "phase", key: "19.1", plan: null, repository: "acme/shop" },
    ],
    ["phase GAP-03", { name: "phase", key: "GAP-03", plan: null, repository }],
    [
      "phase 19 plan 19-09",
      { name: "phase", key: "19", plan: "19-09", repository },
    ],
    [
      "phase 19 plan 09 shop",
      { name: "phase", key: "19", plan: "09", repository: "shop" },
    ],
    [
      'phase "Coverage push"',
      { name: "phase", key: "Coverage push", plan: null, repository },
    ],
    ["phases", { name: "phases", filter: "all", repository }],
    ["phases failing", { name: "phases", filter: "failing", repository }],
    [
      "phases Open acme/shop",
      { name: "phases", filter: "open", repository: "acme/shop" },
    ],
    [
      "phases acme/shop",
      { name: "phases", filter: "all", repository: "acme/shop" },
    ],
    ["gaps", { name: "gaps", phase: null, top: null, repository }],
    ["gaps phase 19 top:5", { name: "gaps", phase: "19", top: 5, repository }],
    [
      "gaps top:5 phase 19 acme/shop",
      { name: "gaps", phase: "19", top: 5, repository: "acme/shop" },
    ],
    [
      "claims",
      { name: "claims", phase: null, contradicted: false, repository },
    ],
    [
      "claims contradicted phase 19",
      { name: "claims", phase: "19", contradicted: true, repository },
    ],
    [
      "subscribe acme/shop",
      { name: "subscribe", repository: "acme/shop", topics: TOPICS },
    ],
    [
      "subscribe acme/shop gaps claims gaps",
      {
        name: "subscribe",
        repository: "acme/shop",
        topics: ["gaps", "claims"],
      },
    ],
    [
      "unsubscribe acme/shop",
      { name: "unsubscribe", repository: "acme/shop", topics: null },
    ],
    [
      "unsubscribe acme/shop phases",
      { name: "unsubscribe", repository: "acme/shop", topics: ["phases"] },
    ],
    ["list", { name: "list" }],
    ["digest off", { name: "digest", schedule: null, timezone: null }],
    ["digest preview", { name: "digestPreview" }],
    [
      "digest daily 9:05",
      { name: "digest", schedule: "daily 09:05", timezone: null },
    ],
    [
      "digest weekdays 09:00 Europe/Berlin",
      { name: "digest", schedule: "weekdays 09:00", timezone: "Europe/Berlin" },
    ],
    [
      "digest weekly Monday 23:59 utc",
      { name: "digest", schedule: "weekly mon 23:59", timezone: "UTC" },
    ],
    ["help", { name: "help", topic: null }],
    ["help Phase", { name: "help", topic: "phase" }],
    ["doctor", { name: "doctor" }],
  ])("“%s” is understood", (text, command) => {
    expect(read(text)).toEqual(command);
  });

  test.each(Object.values(MANUAL).map(({ example }) => example))(
    "the manual's own “%s” is understood",
    (example) => {
      expect(() => read(example.replace("/coverage", ""))).not.toThrow();
    },
  );
});

describe("what Slack and keyboards make of text", () => {
  test.each<[string, string]>([
    ["curly quotes", "phase “Coverage push”"],
    ["no-break and narrow spaces", "phase\u00A0\u202F“Coverage\u00A0push”"],
    ["invisible characters", 'pha\u200Bse\u2069 "Coverage push"\uFEFF'],
    ["formatting that came with a paste", '*phase* _"Coverage push"_'],
  ])("%s change nothing", (_, text) => {
    expect(read(text)).toEqual(read('phase "Coverage push"'));
  });

  test("dashes are hyphens", () => {
    expect(read("phase 19 plan 19–09")).toEqual(read("phase 19 plan 19-09"));
  });

  test.each([
    "<https://github.com/acme/shop>",
    "<https://github.com/acme/shop|github.com/acme/shop>",
    "https://github.com/acme/shop.git",
    "https://www.github.com/acme/shop/",
    "`acme/shop`",
  ])("a repository may come as %s", (text) => {
    expect(read(`status ${text}`)).toEqual(read("status acme/shop"));
  });

  test("a slug that Slack took for a host is the slug", () => {
    expect(read("phase <http://api.io|api.io>")).toEqual(read("phase api.io"));
  });

  test("escaped signs are the signs", () => {
    expect(read("subscribe acme/shop regressions:&gt;=1pp")).toEqual({
      name: "later",
      word: "regressions:>=1pp",
    });
    expect(read('phase "R&amp;D"')).toEqual(read('phase "R&D"'));
  });
});

describe("what this version does not have", () => {
  test.each([
    ["trend 30d", "trend"],
    ["Mute all 1d", "mute"],
    ["help compare", "compare"],
    ["subscribe acme/shop gaps branch:main", "branch:main"],
    ["subscribe acme/shop path:core/**", "path:core/"],
    ["subscribe acme/shop phases:19,20", "phases:19,20"],
  ])("“%s” is said to come later", (text, word) => {
    expect(read(text)).toEqual({ name: "later", word });
  });
});

describe("an error names the word that was wrong", () => {
  test.each([
    ["phse 19", "There is no command “phse”. Did you mean “phase”?"],
    ["xyzzy", "There is no command “xyzzy”."],
    ["19", "There is no command “19”. Did you mean “phase 19”?"],
    ["acme/shop failing", "There is no command “acme/shop”."],
    ["a/b/c", "There is no command “a/b/c”."],
    ["phase", "Which phase?"],
    ["phase 19 plan", "Which plan? No id follows “plan”."],
    ["phase 19 paln 09", "“paln” fits nowhere here. Did you mean “plan”?"],
    ["phase 19 acme/shop now", "“now” is one word too many."],
    ["phases faling", "“faling” fits nowhere here. Did you mean “failing”?"],
    ["phases a!bcdef", "“a!bcdef” fits nowhere here."],
    ["gaps phase", "Which phase? No number follows “phase”."],
    ["gaps phase top:5", "Which phase? No number follows “phase”."],
    ["gaps top:0", "“top:0” is no number of gaps: “top:” takes 1 to 999."],
    ["gaps top:", "“top:” is no number of gaps: “top:” takes 1 to 999."],
    ["gaps top:1 top:2", "“top:” stands there twice."],
    ["gaps phas 19", "“phas” fits nowhere here. Did you mean “phase”?"],
    ["claims phase contradicted", "Which phase? No number follows “phase”."],
    [
      "claims contradictd",
      "“contradictd” fits nowhere here. Did you mean “contradicted”?",
    ],
    ["subscribe", "Which repository?"],
    ["subscribe a:b", "“a:b” is no repository: write owner/repo."],
    ["subscribe gaps", "“gaps” is a topic; the repository comes first."],
    ["subscribe acme/shop gap", "“gap” is no topic. Did you mean “gaps”?"],
    ["subscribe acme/shop colour:red", "“colour:red” is no topic."],
    ["subscribe acme/shop branch:", "“branch:” is no topic."],
    ["list all", "“all” is one word too many."],
    ["digest", "When?"],
    ["digest dialy 09:00", "“dialy” is no schedule. Did you mean “daily”?"],
    ["digest daily", "At what time? No HH:MM follows “daily”."],
    [
      "digest daily 25:00",
      "“25:00” is no time of day: write HH:MM, 00:00 to 23:59.",
    ],
    ["digest weekly", "On which day? No day follows “weekly”."],
    [
      "digest weekly someday 09:00",
      "“someday” is no day: write one of mon, tue, wed, thu, fri, sat, sun.",
    ],
    [
      "digest daily 09:00 Europe/Berln",
      "“Europe/Berln” is no time zone: write an IANA name such as Europe/Berlin. Did you mean “Europe/Berlin”?",
    ],
    ["digest daily 09:00 UTC please", "“please” is one word too many."],
    ["digest off now", "“now” is one word too many."],
    ["help phse", "There is no command “phse”. Did you mean “phase”?"],
    ["help phase now", "“now” is one word too many."],
  ])("“%s”", (text, message) => {
    expect(refusal(text)).toBe(message);
  });

  test("shows the usage of that command, and one example", () => {
    expect(parseCommand("gaps top:many")).toEqual({
      kind: "error",
      message: "“top:many” is no number of gaps: “top:” takes 1 to 999.",
      usage: MANUAL.gaps.usage,
      example: MANUAL.gaps.example,
    });
  });

  test.each([
    ["fase 19", "phase"],
    ["19", "phase"],
    ["subscrbe acme/shop", "subscribe"],
    ["xyzzy", "help"],
  ] as const)("“%s” shows how “%s” is written", (text, meant) => {
    expect(parseCommand(text)).toMatchObject({
      usage: MANUAL[meant].usage,
      example: MANUAL[meant].example,
    });
  });

  test("cuts a long word short", () => {
    expect(refusal(`x${"y".repeat(200)}`)).toBe(
      `There is no command “x${"y".repeat(39)}…”.`,
    );
  });

  test("refuses a text that no command could be", () => {
    expect(refusal("a ".repeat(600))).toBe(
      "That is 1200 characters; a command has at most 1000.",
    );
  });

  test("takes no name of an object's own property for a command", () => {
    expect(refusal("constructor")).toBe("There is no command “constructor”.");
    expect(refusal("__proto__")).toContain("There is no command");
  });
});

describe("a near miss", () => {
  test("is at most two letters away, and the nearest wins", () => {
    expect(nearest("clams", ["gaps", "claims"])).toBe("claims");
    expect(nearest("phases", ["phase", "phases"])).toBe("phases");
    expect(nearest("trendy", ["status"])).toBeNull();
  });

  test("is no other short word", () => {
    expect(nearest("up", ["no"])).toBeNull();
  });
});

const word = fc
  .stringMatching(/^[a-z0-9][a-z0-9.-]{0,11}$/)
  .filter(
    (text) => !/^(?:phase|plan|contradicted|top|all|open|failing)/.test(text),
  );
const name = fc.oneof(
  word,
  fc.tuple(word, word).map(([a, b]) => `${a} ${b}`),
);
const owned = fc.option(fc.tuple(word, word).map(([a, b]) => `${a}/${b}x`));

const question: fc.Arbitrary<Question> = fc.oneof(
  fc.record({ name: fc.constant("status" as const), repository: owned }),
  fc.record({
    name: fc.constant("phase" as const),
    key: name,
    plan: fc.option(name),
    repository: owned,
  }),
  fc.record({
    name: fc.constant("phases" as const),
    filter: fc.constantFrom(
      "failing" as const,
      "open" as const,
      "all" as const,
    ),
    repository: owned,
  }),
  fc.record({
    name: fc.constant("gaps" as const),
    phase: fc.option(name),
    top: fc.option(fc.integer({ min: 1, max: 999 })),
    repository: owned,
  }),
  fc.record({
    name: fc.constant("claims" as const),
    phase: fc.option(name),
    contradicted: fc.boolean(),
    repository: owned,
  }),
);

describe("always", () => {
  test("a question survives being written on a button", () => {
    fc.assert(
      fc.property(question, (asked) => {
        expect(read(commandText(asked))).toEqual(asked);
      }),
    );
  });

  test("any text is a command or an error with a message of moderate length", () => {
    const words = fc.constantFrom(
      ...Object.keys(MANUAL),
      "plan",
      "top:5",
      "<https://a|b>",
      "“",
      '"',
      "\uD800",
      "acme/shop",
    );
    const text = fc.oneof(
      fc.string({ unit: "binary", maxLength: 300 }),
      fc.array(words, { maxLength: 8 }).map((all) => all.join(" ")),
    );
    fc.assert(
      fc.property(text, (typed) => {
        const parsed = parseCommand(typed);
        const said = parsed.kind === "error" ? parsed.message : "understood";
        expect(said).toMatch(/^[^\n]{1,300}$/);
      }),
    );
  });
});
