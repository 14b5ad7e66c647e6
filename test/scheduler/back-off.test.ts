import { describe, expect, it } from "vitest";
import { backOffSeconds } from "../../src/scheduler/back-off.ts";
import { createLaneBackOff } from "../../src/scheduler/lane-back-off.ts";
import type { EndedRun } from "../../src/history/record.ts";
import type { Outcome } from "../../src/protocol/outcomes.ts";
import { device, target } from "../config/fixtures.ts";
import { failedEnd } from "../support/run-ends.ts";
import { createRig } from "./rig.ts";
import { EPOCH_SECONDS } from "./driven-time.ts";

const MINUTELY = "* * * * *";
const A = target(`name: a, kind: cold_start, schedule: "${MINUTELY}", jitter: 0s`);
const B = target(`name: b, kind: cold_start, schedule: "${MINUTELY}", jitter: 0s`);
const ON_B = target(
  `name: a, kind: cold_start, schedule: "${MINUTELY}", jitter: 0s`,
  device(1, "GPU-b"),
);
const HOST = target(`name: census, kind: census, schedule: "${MINUTELY}"`);

function ended(of: typeof A, outcome: Outcome): EndedRun {
  return {
    type: "run",
    target: of,
    atSeconds: 0,
    end: failedEnd({ outcome }),
    circumstances: {
      otherProcesses: 0,
      utilizationRatio: 0,
      cacheMiss: false,
      laneWaitSeconds: 0,
    },
  };
}

type Rig = ReturnType<typeof createRig>;

/** A target that has had its first run. */
async function begin(targets: readonly (typeof A)[]): Promise<Rig> {
  const rig = createRig();
  rig.scheduler.replace(targets);
  await rig.advance(3);
  for (const { id } of targets) {
    // oxlint-disable-next-line no-await-in-loop -- one after the other
    await rig.end(id);
  }
  return rig;
}

function nextIn({ scheduler }: Rig, id: string): number {
  return (scheduler.nextAtSeconds(id) ?? 0) - EPOCH_SECONDS;
}

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

describe("the lane", () => {
  it("is left alone when a run hangs and the next one elsewhere takes too long", async () => {
    const rig = await begin([A, ON_B]);
    await rig.advance(987);
    void rig.scheduler.runNow(A.id);
    void rig.scheduler.runNow(ON_B.id);
    await rig.advance(0);
    rig.scheduler.note(ended(A, "hung"), 990);
    rig.scheduler.note(ended(ON_B, "timeout"), 990);
    expect([A.id, ON_B.id].map((id) => nextIn(rig, id))).toEqual([1110, 1110]);
    expect(rig.logged.join("")).toContain("all wait");
    // Who waited for the lane has given up.
    const before = rig.started.length;
    await rig.end(A.id);
    expect(rig.started).toHaveLength(before);
  });

  it("pauses for longer while that goes on, and no more after a success", () => {
    const lane = createLaneBackOff();
    const seconds = [
      ended(A, "hung"),
      ended(ON_B, "timeout"),
      ended(A, "timeout"),
      ended(HOST, "hung"),
      ended(ON_B, "success"),
      ended(ON_B, "timeout"),
    ].map(lane.note);
    expect(seconds).toEqual([undefined, 120, 240, 480, undefined, undefined]);
  });

  it("goes on when only one device hangs, when runs are too slow without hanging, and after a forgiving", () => {
    const lane = createLaneBackOff();
    expect([ended(A, "timeout"), ended(ON_B, "timeout")].map(lane.note)).toEqual([
      undefined,
      undefined,
    ]);
    expect([ended(A, "hung"), ended(A, "timeout")].map(lane.note)).toEqual([undefined, undefined]);
    expect(lane.note(ended(ON_B, "success"))).toBeUndefined();
    expect(lane.note(ended(A, "hung"))).toBeUndefined();
    lane.forget();
    expect(lane.note(ended(ON_B, "timeout"))).toBeUndefined();
  });
});
