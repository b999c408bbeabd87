import {
  isJsonObject,
  type JsonDocument,
  type JsonObject,
} from "../../jsonText.ts";
import type { CoverageReport } from "../observation.ts";
import { asPercent } from "./numbers.ts";
import { judgeTrust, saysEstimated } from "./trust.ts";

const OVERALL =
  /^(?:(?:overall|total|[a-z]+)_)?(?:coverage|percent|coverage_percent)$/;

/**
 * Reads a report that gives percentages and no counts at all, as `{"desktop_percent": 74, "files": {"main.rs": 75}}`: it can be
 * shown, but neither added up nor compared, and no coverage tool writes it.
 */
export function readPercentOnly(
  path: string,
  { value: root }: JsonDocument,
): CoverageReport | null {
  if (!isJsonObject(root) || !isJsonObject(root["files"])) return null;
  const files = Object.entries(root["files"]);
  if (files.length === 0) return null;
  if (files.some(([, percent]) => asPercent(percent) === null)) return null;
  const percent = overallOf(root);
  if (percent === null) return null;

  const said = saysEstimated(root);
  const { trust, trustWhy, findings } = judgeTrust({
    estimated: [
      ...(said === null ? [] : [`It is an estimate: ${said}.`]),
      "It gives percentages without counts, which no coverage tool writes.",
    ],
    inconsistent: [],
  });
  const at = root["timestamp"] ?? root["date"];
  return {
    format: "percent-only",
    tool: null,
    basis: "line",
    trust,
    trustWhy,
    percent,
    totals: { lines: null, statements: null, branches: null, functions: null },
    files: [],
    measuredAt: typeof at === "string" ? at.slice(0, 100) : null,
    findings: [
      ...findings.map((finding) => ({ ...finding, path, line: null })),
      {
        kind: "structure",
        path,
        line: null,
        message: `Its ${files.length} files have a percentage and no counts; they are left out.`,
      },
    ],
  };
}

function overallOf(root: JsonObject): number | null {
  for (const [key, value] of Object.entries(root)) {
    if (!OVERALL.test(key) || /target|goal|baseline|branch/.test(key)) continue;
    const percent = asPercent(value);
    if (percent !== null) return percent;
  }
  return null;
}
