import { getTasks } from "node-cron";
import { describe, expect, it } from "vitest";
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
