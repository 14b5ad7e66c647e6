import { afterEach, describe, expect, it, vi } from "vitest";
import { wallClockSeconds } from "../../src/base/wall-clock.ts";
import type { QuietHours } from "../../src/config/quiet-hours.ts";
import { findOpenWindow } from "../../src/scheduler/open-window.ts";

const HOUR = 3600;

function window(schedule: string, hours: number): QuietHours {
  return { schedule, durationSeconds: hours * HOUR };
}

/** Whether it is open when a clock on the wall shows that, such as `2026-11-26T23:00:00`. */
function isOpen(one: QuietHours, shown: string): boolean {
  return findOpenWindow([one], Date.parse(`${shown}Z`) / 1000) !== undefined;
}

/** Whether it is open at a moment, in a time zone. */
function isOpenAt(one: QuietHours, moment: string, zone: string): boolean {
  vi.stubEnv("TZ", zone);
  return findOpenWindow([one], wallClockSeconds(Date.parse(moment) / 1000)) !== undefined;
}

describe("a window of quiet hours", () => {
  // The 26th of November 2026 is a Thursday.
  const night = window("0 22 * * 1-5", 8);

  it.each([
    ["2026-11-26T21:59:59", false],
    ["2026-11-26T22:00:00", true],
    ["2026-11-27T05:59:59", true],
    ["2026-11-27T06:00:00", false],
    ["2026-11-28T05:00:00", true],
    ["2026-11-28T23:00:00", false],
    ["2026-11-30T05:00:00", false],
  ])("is open from its tick for its duration, also after midnight: %s is %s", (shown, open) => {
    expect(isOpen(night, shown)).toBe(open);
  });

  it("may last for days", () => {
    const weekend = window("0 18 * * 5", 60);
    expect(isOpen(weekend, "2026-11-27T17:59:00")).toBe(false);
    expect(isOpen(weekend, "2026-11-27T18:00:00")).toBe(true);
    expect(isOpen(weekend, "2026-11-30T05:59:00")).toBe(true);
    expect(isOpen(weekend, "2026-11-30T06:00:00")).toBe(false);
    expect(isOpen(window("0 0 * * 1", 168), "2026-12-06T23:59:59")).toBe(true);
  });

  it("opens anew at each tick, of which there may be many", () => {
    const often = { schedule: "*/30 * * * *", durationSeconds: 60 };
    expect(isOpen(often, "2026-11-26T10:30:59")).toBe(true);
    expect(isOpen(often, "2026-11-26T10:31:00")).toBe(false);
    expect(isOpen({ schedule: "30 0 12 * * *", durationSeconds: 60 }, "2026-11-26T12:01:29")).toBe(
      true,
    );
    expect(isOpen({ schedule: "30 0 12 * * *", durationSeconds: 60 }, "2026-11-26T12:00:29")).toBe(
      false,
    );
  });

  it("opens on the days that cron's other words name", () => {
    expect(isOpen(window("0 12 L * *", 1), "2026-11-30T12:30:00")).toBe(true);
    expect(isOpen(window("0 12 L * *", 1), "2026-11-29T12:30:00")).toBe(false);
    expect(isOpen(window("@daily", 1), "2026-11-29T00:30:00")).toBe(true);
  });

  it("is the first of several that is open", () => {
    const noon = window("0 12 * * *", 1);
    const at = Date.parse("2026-11-26T12:30:00Z") / 1000;
    expect(findOpenWindow([night, noon, window("0 11 * * *", 2)], at)).toBe(noon);
    expect(findOpenWindow([], at)).toBeUndefined();
  });
});

describe("the clock on the wall", () => {
  afterEach(() => {
    vi.unstubAllEnvs();
  });

  const early = window("0 2 * * *", 2);

  it("is that of the host's time zone", () => {
    expect(isOpenAt(early, "2026-11-26T02:30:00Z", "UTC")).toBe(true);
    expect(isOpenAt(early, "2026-11-26T02:30:00Z", "America/New_York")).toBe(false);
    expect(isOpenAt(early, "2026-11-26T07:30:00Z", "America/New_York")).toBe(true);
    expect(isOpenAt(early, "2026-11-26T21:00:00Z", "Asia/Kolkata")).toBe(true);
  });

  // In Berlin 02:00 is left out on the 29th of March 2026, at 01:00 UTC, and comes twice on the 25th of October.
  it("opens a window whose beginning summer time leaves out for what is left of it", () => {
    expect(isOpenAt(early, "2026-03-29T00:59:59Z", "Europe/Berlin")).toBe(false);
    expect(isOpenAt(early, "2026-03-29T01:00:00Z", "Europe/Berlin")).toBe(true);
    expect(isOpenAt(early, "2026-03-29T01:59:59Z", "Europe/Berlin")).toBe(true);
    expect(isOpenAt(early, "2026-03-29T02:00:00Z", "Europe/Berlin")).toBe(false);
  });

  it("keeps a window open through the hour that comes twice", () => {
    expect(isOpenAt(early, "2026-10-24T23:59:59Z", "Europe/Berlin")).toBe(false);
    expect(isOpenAt(early, "2026-10-25T00:30:00Z", "Europe/Berlin")).toBe(true);
    expect(isOpenAt(early, "2026-10-25T01:30:00Z", "Europe/Berlin")).toBe(true);
    expect(isOpenAt(early, "2026-10-25T02:59:59Z", "Europe/Berlin")).toBe(true);
    expect(isOpenAt(early, "2026-10-25T03:00:00Z", "Europe/Berlin")).toBe(false);
  });

  it("closes a window of the night at the hour that is written", () => {
    const night = window("0 22 * * *", 8);
    expect(isOpenAt(night, "2026-03-29T03:59:59Z", "Europe/Berlin")).toBe(true);
    expect(isOpenAt(night, "2026-03-29T04:00:00Z", "Europe/Berlin")).toBe(false);
    expect(isOpenAt(night, "2026-10-25T04:59:59Z", "Europe/Berlin")).toBe(true);
    expect(isOpenAt(night, "2026-10-25T05:00:00Z", "Europe/Berlin")).toBe(false);
  });
});
