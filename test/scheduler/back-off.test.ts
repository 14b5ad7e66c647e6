import { describe, expect, it } from "vitest";
import { backOffSeconds } from "../../src/scheduler/back-off.ts";
import { target } from "../config/fixtures.ts";
import { EPOCH_SECONDS } from "./driven-time.ts";
import { A, B, begin, ended, MINUTELY, nextIn } from "./failing-targets.ts";
import type { Rig } from "./rig.ts";

describe("backOffSeconds", () => {
  it("leaves the schedule alone after one failure, and then doubles its gap up to a quarter of an hour", () => {
    const waits = [0, 1, 2, 3, 4, 5, 6, 60].map((failures) => backOffSeconds(failures, 60));
    expect(waits).toEqual([0, 0, 120, 240, 480, 900, 900, 900]);
  });
});

describe("a target that fails", () => {
  it("is tried again by its schedule after the first failure, later after each further one", async () => {
    const rig = await begin([A]);
    rig.scheduler.note(ended(A, "failure"), 3);
    rig.ticks.tick(MINUTELY);
    await rig.advance(0);
    expect(rig.started).toHaveLength(2);
    await rig.end(A.id);
    // The ticks of this rig come a thousand seconds after the epoch, so that a wait has to be longer.
    await rig.advance(900);
    rig.scheduler.note(ended(A, "timeout"), 903);
    expect(nextIn(rig, A.id)).toBeCloseTo(1023, 6);
    expect(rig.retries.at(-1)).toBe(`${A.id} ${String(EPOCH_SECONDS + 1023)}`);
    rig.ticks.tick(MINUTELY);
    await rig.advance(119);
    expect(rig.started).toHaveLength(2);
    expect(rig.skipped).toEqual([]);
    await rig.advance(2);
    expect(rig.started[2]).toBe(`${A.id} at 1023.000`);
    expect(rig.retries.at(-1)).toBe(`${A.id} undefined`);
    await rig.end(A.id);
    rig.scheduler.note(ended(A, "crashed"), 1023);
    expect(nextIn(rig, A.id)).toBeCloseTo(1023 + 240, 6);
  });

  it("is due by its schedule again after a success, or when its driver is back, or its probe another", async () => {
    const changed = target(`name: a, kind: cold_start, schedule: "${MINUTELY}", jitter: 1s`);
    const ways: readonly ((rig: Rig) => void)[] = [
      (rig) => rig.scheduler.note(ended(A, "success"), 990),
      (rig) => rig.scheduler.forgive(),
      (rig) => rig.scheduler.replace([changed]),
    ];
    for (const forgive of ways) {
      // oxlint-disable-next-line no-await-in-loop -- one after the other
      const rig = await begin([A]);
      // oxlint-disable-next-line no-await-in-loop
      await rig.advance(987);
      for (const outcome of ["failure", "failure"] as const)
        rig.scheduler.note(ended(A, outcome), 990);
      expect(nextIn(rig, A.id)).toBeCloseTo(1110, 6);
      forgive(rig);
      expect(nextIn(rig, A.id)).toBeLessThan(1002);
      rig.scheduler.note(ended(A, "failure"), 990);
      expect(nextIn(rig, A.id)).toBeLessThan(1002);
    }
  });

  it("keeps no other target waiting", async () => {
    const rig = await begin([A, B]);
    await rig.advance(987);
    for (const outcome of ["failure", "failure"] as const)
      rig.scheduler.note(ended(A, outcome), 990);
    expect(nextIn(rig, A.id)).toBeCloseTo(1110, 6);
    expect(nextIn(rig, B.id)).toBeCloseTo(1000, 6);
    rig.ticks.tick(MINUTELY);
    await rig.advance(0);
    expect(rig.started.slice(2)).toEqual([`${B.id} at 990.000`]);
  });

  it("goes on waiting when its probe is read again and says what it said, whatever becomes of others", async () => {
    const again = target(`jitter: 0s, kind: cold_start, schedule: "${MINUTELY}", name: a`);
    const other = target(`name: b, kind: cold_start, schedule: "${MINUTELY}", timeout: 9s`);
    const spared = { ...again, probe: { ...again.probe, schedule: "*/2 * * * *" } };
    const rig = await begin([A, B]);
    await rig.advance(987);
    for (const outcome of ["failure", "failure"] as const)
      rig.scheduler.note(ended(A, outcome), 990);
    for (const read of [again, spared]) {
      rig.scheduler.replace([read, other]);
      expect(nextIn(rig, A.id)).toBeCloseTo(1110, 6);
    }
    rig.scheduler.note(ended(A, "failure"), 990);
    expect(nextIn(rig, A.id)).toBeGreaterThan(1110);
  });

  it("is not one that is skipped, and is not run more often than its schedule says", async () => {
    const rig = await begin([A]);
    for (let skips = 0; skips < 5; skips += 1) rig.scheduler.note(ended(A, "skipped"), 3);
    expect(nextIn(rig, A.id)).toBeCloseTo(1000, 6);
    // Its schedule is a thousand seconds away, which is later than any wait.
    for (let failures = 0; failures < 5; failures += 1) rig.scheduler.note(ended(A, "failure"), 3);
    expect(nextIn(rig, A.id)).toBeCloseTo(1000, 6);
  });

  it("is run at once when asked", async () => {
    const rig = await begin([A]);
    await rig.advance(987);
    for (const outcome of ["failure", "failure"] as const)
      rig.scheduler.note(ended(A, outcome), 990);
    void rig.scheduler.runNow(A.id);
    await rig.advance(0);
    expect(rig.started).toHaveLength(2);
  });
});
