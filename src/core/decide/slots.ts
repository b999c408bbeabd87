/** A moment at which a digest is due. */
export interface Slot {
  /** Identifies it: `2026-02-18T09:00 Europe/Berlin`. */
  readonly name: string;
  /** ISO 8601 UTC */
  readonly at: string;
}

const DAYS = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];
const DAY_MS = 86_400_000;

/** `daily 09:00`, `weekdays 09:00`, `weekly mon 09:00` → a cron expression; null for anything else. */
export function cronOf(schedule: string): string | null {
  const parsed = parse(schedule);
  if (!parsed) return null;
  const days = parsed.days.length === 7 ? "*" : parsed.days.join(",");
  return `${parsed.minute} ${parsed.hour} * * ${days}`;
}

/**
 * The newest slot that is not after `now`: what should have been sent by now, whether or not the process was running.
 * A local time that a clock change skips falls on the hour after it.
 *
 * @param timezone IANA name
 */
export function latestSlot(
  schedule: string,
  timezone: string,
  now: Date,
): Slot | null {
  const parsed = parse(schedule);
  if (!parsed) return null;
  const today = Date.parse(wallClock(now, timezone).slice(0, 10));
  // Days are counted in the calendar: on the clock, some have 23 hours and some 25. It begins with tomorrow, because
  // clocks that are set back over midnight have shown tomorrow already, and ends within eight days, because every
  // schedule has a day in a week.
  for (let back = -1; ; back++) {
    const day = new Date(today - back * DAY_MS);
    if (!parsed.days.includes(day.getUTCDay())) continue;
    const wall = `${day.toISOString().slice(0, 10)}T${two(parsed.hour)}:${two(parsed.minute)}`;
    const at = instantOf(wall, timezone);
    if (at <= now.getTime()) {
      return { name: `${wall} ${timezone}`, at: new Date(at).toISOString() };
    }
  }
}

function parse(
  schedule: string,
): { days: number[]; hour: number; minute: number } | null {
  const match =
    /^(daily|weekdays|weekly (sun|mon|tue|wed|thu|fri|sat)) ([01]\d|2[0-3]):([0-5]\d)$/.exec(
      schedule,
    );
  if (!match) return null;
  const [, when, named, hour, minute] = match;
  const isDue = (day: string) =>
    when === "daily" ||
    (when === "weekdays" && day !== "sat" && day !== "sun") ||
    day === named;
  return {
    days: DAYS.flatMap((day, number) => (isDue(day) ? [number] : [])),
    hour: Number(hour),
    minute: Number(minute),
  };
}

/** `2026-02-18T09:00` as clocks in the zone show it. */
function wallClock(at: Date, timezone: string): string {
  // Swedish writes dates as ISO 8601 does.
  return new Intl.DateTimeFormat("sv-SE", {
    timeZone: timezone,
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
  })
    .format(at)
    .replace(" ", "T");
}

/** The instant at which clocks in the zone show `wall`: the first of two, and just after a gap. */
function instantOf(wall: string, timezone: string): number {
  const asUtc = Date.parse(`${wall}:00Z`);
  const offsets = [-DAY_MS, DAY_MS].map((shift) => {
    const probe = new Date(asUtc + shift);
    return Date.parse(`${wallClock(probe, timezone)}:00Z`) - probe.getTime();
  });
  const candidates = [...new Set(offsets)].map((offset) => asUtc - offset);
  const exact = candidates.filter(
    (at) => wallClock(new Date(at), timezone) === wall,
  );
  return exact.length > 0 ? Math.min(...exact) : Math.max(...candidates);
}

function two(number: number): string {
  return String(number).padStart(2, "0");
}
