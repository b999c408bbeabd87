import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cronOf, latestSlot } from "../../../src/core/decide/slots.ts";

const slotAt = (schedule: string, timezone: string, now: string) =>
  latestSlot(schedule, timezone, new Date(now));

describe("A schedule's newest slot", () => {
  test("is today's once its time has come, and yesterday's until then", () => {
    expect(slotAt("daily 09:00", "UTC", "2026-02-18T09:00:00Z")).toEqual({
      name: "2026-02-18T09:00 UTC",
      at: "2026-02-18T09:00:00.000Z",
    });
    expect(slotAt("daily 09:00", "UTC", "2026-02-18T08:59:59.999Z")).toEqual({
      name: "2026-02-17T09:00 UTC",
      at: "2026-02-17T09:00:00.000Z",
    });
  });

  test("is told by the clocks of its time zone", () => {
    expect(
      slotAt("daily 09:00", "Europe/Berlin", "2026-02-18T12:00:00Z")?.at,
    ).toBe("2026-02-18T08:00:00.000Z");
    expect(
      slotAt("daily 09:00", "America/New_York", "2026-02-18T12:00:00Z")?.at,
    ).toBe("2026-02-17T14:00:00.000Z");
    // It is the 19th there already.
    expect(
      slotAt("daily 00:30", "Pacific/Kiritimati", "2026-02-18T12:00:00Z")?.name,
    ).toBe("2026-02-19T00:30 Pacific/Kiritimati");
  });

  test("leaves the weekend out on weekdays", () => {
    // A Sunday and a Monday.
    expect(slotAt("weekdays 09:00", "UTC", "2026-02-22T12:00:00Z")?.name).toBe(
      "2026-02-20T09:00 UTC",
    );
    expect(slotAt("weekdays 09:00", "UTC", "2026-02-23T12:00:00Z")?.name).toBe(
      "2026-02-23T09:00 UTC",
    );
  });

  test("comes once a week on the day that was named", () => {
    expect(
      slotAt("weekly wed 17:30", "UTC", "2026-02-18T17:29:00Z")?.name,
    ).toBe("2026-02-11T17:30 UTC");
    expect(
      slotAt("weekly wed 17:30", "UTC", "2026-02-24T23:00:00Z")?.name,
    ).toBe("2026-02-18T17:30 UTC");
  });

  test("is only the newest after a long absence", () => {
    expect(slotAt("daily 09:00", "UTC", "2026-05-01T10:00:00Z")?.name).toBe(
      "2026-05-01T09:00 UTC",
    );
  });

  test.each([
    // Clocks go from 02:00 to 03:00 in Berlin on 29 March, and in New York on 8 March.
    ["Europe/Berlin", "2026-03-29", "2026-03-29T01:30:00.000Z"],
    ["America/New_York", "2026-03-08", "2026-03-08T07:30:00.000Z"],
  ])(
    "that the clocks of %s skip comes as late as it would have",
    (timezone, date, at) => {
      const slot = { name: `${date}T02:30 ${timezone}`, at };
      expect(slotAt("daily 02:30", timezone, at)).toEqual(slot);
      const before = new Date(Date.parse(at) - 1).toISOString();
      expect(slotAt("daily 02:30", timezone, before)?.name).not.toBe(slot.name);
    },
  );

  test.each([
    // Clocks go from 03:00 back to 02:00 in Berlin on 25 October, and from 02:00 to 01:00 in New York on 1 November.
    ["Europe/Berlin", "02:30", "2026-10-25T00:30:00.000Z"],
    ["America/New_York", "01:30", "2026-11-01T05:30:00.000Z"],
  ])(
    "that the clocks of %s show twice comes the first time, and once",
    (timezone, time, at) => {
      const first = slotAt(`daily ${time}`, timezone, at);
      expect(first?.at).toBe(at);
      const anHourLater = new Date(Date.parse(at) + 3_600_000).toISOString();
      expect(slotAt(`daily ${time}`, timezone, anHourLater)).toEqual(first);
    },
  );

  test("is yesterday's just after midnight, though yesterday had 23 hours", () => {
    // Monday 00:30 in Berlin, after the Sunday on which the clocks went on: 24 hours before, it was Saturday.
    expect(
      slotAt("daily 09:00", "Europe/Berlin", "2026-03-29T22:30:00Z")?.name,
    ).toBe("2026-03-29T09:00 Europe/Berlin");
  });

  test("is not forgotten when clocks are set back over midnight", () => {
    // At 00:01 of 28 October 2007 the clocks of St John's went back to 23:01.
    const first = slotAt(
      "daily 00:00",
      "America/St_Johns",
      "2007-10-28T02:30:00Z",
    );
    expect(first?.name).toBe("2007-10-28T00:00 America/St_Johns");
    expect(
      slotAt("daily 00:00", "America/St_Johns", "2007-10-28T03:00:00Z"),
    ).toEqual(first);
  });

  test("does not exist for what is no schedule", () => {
    for (const text of [
      "",
      "off",
      "hourly",
      "weekly 09:00",
      "daily 9:00",
      "daily 24:00",
      "daily 09:60",
    ]) {
      expect(slotAt(text, "UTC", "2026-02-18T09:00:00Z")).toBeNull();
      expect(cronOf(text)).toBeNull();
    }
  });
});

describe("For every schedule, zone and moment, the newest slot", () => {
  const two = (number: number) => String(number).padStart(2, "0");
  const anySchedule = fc
    .tuple(
      fc.constantFrom("daily", "weekdays", "weekly mon", "weekly sun"),
      fc.nat({ max: 23 }),
      fc.nat({ max: 59 }),
    )
    .map(([days, hour, minute]) => `${days} ${two(hour)}:${two(minute)}`);
  const anyZone = fc.oneof(
    fc.constantFrom("Europe/Berlin", "America/New_York", "Australia/Lord_Howe"),
    fc.constantFrom(...Intl.supportedValuesOf("timeZone")),
  );
  const anyMoment = fc.date({
    min: new Date("2020-01-01T00:00:00Z"),
    max: new Date("2035-01-01T00:00:00Z"),
    noInvalidDate: true,
  });

  test("has come, not more than eight days ago", () => {
    fc.assert(
      fc.property(anySchedule, anyZone, anyMoment, (schedule, zone, now) => {
        const slot = latestSlot(schedule, zone, now);
        const age = now.getTime() - Date.parse(slot?.at ?? "");
        expect(age).toBeGreaterThanOrEqual(0);
        expect(age).toBeLessThanOrEqual(8 * 86_400_000);
      }),
    );
  });

  test("is still the newest at its own moment", () => {
    fc.assert(
      fc.property(anySchedule, anyZone, anyMoment, (schedule, zone, now) => {
        const slot = latestSlot(schedule, zone, now);
        expect(latestSlot(schedule, zone, new Date(slot?.at ?? ""))).toEqual(
          slot,
        );
      }),
    );
  });

  test("never goes back as time goes on", () => {
    fc.assert(
      fc.property(
        anySchedule,
        anyZone,
        anyMoment,
        fc.nat({ max: 3 * 86_400_000 }),
        (schedule, zone, now, later) => {
          const before = latestSlot(schedule, zone, now)?.at ?? "";
          const after = latestSlot(
            schedule,
            zone,
            new Date(now.getTime() + later),
          );
          expect(Date.parse(after?.at ?? "")).toBeGreaterThanOrEqual(
            Date.parse(before),
          );
        },
      ),
      { numRuns: 300 },
    );
  });
});

test("A schedule is a cron expression too", () => {
  expect(cronOf("daily 09:00")).toBe("0 9 * * *");
  expect(cronOf("weekdays 17:05")).toBe("5 17 * * 1,2,3,4,5");
  expect(cronOf("weekly sun 00:30")).toBe("30 0 * * 0");
});
