import { describe, expect, it } from "vitest";
import { target } from "../config/fixtures.ts";
import { createRig, settle } from "./rig.ts";

const HOURLY = "0 * * * *";
const DAILY = "0 0 * * *";
const A = target(`name: a, kind: cold_start, schedule: "${HOURLY}"`);
const B = target(`name: b, kind: cold_start, schedule: "${DAILY}"`);

describe("Scheduler.replace", () => {
  it("keeps the timers of a target that stays", async () => {
    const { scheduler, advance, ticks, started, end } = createRig();
    scheduler.replace([A]);
    await advance(3);
    await end(A.id);
    const before = scheduler.nextAtSeconds(A.id);
    scheduler.replace([B, A]);
    expect(scheduler.nextAtSeconds(A.id)).toBe(before);
    expect(ticks.running()).toEqual([HOURLY, DAILY]);
    await advance(3);
    expect(started.map((line) => line.replace(/ .*/, ""))).toEqual([A.id, B.id]);
  });

  it("runs a target that stays with its new settings", async () => {
    const { scheduler, advance, ticks, started, skipped, end } = createRig();
    scheduler.replace([A]);
    await advance(3);
    await end(A.id);
    const atOnce = target(`name: a, kind: cold_start, schedule: "${HOURLY}", jitter: 0s`);
    scheduler.replace([atOnce]);
    ticks.tick(HOURLY);
    await advance(0);
    expect(started).toEqual([started[0], `${A.id} at 3.000`]);
    expect(skipped).toEqual([]);
  });

  it("follows a new schedule without an extra run", async () => {
    const { scheduler, advance, ticks, started, end } = createRig();
    scheduler.replace([A]);
    await advance(3);
    await end(A.id);
    scheduler.replace([target(`name: a, kind: cold_start, schedule: "${DAILY}"`)]);
    expect(ticks.running()).toEqual([DAILY]);
    await advance(10);
    expect(started).toHaveLength(1);
  });

  it("stops the timers of a target that goes, also between a tick and its run", async () => {
    const { scheduler, advance, ticks, started, end } = createRig();
    scheduler.replace([A, B]);
    await advance(3);
    await end(A.id);
    await end(B.id);
    ticks.tick(HOURLY);
    scheduler.replace([B]);
    expect(ticks.running()).toEqual([DAILY]);
    expect(scheduler.nextAtSeconds(A.id)).toBeUndefined();
    await advance(3600);
    expect(started).toHaveLength(2);
  });

  it("lets the run of a target that goes end, and frees the lane then", async () => {
    const { scheduler, started, logged, end } = createRig();
    scheduler.replace([A, B]);
    const run = scheduler.runNow(A.id);
    await settle();
    scheduler.replace([B]);
    void scheduler.runNow(B.id);
    await settle();
    expect(started).toHaveLength(1);
    await end(A.id);
    await expect(run).resolves.toMatchObject({ ok: true });
    expect(started).toHaveLength(2);
    expect(logged).toEqual([]);
  });

  it("gives up the wait of a target that goes, without a skip", async () => {
    const { scheduler, started, skipped, logged, end } = createRig();
    scheduler.replace([A, B]);
    void scheduler.runNow(A.id);
    const waiting = scheduler.runNow(B.id);
    await settle();
    scheduler.replace([A]);
    await waiting;
    await end(A.id);
    expect(started).toHaveLength(1);
    expect([...skipped, ...logged]).toEqual([]);
  });

  it("does not run a target that comes back while its old run goes on", async () => {
    const { scheduler, advance, started, skipped, end } = createRig();
    scheduler.replace([A]);
    void scheduler.runNow(A.id);
    await settle();
    scheduler.replace([]);
    scheduler.replace([A]);
    await advance(3);
    expect(started).toHaveLength(1);
    expect(skipped).toEqual([`${A.id} in_flight`]);
    await end(A.id);
  });
});

describe("Scheduler.stop", () => {
  it("starts no further run, neither one that is due nor one that waits", async () => {
    const { scheduler, advance, ticks, started, skipped, end } = createRig();
    scheduler.replace([A, B]);
    void scheduler.runNow(A.id);
    const waiting = scheduler.runNow(B.id);
    await settle();
    scheduler.stop();
    await waiting;
    expect(ticks.running()).toEqual([]);
    await advance(100_000);
    await end(A.id);
    expect(started).toHaveLength(1);
    expect(skipped).toEqual([]);
  });

  it("is final", async () => {
    const { scheduler, advance, ticks, started } = createRig();
    scheduler.stop();
    scheduler.replace([A]);
    await advance(3);
    await expect(scheduler.runNow(A.id)).resolves.toMatchObject({ ok: false });
    expect(ticks.running()).toEqual([]);
    expect(started).toEqual([]);
  });
});
