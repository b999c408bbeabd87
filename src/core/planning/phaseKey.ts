/**
 * Phase keys: `19`, `19.1`, `12A`. Leading zeros are padding (`019` = `19`), parts compare as numbers (19.2 < 19.10).
 * Rules and their variants in the wild: docs/design.md, "Phase keys".
 */

/**
 * The key in a token such as `19`, `019`, `19.1`, `12a`, `phase-19` or `CK-01`; null when it holds none.
 */
export function parsePhaseKey(token: string): string | null {
  const match =
    /^(?:phase[ _-]*)?(?:[A-Za-z]{1,6}-(?=\d))?(\d{1,6})([A-Za-z])?((?:\.\d{1,6})*)$/i.exec(
      token.trim(),
    );
  if (!match) return null;
  const [, number = "", letter = "", decimals = ""] = match;
  const parts = decimals
    .split(".")
    .slice(1)
    .map((part) => `.${stripZeros(part)}`);
  return `${stripZeros(number)}${letter.toUpperCase()}${parts.join("")}`;
}

/** The key of a phase whose number is written so: `007` is 7. What is no number is its own key. */
export function keyOf(id: string): string {
  return parsePhaseKey(id) ?? id;
}

export interface PhaseDirectory {
  /** The number, or the whole name where a directory has none. */
  readonly key: string;
  readonly slug: string;
}

/**
 * Key and slug of a phase directory's name. `09-1-api-routes` is read as 9 here: whether the author meant 9.1 is
 * only known from a roadmap that lists it, see `keyFromRoadmap`.
 */
export function readPhaseDirectory(name: string): PhaseDirectory {
  const match =
    /^(?:[A-Z]{1,6}-(?=\d))?(\d{1,6}[A-Za-z]?(?:\.\d{1,6})*)(?:-(.+))?$/.exec(
      name,
    );
  const key = match?.[1] === undefined ? null : parsePhaseKey(match[1]);
  if (!match || key === null) return { key: name, slug: name };
  return { key, slug: match[2] ?? "" };
}

/**
 * The decimal key of a directory written with a hyphen (`09-1-api-route-governance`), when the roadmap lists that
 * phase (`9.1`) under the name that the rest of the directory spells.
 */
export function keyFromRoadmap(
  name: string,
  roadmap: readonly { readonly key: string; readonly name: string }[],
): string | null {
  const match = /^0*(\d{1,6})-0*(\d{1,6})-(.+)$/.exec(name);
  if (!match) return null;
  const [, number = "", decimal = "", rest = ""] = match;
  const words = new Set(rest.toLowerCase().split("-"));
  const listed = roadmap.find((phase) => phase.key === `${number}.${decimal}`);
  const named = listed?.name.toLowerCase().match(/[a-z0-9]+/g) ?? [];
  return listed && named.some((word) => word.length > 2 && words.has(word))
    ? listed.key
    : null;
}

/** Orders keys: number, then letter (12 < 12A < 12B), then decimals; keys without a number come last. */
export function comparePhaseKeys(a: string, b: string): number {
  const left = split(a);
  const right = split(b);
  if (left === null || right === null) {
    if (left === right) return compareText(a, b);
    return left === null ? 1 : -1;
  }
  const parts = Math.max(left.length, right.length);
  for (let index = 0; index < parts; index++) {
    const difference = (left[index] ?? -1) - (right[index] ?? -1);
    if (difference !== 0) return difference;
  }
  return compareText(a, b);
}

/** Number, letter as 0–26, decimals; null for what `parsePhaseKey` would not make. */
function split(key: string): number[] | null {
  const match = /^(\d{1,6})([A-Z]?)((?:\.\d{1,6})*)$/.exec(key);
  if (!match) return null;
  const [, number = "", letter = "", decimals = ""] = match;
  return [
    Number(number),
    letter === "" ? 0 : letter.charCodeAt(0) - 64,
    ...decimals.split(".").slice(1).map(Number),
  ];
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function stripZeros(digits: string): string {
  return digits.replace(/^0+(?=\d)/, "");
}
