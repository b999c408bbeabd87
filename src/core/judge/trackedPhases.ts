import type { DocumentAt } from "../facts.ts";
import { nameFor } from "../planning/layoutGlob.ts";
import { keyOf } from "../planning/phaseKey.ts";
import type { TrackedPhase } from "../planning/tracker.ts";

/**
 * Gives each phase that a tracker names its part of the tracker, as a document of that phase: so that a phase without any other
 * document is there too.
 */
export function withTrackedPhases(
  documents: readonly DocumentAt[],
): DocumentAt[] {
  return documents.flatMap((document) => [
    document,
    ...(document.reading.work?.tracked ?? []).flatMap((phase) =>
      partOf(document, phase),
    ),
  ]);
}

function partOf(document: DocumentAt, phase: TrackedPhase): DocumentAt[] {
  const { place, reading } = document;
  const unit = place.rules?.tracker?.unit;
  if (unit === undefined) return [];
  const key = keyOf(phase.id);
  return [
    {
      ...document,
      place: {
        ...place,
        directory: `${place.root}/${nameFor(unit, key)}`,
        phase: { key, slug: "" },
      },
      reading: {
        ...reading,
        findings: [],
        work: { status: null, tasks: null, tracked: [phase] },
      },
    },
  ];
}
