/**
 * The moment that a report says it was made at, in milliseconds, and NaN for what is no time. coverage.py writes local time without a
 * zone: it is read as UTC, and may be off by the 14 hours that the world's zones span.
 */
export function timeOf(measuredAt: string): number {
  const hasZone = /(?:Z|[+-]\d\d:?\d\d)$/.test(measuredAt);
  return Date.parse(hasZone ? measuredAt : `${measuredAt}Z`);
}
