import { fileName } from "../fileName.ts";
import {
  placeOf as placeInGsd,
  type DocumentKind,
  type DocumentPlace,
} from "./documentKind.ts";
import {
  BMAD,
  SPEC_KIT,
  type DocumentRules,
  type Layout,
  type TargetSource,
} from "./layout.ts";
import { nameFor, pathMatcher, type Captures } from "./layoutGlob.ts";
import { keyOf } from "./phaseKey.ts";

/** Says which document a path is; null for what is none. */
export type PlaceOf = (path: string) => DocumentPlace | null;

/** Where the documents of a repository lie. */
export interface DocumentLayouts {
  /** Evaluations under one fingerprint looked at the same documents; "" where nothing is configured. */
  readonly fingerprint: string;
  /** What any tree of the repository may hold: history is read for these. */
  readonly placeOf: PlaceOf;
  /** What the documents of one tree are. */
  within(paths: Iterable<string>): PlaceOf;
}

/** The layouts that a name is enough for. */
export const PRESETS = ["gsd", "spec-kit", "bmad"] as const;
export type Preset = (typeof PRESETS)[number];

/**
 * The layouts of a configuration, the first that knows a path before the others.
 *
 * @throws Error with one sentence for a glob that makes no sense
 */
export function configuredLayouts(
  wanted: readonly (Preset | Layout)[],
): DocumentLayouts {
  const places = wanted.map((one) =>
    typeof one === "string" ? presetPlaces(one) : placesIn(one),
  );
  const placeOf = firstOf(places);
  return {
    fingerprint: wanted
      .map((one) => (typeof one === "string" ? one : one.name))
      .join("+"),
    placeOf,
    within: () => placeOf,
  };
}

function presetPlaces(preset: Preset): PlaceOf {
  switch (preset) {
    case "gsd":
      return placeInGsd;
    case "spec-kit":
      return inSpecKit;
    case "bmad":
      return inBmad;
  }
}

const inSpecKit = placesIn(SPEC_KIT);
const inBmad = placesIn(BMAD);

/**
 * Nothing is configured: GSD's documents, and only where a tree has none of them, those of a preset whose unmistakable file is there.
 * A repository that is read today is not to find more phases tomorrow because somebody keeps a sample of another tool in it.
 */
export const detectedLayouts: DocumentLayouts = {
  fingerprint: "",
  placeOf: firstOf([placeInGsd, inSpecKit, inBmad]),
  within: (paths) => {
    let hasSpecs = false;
    let hasTracker = false;
    for (const path of paths) {
      if (placeInGsd(path)) return placeInGsd;
      hasSpecs ||= /^(?:\.specify\/)?specs\/\d{3,}-[^/]+\/spec\.md$/.test(path);
      hasTracker ||= inBmad(path)?.kind === "tracker";
    }
    return firstOf([
      // History may hold phases of GSD that the tree no longer has.
      placeInGsd,
      ...(hasSpecs ? [inSpecKit] : []),
      ...(hasTracker ? [inBmad] : []),
    ]);
  },
};

function firstOf(places: readonly PlaceOf[]): PlaceOf {
  return (path) => {
    for (const placeOf of places) {
      const place = placeOf(path);
      if (place) return place;
    }
    return null;
  };
}

interface Matcher {
  readonly kind: DocumentKind;
  readonly match: (path: string) => Captures | null;
}

function placesIn(layout: Layout): PlaceOf {
  const below = (file: string, units: readonly string[]) => {
    const matchers = layout.root.flatMap((root) =>
      (units.length === 0 ? [null] : units).map((unit) =>
        pathMatcher(root, unit, file),
      ),
    );
    return (path: string) => {
      for (const match of matchers) {
        const captures = match(path);
        if (captures) return captures;
      }
      return null;
    };
  };
  const tracker = typeof layout.done === "string" ? null : layout.done;
  const ofUnit = (kind: DocumentKind, files: readonly string[]): Matcher[] =>
    files.map((file) => ({ kind, match: below(file, layout.unit) }));
  const sources = layout.targets.map((source) => ({
    source,
    match: source.file === null ? null : below(source.file, layout.unit),
  }));
  const matchers: Matcher[] = [
    ...(tracker
      ? [{ kind: "tracker" as const, match: below(tracker.file, []) }]
      : []),
    ...ofUnit(
      "verification",
      layout.verification ? [layout.verification.file] : [],
    ),
    ...ofUnit("summary", layout.summary),
    ...ofUnit(layout.done === "checkboxes" ? "tasks" : "plan", layout.plan),
    ...sources.flatMap(({ match }) =>
      match ? [{ kind: "spec" as const, match }] : [],
    ),
  ];
  const rulesFor = (kind: DocumentKind, path: string): DocumentRules => {
    const here = sources.flatMap(({ source, match }, index) =>
      (match ? match(path) : kind === "plan" || kind === "tasks")
        ? [{ source, index }]
        : [],
    );
    return {
      role: [layout.name, ...here.map(({ index }) => index)].join("."),
      targets: here.map(({ source }) => ruleOf(source)),
      words: layout.words,
      verification: kind === "verification" ? layout.verification : null,
      tracker: kind === "tracker" ? tracker : null,
      hasStatus:
        kind === "spec" || (kind === "plan" && layout.done !== "summaries"),
    };
  };
  return (path) => {
    for (const { kind, match } of matchers) {
      const captures = match(path);
      if (!captures) continue;
      const { root } = captures;
      const rules = rulesFor(kind, path);
      if (kind === "tracker") {
        return { root, directory: null, kind, planId: null, rules };
      }
      const phase = phaseIn(captures, tracker?.unit ?? "<id>");
      if (phase === null) continue;
      return {
        root,
        directory: `${root}/${phase.directory}`,
        kind,
        planId:
          kind === "plan" || kind === "summary"
            ? planIdIn(captures, phase.key)
            : null,
        phase: { key: phase.key, slug: phase.slug },
        rules,
      };
    }
    return null;
  };
}

function ruleOf({
  section,
  id,
}: TargetSource): Pick<TargetSource, "section" | "id"> {
  return { section, id };
}

/** The phase of a document: its directory, or the number in the file's name, for which a directory is named after it. */
function phaseIn({ unit, id, unitSlug }: Captures, name: string) {
  if (unit !== null) {
    const base = fileName(unit);
    const slug = unitSlug ?? (id === null ? base : "");
    return { directory: unit, key: keyOf(id ?? slug), slug };
  }
  if (id === null) return null;
  const key = keyOf(id);
  return { directory: nameFor(name, key), key, slug: "" };
}

function planIdIn({ plan, slug }: Captures, key: string): string {
  const own = plan ?? slug;
  return own === null ? key : `${key}-${own}`;
}
