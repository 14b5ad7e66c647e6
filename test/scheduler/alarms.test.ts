import { describe, expect, it } from "vitest";
import { createAlarms } from "../../src/scheduler/alarms.ts";
import { createDrivenClock, EPOCH_SECONDS } from "./driven-time.ts";

describe("an alarm", () => {
  it("rings when it would have, by the clock as it is when somebody sets it back or forth", () => {
    for (const step of [-7200, 7200]) {
      const clock = createDrivenClock();
      let setBy = 0;
      const alarms = createAlarms({ ...clock, wallSeconds: () => clock.wallSeconds() + setBy });
      alarms.set(900, () => undefined);
      setBy = step;
      expect(alarms.nextAtSeconds()).toBe(EPOCH_SECONDS + step + 900);
      clock.advance(60);
      expect(alarms.nextAtSeconds()).toBe(EPOCH_SECONDS + step + 900);
    }
  });

  it("that nobody has set never rings", () => {
    expect(createAlarms(createDrivenClock()).nextAtSeconds()).toBe(Number.POSITIVE_INFINITY);
  });
});
