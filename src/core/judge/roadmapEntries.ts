import { fileName } from "../fileName.ts";
import type { DocumentAt } from "../facts.ts";
import {
  keyFromRoadmap,
  parsePhaseKey,
  readPhaseDirectory,
} from "../planning/phaseKey.ts";
import { phaseName, type RoadmapPhase } from "../planning/roadmap.ts";

/** An entry of a roadmap, with the path of the roadmap. */
export interface Listed {
  readonly path: string;
  readonly phase: RoadmapPhase;
}

/** A phase directory by what its name and the roadmap say of it. */
export interface PhaseName {
  readonly key: string;
  readonly slug: string;
  readonly name: string;
  /** The roadmap's entries that speak of this directory. */
  readonly roadmap: readonly Listed[];
}

/**
 * The entries that may speak of a directory, from the roadmaps among `documents`: those of its own milestone and workstream, because
 * numbers begin again in each. An entry of another milestone's roadmap does for a number that its own does not list.
 */
export function entriesFor(
  directory: string,
  documents: readonly DocumentAt[],
): Listed[] {
  const entries = documents.flatMap(({ path, reading }) =>
    isOfWorkstream(path, directory)
      ? (reading.roadmap?.phases ?? []).map((phase) => ({ path, phase }))
      : [],
  );
  const milestone = milestoneOf(directory);
  const own = entries.filter(({ path }) => milestoneOf(path) === milestone);
  const listed = new Set(own.map(({ phase }) => phase.key));
  const slug = readPhaseDirectory(fileName(directory)).slug;
  return [
    ...own,
    ...entries.filter(
      ({ path, phase }) =>
        milestoneOf(path) !== milestone &&
        !listed.has(phase.key) &&
        wordsInCommon(phase.name, slug) > 0,
    ),
  ];
}

/** Whether a document of a planning root and a directory of it belong to one workstream, or both to none. */
export function isOfWorkstream(path: string, directory: string): boolean {
  return workstreamOf(path) === workstreamOf(directory);
}

/** `v1.0` for what was archived with that milestone; null for what was not. */
export function milestoneOf(path: string): string | null {
  return (
    /\/milestones\/([^/]+?)-(?:phases\/|ROADMAP\.md$)/.exec(path)?.[1] ?? null
  );
}

function workstreamOf(path: string): string | null {
  return /\.planning\/workstreams\/([^/]+)\//.exec(path)?.[1] ?? null;
}

/** The slugs of the other directories that carry the key of `directory` in the same place. */
export function rivalsOf(
  directory: string,
  directories: readonly string[],
): string[] {
  const parent = directory.slice(0, directory.lastIndexOf("/"));
  return slugsBesides(
    directory,
    directories.filter((other) => other === `${parent}/${fileName(other)}`),
  );
}

/** The slugs of other directories that carry the key of `directory`, wherever they lie. */
export function slugsBesides(
  directory: string,
  directories: Iterable<string>,
): string[] {
  const { key } = readPhaseDirectory(fileName(directory));
  return [...directories]
    .filter((other) => other !== directory)
    .map((other) => readPhaseDirectory(fileName(other)))
    .filter((other) => other.key === key)
    .map(({ slug }) => slug);
}

/** Whether a name means the directory of this slug rather than one of its rivals. */
export function isMeant(
  name: string,
  slug: string,
  rivals: readonly string[],
): boolean {
  const fit = wordsInCommon(name, slug);
  return rivals.every((rival) => wordsInCommon(name, rival) <= fit);
}

/**
 * Identifies a phase directory.
 *
 * @param listed the entries that may speak of it
 * @param documents of the directory
 * @param rivals slugs of other directories that carry its key
 */
export function identify(
  directory: string,
  listed: readonly Listed[],
  documents: readonly DocumentAt[],
  rivals: readonly string[],
): PhaseName {
  const base = fileName(directory);
  const own =
    documents.find(({ place }) => place.phase)?.place.phase ??
    readPhaseDirectory(base);
  const phases = listed.map(({ phase }) => phase);
  const key = keyFromRoadmap(base, phases) ?? own.key;
  const roadmap = bestNamed(
    listed.filter(
      ({ phase }) => phase.key === key && isMeant(phase.name, own.slug, rivals),
    ),
    own.slug,
  );
  return {
    key,
    slug: own.slug,
    name:
      nameInRoadmap(roadmap) ??
      nameInTitles(documents) ??
      nameInLayout(documents) ??
      asWords(own.slug === "" ? base : own.slug),
    roadmap,
  };
}

/** How many words of an entry's name a directory's name has as well. */
export function fitOf({ phase }: Listed, slug: string): number {
  return wordsInCommon(phase.name, slug);
}

/** A roadmap may list one number twice; then only the entries whose name fits the directory best speak of it. */
function bestNamed(entries: readonly Listed[], slug: string): Listed[] {
  const fit = (entry: Listed) => fitOf(entry, slug);
  const best = entries.reduce((most, entry) => Math.max(most, fit(entry)), 0);
  return entries.filter((entry) => fit(entry) === best);
}

function nameInRoadmap(roadmap: readonly Listed[]): string | undefined {
  const named = roadmap.filter(({ phase }) => phase.name !== "");
  const detailed = named.find(({ phase }) => phase.from === "details");
  return (detailed ?? named[0])?.phase.name;
}

/** What kind of document a title belongs to is no part of the phase's name: "Coverage Expansion Verification Report". */
const DOCUMENT_WORDS =
  /(?:(?:^| )(?:phase|final|aggregate|gap closure|(?:re-?)?verification))*(?:^| )(?:report|summary|verification)$/i;

/** Titles of documents about the whole phase; those of plans and their summaries name the plan. */
function nameInTitles(documents: readonly DocumentAt[]): string | undefined {
  for (const { place, reading } of documents) {
    if (place.kind !== "verification" && place.kind !== "phase_summary")
      continue;
    const title = /^Phase\s+(\S+?):\s*(.+?)(?:\s+[-–—]\s+.*)?$/i.exec(
      reading.title?.text ?? "",
    );
    if (!title?.[1] || !title[2] || parsePhaseKey(title[1]) === null) continue;
    const name = phaseName(title[2].replace(DOCUMENT_WORDS, ""));
    if (name !== "") return name;
  }
  return undefined;
}

/** `Feature Specification: Checkout`; what a tracker calls the phase. */
function nameInLayout(documents: readonly DocumentAt[]): string | undefined {
  for (const { place, reading } of documents) {
    const [tracked] = reading.work?.tracked ?? [];
    if (tracked?.name) return phaseName(tracked.name);
    if (place.kind !== "spec") continue;
    const title = /^[\p{L} ]{1,40}:\s+(\S.*)$/u.exec(reading.title?.text ?? "");
    if (title?.[1]) return phaseName(title[1]);
  }
  return undefined;
}

function asWords(slug: string): string {
  const text = slug.replace(/[-_]+/g, " ").trim();
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function wordsInCommon(name: string, slug: string): number {
  const wanted = new Set(wordsOf(slug));
  return wordsOf(name).filter((word) => wanted.has(word)).length;
}

function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/[a-z0-9]+/g) ?? [];
}
