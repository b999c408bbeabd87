/** An id with what it asks for, where the text says that beside it: `AUTH-01 (Sign-in by mail)`. */
export interface NamedId {
  readonly id: string;
  readonly text: string | null;
}

/** Characters of one text in which ids are looked for. */
const MAX_TEXT = 5_000;

/** Ids that one range stands for: `AUTH-01 to AUTH-40`. */
const MAX_RANGE = 100;

/**
 * `AUTH-01`, `COV-B-01`: GSD's form of an id, with letters between as well, which its own pattern lacks. Parts are capped,
 * so that a line of nothing but capitals and hyphens takes linear time.
 */
const ID = String.raw`[A-Z][A-Z0-9]{0,30}(?:-[A-Z0-9]{1,30}){0,4}-\d{1,6}`;

/** Neither a part of a longer name, path or date, nor the head of a version. */
const ID_ANYWHERE = new RegExp(
  String.raw`(?<![\w./#-])${ID}(?![\w/-]|\.\d)`,
  "g",
);

/** `**AUTH-01**: …`, `AUTH-01 – …`, `[AUTH-01] …`, `**AUTH-01:** …`: the id stands first and something closes it. */
const ID_FIRST = new RegExp(
  String.raw`^(?:~~)?[*_\`[(]{0,4}(${ID})(?:[\])*_\`]{0,4}:[*_]{0,2}|[\])*_\`]{0,4}\s+[-–—]|[\])*_\`]{1,4}(?=\s|$)|$)\s*(.*)$`,
  "s",
);

/** Standards and models that are written like ids. */
const STANDARD =
  /^(?:UTF|UCS|ISO|IEC|IEEE|RFC|PEP|ECMA|ES|SHA|MD|AES|RSA|DES|HMAC-SHA|BLAKE|CRC|TLS|HTTP|BASE|CVE(?:-\d+)?|CWE|GHSA|GPT|CLAUDE|GEMINI|LLAMA|COVID|WCAG|ADR|EU|US|UTC|GMT)-\d+$/;

/** Ids of the work itself: a plan named in a criterion is no requirement. */
const WORK =
  /^(?:[A-Z0-9]+-)*(?:PHASE|PLAN|GAP|WAVE|TASK|STEP|TIER|BUG|ISSUE|PR|SPRINT|MILESTONE|GAPCLOSURE|CLOSURE)-\d+$/;

/** Whether an id is one of the many names that look like a requirement's. */
export function isLookAlike(id: string): boolean {
  return STANDARD.test(id);
}

/** Whether an id names a piece of work, such as a plan. */
export function isWorkItem(id: string): boolean {
  return WORK.test(id);
}

/** The id that a list item, heading or cell begins with, and what follows it; null where none stands there. */
export function idFirst(text: string): { id: string; rest: string } | null {
  const [, id, rest = ""] = ID_FIRST.exec(text.slice(0, MAX_TEXT)) ?? [];
  return id === undefined || isLookAlike(id) ? null : { id, rest: rest.trim() };
}

/** Every id of a text, once each, in order. */
export function idsIn(text: string): string[] {
  const found = text.slice(0, MAX_TEXT).match(ID_ANYWHERE) ?? [];
  return [...new Set(found)].filter((id) => !isLookAlike(id));
}

/**
 * The ids that a list of requirements names: `[AUTH-01, AUTH-02]`, `AUTH-01 to AUTH-04`, `AUTH-01 (Sign-in by mail), …`. An id
 * inside brackets that follow another one belongs to that one's description.
 */
export function idList(text: string): NamedId[] {
  const found = new Map<string, NamedId>();
  const written = text.slice(0, MAX_TEXT);
  let described = 0;
  let before: { id: string; end: number } | null = null;
  for (const { 0: id, index } of written.matchAll(ID_ANYWHERE)) {
    if (index < described) continue;
    const end = index + id.length;
    const [brackets = "", description] =
      /^\*{0,2}\s*\(([^()]*)\)/.exec(written.slice(end)) ?? [];
    described = end + brackets.length;
    const joint = before ? written.slice(before.end, index) : "";
    const between =
      before && /^\s*(?:\.\.|-|–|—|to|through|bis)\s*$/.test(joint)
        ? rangeBetween(before.id, id)
        : [];
    for (const inside of between) {
      found.set(inside, { id: inside, text: null });
    }
    if (!found.has(id)) found.set(id, { id, text: description ?? null });
    before = { id, end };
  }
  return [...found.values()];
}

/** What lies between two ids of one series; nothing where they are not of one. */
function rangeBetween(first: string, last: string): string[] {
  const [, series = "", from = ""] = /^(.*-)(\d+)$/.exec(first) ?? [];
  const [, same, to = ""] = /^(.*-)(\d+)$/.exec(last) ?? [];
  const count = Number(to) - Number(from) - 1;
  if (series !== same || count < 1 || count > MAX_RANGE) return [];
  return Array.from(
    { length: count },
    (_, index) =>
      `${series}${String(Number(from) + 1 + index).padStart(from.length, "0")}`,
  );
}
