import { describe, expect, it } from "vitest";
import { makeTargets } from "../../src/config/targets.ts";
import { device, parse, target } from "../config/fixtures.ts";
import { createRig, HOSTNAME, settle } from "./rig.ts";
import { offsetSeconds } from "../../src/scheduler/offset.ts";
import { EPOCH_SECONDS } from "./driven-time.ts";

const HOURLY = "0 * * * *";
const A = target(`name: a, kind: cold_start, schedule: "${HOURLY}", jitter: 100s`);
const B = target('name: b, kind: cold_start, schedule: "30 * * * *"');

/** When the first run of a probe on GPU-a is due, in seconds after it was scheduled. */
function firstAt(probe: string): number {
  return offsetSeconds({ hostname: HOSTNAME, probe, uuid: "GPU-a", jitterSeconds: 3 });
}

/** A's offset after each tick. */
const OFFSET_A = offsetSeconds({
  hostname: HOSTNAME,
  probe: "a",
  uuid: "GPU-a",
  jitterSeconds: 100,
});

describe("createScheduler", () => {
  it("runs each target once soon after start, and then not before its schedule says so", async () => {
    const { scheduler, advance, started, end } = createRig();
    scheduler.replace([A]);
    await settle();
    expect(started).toEqual([]);
    await advance(3);
    expect(started).toEqual([`${A.id} at ${firstAt("a").toFixed(3)}`]);
    await end(A.id);
    await advance(100_000);
    expect(started).toHaveLength(1);
  });

  it("makes a target due by its own offset after each tick, and tells the run since when", async () => {
    const { scheduler, advance, ticks, started, end } = createRig();
    scheduler.replace([A]);
    await advance(10);
    await end(A.id);
    ticks.tick(HOURLY);
    await advance(OFFSET_A - 0.01);
    expect(started).toHaveLength(1);
    await advance(0.02);
    expect(started[1]).toBe(`${A.id} at ${(10 + OFFSET_A).toFixed(3)}`);
  });

  it("runs one target at a time, and the next as soon as the lane is free", async () => {
    const { scheduler, advance, started, end } = createRig();
    scheduler.replace([A, B]);
    await advance(3);
    expect(started).toHaveLength(1);
    const [first, second] = firstAt("a") < firstAt("b") ? [A, B] : [B, A];
    await end(first.id);
    expect(started).toHaveLength(2);
    expect(started[1]).toContain(second.id);
  });

  it("lets process_memory go before others that waited longer", async () => {
    const { scheduler, started, end } = createRig();
    const census = target(`name: census, kind: census, schedule: "${HOURLY}"`);
    const memory = {
      ...census,
      probe: { ...census.probe, kind: { ...census.probe.kind, name: "process_memory" } },
    };
    scheduler.replace([A, B, memory]);
    for (const id of [A.id, B.id, memory.id]) void scheduler.runNow(id);
    await settle();
    await end(A.id);
    expect(started[1]).toContain("census at");
  });

  it("drops a tick whose predecessor still waits for the lane", async () => {
    const { scheduler, advance, ticks, started, skipped, end } = createRig();
    scheduler.replace([A, B]);
    void scheduler.runNow(B.id);
    await settle();
    void scheduler.runNow(A.id);
    ticks.tick(HOURLY);
    await advance(100);
    expect(skipped).toContain(`${A.id} lane_busy`);
    expect(started.filter((line) => line.startsWith(A.id))).toEqual([]);
    await end(B.id);
    expect(started.filter((line) => line.startsWith(A.id))).toHaveLength(1);
  });

  it("drops a tick whose predecessor still runs, and no tick after it has ended", async () => {
    const { scheduler, advance, ticks, started, skipped, end } = createRig();
    scheduler.replace([A]);
    await advance(3);
    ticks.tick(HOURLY);
    await advance(100);
    expect(skipped).toEqual([`${A.id} in_flight`]);
    await end(A.id);
    ticks.tick(HOURLY);
    await advance(100);
    expect(skipped).toHaveLength(1);
    expect(started).toHaveLength(2);
  });

  it("logs a run that rejects, frees the lane, and goes on", async () => {
    const { scheduler, advance, started, logged, end } = createRig();
    scheduler.replace([A, B]);
    await advance(3);
    const [first] = firstAt("a") < firstAt("b") ? [A] : [B];
    await end(first.id, new Error("a bug of ours"));
    expect(logged).toHaveLength(1);
    expect(logged[0]).toContain("a bug of ours");
    expect(started).toHaveLength(2);
  });

  it("says when a target is due next, and nothing of one that is not scheduled", async () => {
    const { scheduler, advance, ticks, end } = createRig();
    scheduler.replace([A]);
    expect(scheduler.nextAtSeconds(A.id)).toBeCloseTo(EPOCH_SECONDS + firstAt("a"), 6);
    await advance(3);
    await end(A.id);
    expect(scheduler.nextAtSeconds(A.id)).toBeCloseTo(EPOCH_SECONDS + 1000 + OFFSET_A, 6);
    ticks.tick(HOURLY);
    expect(scheduler.nextAtSeconds(A.id)).toBeCloseTo(EPOCH_SECONDS + 3 + OFFSET_A, 6);
    expect(scheduler.nextAtSeconds("nobody")).toBeUndefined();
  });

  it("keeps a jitter that is longer than the period within the period", async () => {
    const { scheduler, advance, end } = createRig();
    const hasty = target('name: a, kind: cold_start, schedule: "*/2 * * * * *", jitter: 1h');
    scheduler.replace([hasty]);
    await advance(3);
    await end(hasty.id);
    const offset = (scheduler.nextAtSeconds(hasty.id) ?? 0) - EPOCH_SECONDS - 1000;
    expect(offset).toBeCloseTo(OFFSET_A / 50, 6);
  });

  it("runs a target at once when asked, and tells when it has ended", async () => {
    const { scheduler, started, end } = createRig();
    scheduler.replace([A]);
    const run = scheduler.runNow(A.id);
    await settle();
    expect(started).toEqual([`${A.id} at 0.000`]);
    await end(A.id);
    await expect(run).resolves.toEqual({ ok: true, value: undefined });
  });

  it("refuses to run now what runs already, waits already, or is not there, and counts no skip", async () => {
    const { scheduler, skipped, end } = createRig();
    scheduler.replace([A, B]);
    const running = scheduler.runNow(A.id);
    const waiting = scheduler.runNow(B.id);
    await settle();
    await expect(scheduler.runNow(A.id)).resolves.toEqual({ ok: false, error: "in_flight" });
    await expect(scheduler.runNow(B.id)).resolves.toEqual({ ok: false, error: "lane_busy" });
    await expect(scheduler.runNow("c")).resolves.toEqual({ ok: false, error: "unknown_target" });
    expect(skipped).toEqual([]);
    await end(A.id);
    await end(B.id);
    await Promise.all([running, waiting]);
  });

  it("lets whoever asked give up the wait for the lane, and no run that has started", async () => {
    const { scheduler, started, skipped, logged, end } = createRig();
    scheduler.replace([A, B]);
    const asked = new AbortController();
    const running = scheduler.runNow(A.id, asked.signal);
    const waiting = scheduler.runNow(B.id, asked.signal);
    await settle();
    asked.abort();
    await expect(waiting).resolves.toEqual({ ok: true, value: undefined });
    const late = scheduler.runNow(B.id, asked.signal);
    await expect(late).resolves.toEqual({ ok: true, value: undefined });
    await end(A.id);
    await expect(running).resolves.toMatchObject({ ok: true });
    expect(started).toHaveLength(1);
    expect([...skipped, ...logged]).toEqual([]);
  });

  it("keeps the offsets of sixteen GPUs and six probes apart, within the jitter, over restarts", async () => {
    const probes = ["a", "b", "c", "d", "e", "f"].map(
      (name) => `  - { name: ${name}, kind: cold_start, schedule: "* * * * *" }`,
    );
    const gpus = Array.from({ length: 16 }, (_, gpu) => device(gpu, `GPU-${String(gpu)}`));
    const targets = makeTargets(parse(["probes:", ...probes].join("\n")), gpus);
    const dueTimes = async (): Promise<readonly number[]> => {
      const { scheduler, advance } = createRig();
      scheduler.replace(targets);
      await advance(3);
      return targets.map(({ id }) => (scheduler.nextAtSeconds(id) ?? 0) - EPOCH_SECONDS - 1000);
    };
    const offsets = await dueTimes();
    expect(await dueTimes()).toEqual(offsets);
    expect(offsets.every((offset) => offset >= 0 && offset < 6)).toBe(true);
    const bySecond = [0, 1, 2, 3, 4, 5].map(
      (second) => offsets.filter((offset) => Math.floor(offset) === second).length,
    );
    expect(Math.min(...bySecond)).toBeGreaterThanOrEqual(6);
    expect(Math.max(...bySecond)).toBeLessThanOrEqual(26);
  });
});
