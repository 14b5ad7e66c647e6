import { getTasks } from "node-cron";
import { afterEach, describe, expect, it, vi } from "vitest";
import { systemClock } from "../../src/base/clock.ts";
import { createDeferred } from "../../src/base/deferred.ts";
import { createLogger } from "../../src/base/logger.ts";
import { createLane } from "../../src/lane/lane.ts";
import { createScheduler } from "../../src/scheduler/scheduler.ts";
import { startTicks } from "../../src/scheduler/ticks.ts";
import { target } from "../config/fixtures.ts";

const EVERY_SECOND = "* * * * * *";

describe("startTicks", () => {
  it("ticks at full seconds until it is stopped, and leaves nothing behind", async () => {
    const ticked = createDeferred<number>();
    const ticks = startTicks(EVERY_SECOND, () => {
      ticked.resolve(systemClock.wallSeconds());
    });
    const expected = ticks.nextAtSeconds();
    const atSeconds = await ticked.promise;
    expect(expected).toBe(Math.round(expected));
    expect(atSeconds).toBeGreaterThanOrEqual(expected);
    ticks.stop();
    expect(getTasks().size).toBe(0);
  });

  it("does not tick before its time", () => {
    let count = 0;
    const ticks = startTicks("0 0 1 1 *", () => {
      count += 1;
    });
    expect(ticks.nextAtSeconds()).toBeGreaterThan(systemClock.wallSeconds());
    ticks.stop();
    expect(count).toBe(0);
  });
});

describe("ticks when somebody sets the clock", () => {
  const EVERY_MINUTE = "* * * * *";
  const DAYS = 24 * 3600 * 1000;

  afterEach(() => {
    vi.useRealTimers();
  });

  /** How often it ticks in three minutes after the clock was set by so much. */
  function countAfterStep(milliseconds: number): number {
    vi.useFakeTimers({ now: Date.UTC(2026, 0, 1, 12, 0, 30) });
    let count = 0;
    const ticks = startTicks(EVERY_MINUTE, () => {
      count += 1;
    });
    vi.setSystemTime(Date.now() + milliseconds);
    vi.advanceTimersByTime(180_000);
    expect(ticks.nextAtSeconds() - systemClock.wallSeconds()).toBeLessThanOrEqual(60);
    ticks.stop();
    return count;
  }

  it("come every minute when it is not", () => {
    expect(countAfterStep(0)).toBe(3);
  });

  it("come by the new time when it was set back by more than a year", () => {
    expect(countAfterStep(-400 * DAYS)).toBeGreaterThanOrEqual(2);
  });

  it("are not made up for one by one when it was set forward", () => {
    const count = countAfterStep(400 * DAYS);
    expect(count).toBeGreaterThanOrEqual(2);
    expect(count).toBeLessThanOrEqual(4);
  });
});

describe("createScheduler on the host's own clock", () => {
  it("runs a target soon, then at every tick of its cron expression", async () => {
    const enough = createDeferred<undefined>();
    const dueTimes: number[] = [];
    const every = target(`name: a, kind: cold_start, schedule: "${EVERY_SECOND}", jitter: 100ms`);
    const scheduler = createScheduler(
      { hostname: "node-1" },
      {
        clock: systemClock,
        lane: createLane(),
        log: createLogger({ level: "error", format: "json" }),
        skip: () => undefined,
        execute: async (_, dueAtSeconds) => {
          dueTimes.push(dueAtSeconds);
          if (dueTimes.length === 3) enough.resolve(undefined);
          return Promise.resolve(undefined);
        },
      },
    );
    scheduler.replace([every]);
    await enough.promise;
    scheduler.stop();
    expect(dueTimes).toEqual(dueTimes.toSorted((left, right) => left - right));
    expect(getTasks().size).toBe(0);
  });
});
