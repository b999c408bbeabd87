import { createHash } from "node:crypto";
import type { Artifact } from "../core/artifact.ts";
import type { CoverageReport } from "../core/coverage/observation.ts";
import type {
  ArtifactVersion,
  DocumentAt,
  Facts,
  FileCheck,
} from "../core/facts.ts";
import type { Finding } from "../core/finding.ts";
import { questionsOf, type FileQuestion } from "../core/judge/fileQuestions.ts";
import { judgeRepository } from "../core/judge/phaseStatus.ts";
import { baseOf } from "../core/judge/requiredPath.ts";
import type { DocumentPlace } from "../core/planning/documentKind.ts";
import type { DocumentReading } from "../core/planning/document.ts";
import { readingRole } from "../core/planning/laidOut.ts";
import {
  detectedLayouts,
  type DocumentLayouts,
  type PlaceOf,
} from "../core/planning/layouts.ts";
import type { RepositoryStatus } from "../core/status.ts";
import { mayBeArtifact, watchedBy } from "../core/watched.ts";
import type {
  Commit,
  CommitChanges,
  Entry,
  Repository,
} from "../repositories/repository.ts";
import { readBlobs, type Need, type ReadingCache } from "./readBlobs.ts";
import type { Reading } from "./readingPool.ts";
import { traceHistory } from "./traceHistory.ts";

/** Bytes of an artifact; coverage reports of 28 MB are real. */
const ARTIFACT_MAX = 64 * 1024 * 1024;
/** Bytes of a document or a required file; roadmaps of 125 kB are real. */
const TEXT_MAX = 2 * 1024 * 1024;

export interface Observed {
  readonly status: RepositoryStatus;
  /** The coverage reports of the tree, by path. */
  readonly reports: ReadonlyMap<string, CoverageReport>;
  /** Paths of every file of the tree. */
  readonly tree: ReadonlyMap<string, string>;
  /** How many watched files there were, and how many of them were read; the difference has findings. */
  readonly seen: number;
  readonly read: number;
}

export interface ObserveOptions {
  /** Readings that are already known, by blob. */
  readonly cache: ReadingCache;
  /** Where the rest is read: on this thread when absent. */
  readonly reading?: Reading;
  /** Where its documents lie; found out when absent. */
  readonly layouts?: DocumentLayouts;
  /** The first-parent changes of watched paths, newest first; asked of the repository when absent. */
  readonly history?: readonly CommitChanges[];
  /** Whether `history` reaches back to the root. */
  readonly historyComplete?: boolean;
  /** Commits of history to look at where each costs a request. */
  readonly historyLimit?: number;
}

/** Collects, reads and judges a repository at one commit. */
export async function observe(
  repository: Repository,
  commit: Commit,
  options: ObserveOptions,
): Promise<Observed> {
  const { layouts = detectedLayouts } = options;
  const isWatched = watchedBy(layouts.placeOf);
  const [entries, changes] = await Promise.all([
    repository.list(commit.sha, () => true),
    options.history ??
      collect(repository, commit, isWatched, options.historyLimit),
  ]);
  const files = entries.filter((entry) => entry.kind === "file");
  const placeOf = layouts.within(files.map(({ path }) => path));
  const trace = traceHistory(changes, {
    commit,
    complete: options.historyComplete ?? true,
    placeOf,
  });
  const tree = new Map(files.map(({ path, blob }) => [path, blob]));
  const findings: Finding[] = notFiles(entries, isWatched);

  const documents = files.flatMap((entry) => {
    const place = placeOf(entry.path);
    return place ? [{ ...entry, place }] : [];
  });
  const versions = trace.versions(
    files.filter(({ path }) => mayBeArtifact(path) && !placeOf(path)),
    (path) => mayBeArtifact(path) && !placeOf(path),
  );

  const readings = await readBlobs(
    repository,
    [
      ...documents.map(documentNeed),
      ...versions.map(({ path, blob }): Need => ({
        blob,
        role: "artifact",
        maxBytes: ARTIFACT_MAX,
        reader: { as: "artifact", path },
      })),
    ],
    options.cache,
    options.reading,
  );
  const read: DocumentAt[] = [];
  for (const { path, blob, place } of documents) {
    const reading = readings.get(blob, readingRole(place)) as
      DocumentReading | undefined;
    if (reading) read.push({ path, blob, place, reading });
    else findings.push(unread(path, readings.problem(blob)));
  }
  const artifacts: ArtifactVersion[] = [];
  for (const version of versions) {
    const artifact = readings.get(version.blob, "artifact") as
      Artifact | undefined;
    if (artifact) artifacts.push({ ...version, artifact });
    else if (version.inTree) {
      findings.push(unread(version.path, readings.problem(version.blob)));
    }
  }

  const promised = promisedReports(read, tree, placeOf);
  const reports = await readBlobs(
    repository,
    promised.map(documentNeed),
    options.cache,
    options.reading,
  );
  for (const { path, blob, place } of promised) {
    const reading = reports.get(blob, readingRole(place)) as
      DocumentReading | undefined;
    if (reading) read.push({ path, blob, place, reading });
    else findings.push(unread(path, reports.problem(blob)));
  }

  const { checks, unchecked } = await checkFiles(
    repository,
    read,
    tree,
    options,
  );
  const facts: Facts = {
    repository: repository.name,
    commit: trace.head,
    tree,
    documents: read,
    artifacts,
    history: trace.history,
    fileChecks: checks,
    findings: [
      ...findings,
      ...unchecked.filter(
        ({ path }) => !findings.some((finding) => finding.path === path),
      ),
    ],
  };
  return {
    status: judgeRepository(facts),
    reports: new Map(
      artifacts.flatMap(({ path, inTree, artifact }) =>
        inTree && artifact.kind === "coverage"
          ? [[path, artifact.report] as const]
          : [],
      ),
    ),
    tree,
    seen:
      documents.length +
      promised.length +
      versions.filter(({ inTree }) => inTree).length,
    read: read.length + artifacts.filter(({ inTree }) => inTree).length,
  };
}

async function collect(
  repository: Repository,
  { sha }: Commit,
  isWatched: (path: string) => boolean,
  limit: number | undefined,
): Promise<CommitChanges[]> {
  const changes: CommitChanges[] = [];
  for await (const change of repository.history(
    sha,
    isWatched,
    limit === undefined ? {} : { limit },
  )) {
    changes.push(change);
  }
  return changes;
}

function documentNeed({
  blob,
  place,
}: {
  blob: string;
  place: DocumentPlace;
}): Need {
  return {
    blob,
    role: readingRole(place),
    maxBytes: TEXT_MAX,
    reader: { as: "document", place },
  };
}

/** Reports outside `.planning` that a plan of a phase promises, and that are there. */
function promisedReports(
  documents: readonly DocumentAt[],
  tree: ReadonlyMap<string, string>,
  placeOf: PlaceOf,
) {
  const found = new Map<
    string,
    { path: string; blob: string; place: DocumentPlace }
  >();
  for (const { place, reading } of documents) {
    for (const { path } of [
      ...(reading.plan?.requiredFiles ?? []),
      ...reading.promisedDocuments,
    ]) {
      const blob = tree.get(path);
      if (
        blob === undefined ||
        !/(?:report|summary|results?)[^/]*\.md$/i.test(path) ||
        /plan[^/]*$/i.test(path) ||
        placeOf(path)
      )
        continue;
      const { root, directory } = place;
      found.set(`${directory}|${path}`, {
        path,
        blob,
        place: { root, directory, kind: "report", planId: null },
      });
    }
  }
  return [...found.values()];
}

async function checkFiles(
  repository: Repository,
  documents: readonly DocumentAt[],
  tree: ReadonlyMap<string, string>,
  options: Pick<ObserveOptions, "cache" | "reading">,
): Promise<{ checks: Map<string, FileCheck>; unchecked: Finding[] }> {
  const questions = questionsOf(
    documents.flatMap(({ place, reading: { plan } }) =>
      plan ? { plan, base: baseOf(place.root) } : [],
    ),
    tree,
  ).flatMap((question) => {
    const blob = tree.get(question.path);
    return blob === undefined
      ? []
      : [{ question, blob, role: roleOf(question) }];
  });
  const readings = await readBlobs(
    repository,
    questions.map(({ question, blob, role }): Need => ({
      blob,
      role,
      maxBytes: TEXT_MAX,
      reader: { as: "file", question },
    })),
    options.cache,
    options.reading,
  );
  const checks = new Map<string, FileCheck>();
  const unchecked: Finding[] = [];
  for (const { question, blob, role } of questions) {
    const { path } = question;
    const check = readings.get(blob, role) as FileCheck | undefined;
    if (check) checks.set(path, check);
    else unchecked.push(unread(path, readings.problem(blob)));
  }
  return { checks, unchecked };
}

/** The answers depend on what was asked, so the question is part of what is remembered. */
function roleOf({ contains, patterns }: FileQuestion): string {
  if (contains.length + patterns.length === 0) return "file";
  return `file:${createHash("sha256")
    .update(JSON.stringify([contains, patterns]))
    .digest("base64url")
    .slice(0, 16)}`;
}

function notFiles(
  entries: readonly Entry[],
  isWatched: (path: string) => boolean,
): Finding[] {
  return entries
    .filter(
      ({ kind, path }) =>
        kind !== "file" &&
        (isWatched(path) || /(?:^|\/)\.planning(?:\/|$)/.test(path)),
    )
    .map(({ path, kind }) => ({
      kind: "not_a_file",
      path,
      line: null,
      message:
        kind === "symlink"
          ? "This is a symbolic link; what it points at is read where it lies, not here."
          : "This is a submodule; its contents belong to another repository and were not read.",
    }));
}

function unread(path: string, problem: string): Finding {
  return { kind: "unreadable", path, line: null, message: problem };
}
