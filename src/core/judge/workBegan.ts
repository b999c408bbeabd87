import type { Moment, PathHistory } from "../facts.ts";

/** Work that is committed so long before its documents belongs to another phase of that number. */
const LEAD_MS = 3 * 86_400_000;

/**
 * When the work of a phase began: with the first file of its directory, or with the first commit shortly before it that names the
 * phase (`test(12-01): …`), because plans are often committed after the work. Null when the history read does not reach it.
 */
export function workBegan(
  key: string,
  directory: string,
  history: PathHistory,
): Moment | null {
  const documented = history.firstBelow(directory);
  if (!documented) return null;
  const earliest = Date.parse(documented.at) - LEAD_MS;
  const named = history
    .mentions(key)
    .find(
      ({ at, position }) =>
        position < documented.position && Date.parse(at) >= earliest,
    );
  return named ?? documented;
}

/** When the work of one plan began: with its plan, unless that was committed after its own summary, which says nothing of it. */
export function planBegan(
  planned: Moment | null,
  summarised: Moment,
  phaseBegan: Moment | null,
): Moment | null {
  return planned && planned.position < summarised.position
    ? planned
    : phaseBegan;
}
