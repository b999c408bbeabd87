import { createHash } from "node:crypto";
import { z } from "zod";
import { BMAD, SPEC_KIT, type Layout } from "./core/planning/layout.ts";
import { configuredLayouts, PRESETS } from "./core/planning/layouts.ts";
import type { DocumentLayouts, Preset } from "./core/planning/layouts.ts";

/** `docs:` of a repository in phasewatch.yml, and `--docs`: docs/configuration.md, "Documents". */

const Glob = z.string().min(1).max(200);

/** One, or a list: people write both. */
const oneOrMore = <Item extends z.ZodType>(item: Item, what: string) =>
  z
    .union([item, z.array(item).max(20)], {
      error: `Write ${what}, or a list of them.`,
    })
    .transform((value) => (Array.isArray(value) ? value : [value]));

const Globs = oneOrMore(Glob, "a path such as “<id>-<slug>/plan.md”");

const Words = z.record(
  z.string(),
  z.enum(["planned", "in_progress", "done", "superseded"]),
);

const Description = z.strictObject({
  root: Globs,
  unit: Globs.default([]),
  plan: Globs,
  summary: Globs.default([]),
  verification: z
    .strictObject({
      file: Glob,
      field: z.string().min(1).optional(),
      map: z
        .record(z.string(), z.enum(["passed", "gaps_found", "human_needed"]))
        .default({}),
    })
    .optional(),
  done: z.union(
    [
      z.enum(["summaries", "checkboxes", "status"]),
      z.strictObject({
        file: Glob,
        field: z.string().min(1),
        unit: Glob.default("<id>"),
        plan: Glob,
      }),
    ],
    {
      error:
        "This is `summaries`, `checkboxes`, `status`, or a file with `file`, `field`, `unit` and `plan`.",
    },
  ),
  words: Words.default({}),
  targets: oneOrMore(
    z.strictObject({
      file: Glob.optional(),
      section: z.string().min(1).optional(),
      id: z
        .string()
        .regex(/^[A-Za-z]{1,10}$/, "An id is letters, such as SC.")
        .optional(),
    }),
    "`file`, `section` and `id`",
  ).default([]),
});

/** `preset: bmad` with what differs from it. */
const Described = z
  .preprocess(fromPreset, Description)
  .transform((docs, context) => {
    const wrong = problemIn(docs);
    if (wrong === null) return layoutOf(docs);
    context.addIssue({ code: "custom", ...wrong });
    return z.NEVER;
  });

function problemIn(
  docs: LayoutDescription,
): { path?: string[]; message: string } | null {
  const nameless = [...docs.plan, ...docs.summary].find(
    (file) => !file.includes("<id>"),
  );
  if (docs.unit.length === 0 && nameless !== undefined) {
    return {
      message: `“${nameless}” does not say which phase it belongs to. Add \`unit:\`, such as “<id>-<slug>”, or write <id> in its name.`,
    };
  }
  if (docs.done === "summaries" && docs.summary.length === 0) {
    return {
      path: ["summary"],
      message:
        "`done: summaries` needs `summary:`, such as “<plan>-SUMMARY.md”.",
    };
  }
  try {
    configuredLayouts([layoutOf(docs)]);
    return null;
  } catch (error) {
    return { message: error instanceof Error ? error.message : String(error) };
  }
}

const Preset = z.enum(PRESETS, {
  error: (issue) => unknownPreset(String(issue.input)),
});

/** A preset's name, a description, or a list of them. */
export const Docs = z.unknown().transform((value, context): DocumentLayouts => {
  const wanted: (Preset | Layout)[] = [];
  for (const [index, one] of (Array.isArray(value)
    ? (value as unknown[])
    : [value]
  ).entries()) {
    const schema = typeof one === "object" && one !== null ? Described : Preset;
    const result = schema.safeParse(one);
    if (result.success) wanted.push(result.data);
    else {
      for (const { path, message } of result.error.issues) {
        context.addIssue({
          code: "custom",
          path: [...(Array.isArray(value) ? [index] : []), ...path],
          message,
        });
      }
    }
  }
  if (wanted.length === 0 && context.issues.length === 0) {
    context.addIssue({ code: "custom", message: unknownPreset("") });
  }
  return configuredLayouts(wanted);
});

function unknownPreset(name: string): string {
  return `“${name}” is no layout. Write ${PRESETS.join(", ")}, or describe one with \`root\`, \`plan\` and \`done\`.`;
}

const EXTENDABLE: readonly Layout[] = [SPEC_KIT, BMAD];

function fromPreset(value: unknown, context: z.core.$RefinementCtx): unknown {
  const { preset, ...own } = value as { preset?: unknown };
  if (preset === undefined) return value;
  const known = EXTENDABLE.find(({ name }) => name === preset);
  if (known) return { ...descriptionOf(known), ...own };
  context.addIssue({
    code: "custom",
    path: ["preset"],
    message: `“${JSON.stringify(preset).replaceAll('"', "")}” is none. Write ${EXTENDABLE.map(({ name }) => name).join(" or ")}.`,
  });
  return z.NEVER;
}

/** A preset in the words of the configuration; none has a verification. */
function descriptionOf(layout: Layout) {
  const { root, unit, plan, summary, done, words, targets } = layout;
  return {
    root,
    unit,
    plan,
    summary,
    done,
    words,
    targets: targets.map((source) =>
      Object.fromEntries(
        Object.entries(source).filter(([, value]) => value !== null),
      ),
    ),
  };
}

interface LayoutDescription {
  readonly root: readonly string[];
  readonly unit: readonly string[];
  readonly plan: readonly string[];
  readonly summary: readonly string[];
  readonly verification?:
    | {
        readonly file: string;
        readonly field?: string | undefined;
        readonly map: NonNullable<Layout["verification"]>["map"];
      }
    | undefined;
  readonly done: Layout["done"];
  readonly words: Layout["words"];
  readonly targets: readonly {
    readonly file?: string | undefined;
    readonly section?: string | undefined;
    readonly id?: string | undefined;
  }[];
}

function layoutOf(docs: LayoutDescription): Layout {
  const hash = createHash("sha256").update(JSON.stringify(docs));
  return {
    ...docs,
    name: hash.digest("base64url").slice(0, 16),
    verification: docs.verification
      ? { ...docs.verification, field: docs.verification.field ?? null }
      : null,
    targets: docs.targets.map(({ file, section, id }) => ({
      file: file ?? null,
      section: section ?? null,
      id: id ?? null,
    })),
  };
}
