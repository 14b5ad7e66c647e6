import { describe, expect, test } from "vitest";
import { readAtOnce } from "../../src/probes/at-once-figures.ts";
import { coldStart } from "../../src/probes/cold-start.ts";
import type { RunEnd } from "../../src/runner/run.ts";
import { gpuUuids } from "../support/emulated-gpus.ts";
import { makeEmulator } from "../support/emulator.ts";
import { holdLane } from "../support/hold-lane.ts";
import { expectNothingLeft, makeStartBench } from "../support/start-benches.ts";
import { until } from "../support/until.ts";

/**
 * So long that what this host takes for itself is little beside it, and the same in every start. All of it is in one phase: where there are
 * two, one instance's second may begin beside another's first, and what is not under the lock overlaps.
 */
const STEADY = [
  "time_scale = 1",
  "init_seconds = 0.5",
  "init_noise_ratio = 0",
  "context_seconds = 0",
  "release_seconds = 0",
];

function roles({ companions = [] }: RunEnd): readonly string[] {
  return companions.map(({ role }) => role);
}

describe("a run of several starts at once", () => {
  test.each([2, 4, 8])(
    "waits at the driver's lock: of %i the last takes 0.36 + 0.64 N times as long as one",
    async (concurrency) => {
      await using emulator = await makeEmulator(STEADY);
      await using bench = await makeStartBench(emulator);
      const end = await bench.run({ concurrency });
      expect(end).toMatchObject({ outcome: "success", stderr: "" });
      const expected = 0.36 + 0.64 * concurrency;
      const { ratio = 0 } = readAtOnce(end, "first_kernel") ?? {};
      expect(ratio / expected).toBeGreaterThan(0.9);
      expect(ratio / expected).toBeLessThan(1.1);
      expectNothingLeft(bench);
    },
  );

  test("does not wait where the driver has no lock", async () => {
    await using emulator = await makeEmulator([...STEADY, "lock_held_ratio = 0"]);
    await using bench = await makeStartBench(emulator);
    const { ratio = 0 } = readAtOnce(await bench.run({ concurrency: 4 }), "first_kernel") ?? {};
    expect(ratio).toBeGreaterThan(0.9);
    expect(ratio).toBeLessThan(1.5);
  });

  test("has the phases that it declares, and its other starts beside it", async () => {
    await using emulator = await makeEmulator();
    await using bench = await makeStartBench(emulator);
    const end = await bench.run({ concurrency: 3 });
    const { phases } = coldStart.measurement({ concurrency: 3 });
    expect(end.report.instances.map((one) => one.phases.map(({ phase }) => phase))).toEqual(
      Array.from({ length: 3 }, () => phases),
    );
    expect(roles(end)).toEqual(["single", "single", "single", "floor"]);
  });

  test("touches no driver for its floor", async () => {
    await using emulator = await makeEmulator();
    await using bench = await makeStartBench(emulator);
    const end = await bench.run({ concurrency: 2 });
    const [floor] = end.companions?.filter(({ role }) => role === "floor") ?? [];
    const samples = floor?.end.report.instances.flatMap((one) => one.samples);
    expect(samples).toEqual([
      { name: "gpu_seconds", value: 0, labels: {} },
      { name: "gpu_seconds", value: 0, labels: {} },
    ]);
  });

  test("takes the GPUs in turn where it is spread, and one GPU where it is not", async () => {
    // Each has room for one context, which is held for half a second.
    const tenants = [0, 1, 2].map((gpu) => `tenant = gpu=${gpu} pid=1 bytes=${84 * 10 ** 9}`);
    const small = ["gpus = 3", "allocate_seconds = 50", ...tenants];
    await using emulator = await makeEmulator(small);
    await using bench = await makeStartBench(emulator);
    const [, ...peerGpuUuids] = (await gpuUuids()).slice(0, 3);
    const spread = await bench.run({ concurrency: 3, spread: "all_gpus" }, { peerGpuUuids });
    expect(spread).toMatchObject({ outcome: "success" });
    const together = await bench.run({ concurrency: 3 }, { peerGpuUuids });
    expect(together).toMatchObject({ outcome: "failure", reason: "oom" });
  });
});

describe("a run of several starts at once fails", () => {
  test("when one of its instances does, for that one's reason", async () => {
    // The three single starts have made one context each.
    const fault = "fault = call=cuDevicePrimaryCtxRetain scope=host nth=5 code=2";
    await using emulator = await makeEmulator([fault]);
    await using bench = await makeStartBench(emulator);
    const end = await bench.run({ concurrency: 3 });
    expect(end).toMatchObject({ outcome: "failure", reason: "oom", phase: "context" });
    expect(end.report.instances).toHaveLength(3);
    expect(roles(end)).toEqual(["single", "single", "single"]);
    expectNothingLeft(bench);
  });

  test("at the first start that fails, and makes none after it", async () => {
    const fault = "fault = call=cuInit scope=host nth=2 code=999";
    await using emulator = await makeEmulator([fault]);
    await using bench = await makeStartBench(emulator);
    const end = await bench.run({ concurrency: 3 });
    expect(end).toMatchObject({ outcome: "failure", phase: "init" });
    expect(end.report.instances).toHaveLength(1);
    expect(roles(end)).toEqual(["single"]);
  });

  test("when its one deadline passes, however many starts there were before", async () => {
    await using emulator = await makeEmulator(["fault = call=cuInit scope=host nth=3 hang=true"]);
    await using bench = await makeStartBench(emulator);
    const end = await bench.run({ concurrency: 2 }, { timeoutSeconds: 3, graceSeconds: 0.1 });
    expect(end).toMatchObject({ outcome: "timeout", phase: "init" });
    expect(roles(end)).toEqual(["single", "single"]);
    expectNothingLeft(bench);
  });

  test.each([2, 6])("when it is cut short at call %i, and leaves no process", async (nth) => {
    const fault = `fault = call=cuInit scope=host nth=${nth} slow_seconds=100`;
    await using emulator = await makeEmulator([fault]);
    await using bench = await makeStartBench(emulator);
    const controller = new AbortController();
    const running = bench.run({ concurrency: 4 }, { signal: controller.signal });
    await until("the call", () => emulator.faultedCalls() >= nth);
    controller.abort();
    expect(await running).toMatchObject({ outcome: "failure", reason: "cancelled" });
    expectNothingLeft(bench);
  });
});

describe("the lane of a run of several starts", () => {
  test("is waited for, and the run is left out where it is not had in time", async () => {
    await using emulator = await makeEmulator();
    await using bench = await makeStartBench(emulator);
    await using other = await holdLane(bench.laneFile);
    const end = await bench.run({ concurrency: 2 }, { laneSeconds: 0 });
    expect(end).toMatchObject({ outcome: "skipped", reason: "lane_busy" });
    expect(emulator.isLoaded()).toBe(false);
    await other.giveBack();
    expectNothingLeft(bench);
  });

  test("is not waited for by who was cancelled", async () => {
    await using emulator = await makeEmulator();
    await using bench = await makeStartBench(emulator);
    const end = await bench.run({ concurrency: 2 }, { signal: AbortSignal.abort() });
    expect(end).toMatchObject({ outcome: "skipped", reason: "cancelled" });
  });

  test("is held from the first start to the last, by one process", async () => {
    const slow = "fault = call=cuInit scope=host nth=2 slow_seconds=50";
    await using emulator = await makeEmulator([slow]);
    await using bench = await makeStartBench(emulator);
    const running = bench.run({ concurrency: 2 });
    await until("the second start", () => emulator.faultedCalls() >= 2);
    const other = await bench.run({ concurrency: 2 }, { laneSeconds: 0 });
    expect(other).toMatchObject({ reason: "lane_busy" });
    expect(await running).toMatchObject({ outcome: "success" });
    expect(await bench.run({ concurrency: 2 }, { laneSeconds: 0 })).toMatchObject({
      outcome: "success",
    });
  });
});
