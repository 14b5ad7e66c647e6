import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { systemClock } from "../../src/base/clock.ts";

describe("the host's clock", () => {
  test("reads CLOCK_MONOTONIC in seconds", () => {
    const before = process.hrtime();
    const now = systemClock.monotonicSeconds();
    expect(now).toBeGreaterThanOrEqual(before[0] + before[1] / 1e9);
    expect(now - before[0]).toBeLessThan(60);
  });

  test("reads the time of day", () => {
    expect(Math.abs(systemClock.wallSeconds() - Date.now() / 1000)).toBeLessThan(60);
  });

  test("its timers do not keep the process alive", () => {
    const before = timers();
    const cancel = systemClock.after(60, () => undefined);
    expect(timers()).toBe(before);
    cancel();
  });
});

describe("a timer", () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  test.each([0.5, 1, 60, 2_147_483, 2_147_484, 10_000_000])(
    "of %d s calls back once, then and not before",
    (seconds) => {
      const calledBack = vi.fn<() => void>();
      systemClock.after(seconds, calledBack);
      vi.advanceTimersByTime(seconds * 1000 - 1);
      expect(calledBack).not.toHaveBeenCalled();
      vi.advanceTimersByTime(2);
      expect(calledBack).toHaveBeenCalledTimes(1);
      vi.advanceTimersByTime(seconds * 2000);
      expect(calledBack).toHaveBeenCalledTimes(1);
    },
  );

  test.each([1, 10_000_000])("of %d s that was cancelled never calls back", (seconds) => {
    const calledBack = vi.fn<() => void>();
    const cancel = systemClock.after(seconds, calledBack);
    vi.advanceTimersByTime(seconds * 999);
    cancel();
    vi.advanceTimersByTime(seconds * 2000);
    expect(calledBack).not.toHaveBeenCalled();
  });
});

/** Timers that keep the process alive. */
function timers(): number {
  return process.getActiveResourcesInfo().filter((resource) => resource === "Timeout").length;
}
