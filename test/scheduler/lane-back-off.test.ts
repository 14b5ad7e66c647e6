import { describe, expect, it } from "vitest";
import { createLaneBackOff } from "../../src/scheduler/lane-back-off.ts";
import { target } from "../config/fixtures.ts";
import { A, B, begin, ended, HOST, MINUTELY, nextIn, ON_B } from "./failing-targets.ts";
import type { Rig } from "./rig.ts";

/** A run of one device hangs, and the next one of another takes too long: all wait for two minutes. */
async function hangDriver(): Promise<Rig> {
  const rig = await begin([A, ON_B]);
  await rig.advance(987);
  rig.scheduler.note(ended(A, "hung"), 990);
  rig.scheduler.note(ended(ON_B, "timeout"), 990);
  return rig;
}

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

  it("is left alone by who asks as well, until the time is over", async () => {
    const rig = await hangDriver();
    const refused = { ok: false, error: "driver_hangs" };
    expect(await rig.scheduler.runNow(ON_B.id)).toEqual(refused);
    expect(await rig.scheduler.runNow("nobody")).toMatchObject({ error: "unknown_target" });
    await rig.advance(119);
    expect(await rig.scheduler.runNow(A.id)).toEqual(refused);
    expect([rig.started.length, rig.skipped]).toEqual([2, []]);
    await rig.advance(1);
    // It is tried by itself then.
    expect(rig.started.slice(2)).toEqual([`${A.id} at 1110.000`]);
    expect(await rig.scheduler.runNow(A.id)).toMatchObject({ error: "in_flight" });
  });

  it("is left alone by targets that are new or have another probe, until the driver is back", async () => {
    const rig = await hangDriver();
    const changed = target(`name: a, kind: cold_start, schedule: "${MINUTELY}", timeout: 9s`);
    rig.scheduler.replace([changed, B]);
    expect([changed.id, B.id].map((id) => nextIn(rig, id))).toEqual([1110, 1110]);
    await rig.advance(60);
    expect(rig.started).toHaveLength(2);
    rig.scheduler.forgive();
    void rig.scheduler.runNow(B.id);
    await rig.advance(0);
    expect(rig.started.slice(2)).toEqual([`${B.id} at 1050.000`]);
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
