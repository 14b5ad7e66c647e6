import { describe, expect, test } from "vitest";
import { runCudaprobe } from "../support/daemon.ts";
import { gpuUuids } from "../support/emulated-gpus.ts";
import { makeEmulator } from "../support/emulator.ts";
import { until } from "../support/until.ts";

const RUN = ["run", "cold_start", "--jit-cache=cold"];
const FIGURES = [
  "spawn",
  "load_driver",
  "init",
  "context",
  "allocate",
  "load_module",
  "first_kernel",
  "unattributed",
  "time to first result",
  "release",
  "exit",
];

const EXPERIMENT = [
  "as StreamBox's time experiment has it",
  "Context Initialization Time",
  "Tensor1 Allocation Time",
];

describe("cudaprobe run cold_start", () => {
  test("prints a table for people, which says that it is emulated", async () => {
    await using emulator = await makeEmulator();
    const args = [...RUN, "--iterations=3"];
    const { exitCode, out, error } = await runCudaprobe(args, { emulator });
    expect({ exitCode, error }).toEqual({ exitCode: 0, error: "" });
    expect(out).toContain("EMULATED: no figure here is a measurement");
    expect(out).toContain("3 of 3 runs succeeded\n");
    const rows = out.slice(out.indexOf("\n\n") + 2).split("\n");
    expect(rows.map((row) => row.split(/ {2,}/)[0])).toEqual(["", ...FIGURES, "", ...EXPERIMENT]);
    for (const row of rows.slice(1, 1 + FIGURES.length))
      expect(row).toMatch(/( +[\d.]+ (µs|ms|s)){5} +\d+$/);
  });

  test("prints JSON of a version, with every run and the statistics", async () => {
    await using emulator = await makeEmulator();
    const args = [...RUN, "--iterations=2", "--format=json"];
    const { exitCode, out } = await runCudaprobe(args, { emulator });
    expect(exitCode).toBe(0);
    const [gpuUuid] = await gpuUuids();
    const iteration = { outcome: "success", cacheMiss: false, atSeconds: expect.any(Number) };
    expect(JSON.parse(out)).toMatchObject({
      schema: "cudaprobe-run/1",
      kind: "cold_start",
      options: { runtime: "driver", jit_cache: "cold" },
      device: { gpu: 0, gpuUuid },
      driver: { backend: "emulator", driverVersion: "580.159.04" },
      host: { architecture: expect.any(String) },
      iterations: [iteration, iteration],
      summary: FIGURES.map((name) => ({ name, unit: "seconds", median: expect.any(Number) })),
    });
  });

  test("prints CSV, a row a run and a column a figure", async () => {
    await using emulator = await makeEmulator();
    const args = [...RUN, "--iterations=2", "--format=csv"];
    const { exitCode, out } = await runCudaprobe(args, { emulator });
    expect(exitCode).toBe(0);
    const [header, ...rows] = out.split("\n").map((line) => line.split(","));
    const names = FIGURES.map((name) => `${name.replaceAll(" ", "_")}_seconds`);
    expect(header).toEqual(["at_seconds", "outcome", "reason", "phase", "cache_miss", ...names]);
    expect(rows).toHaveLength(2);
    for (const [at, outcome, reason, phase, miss, ...values] of rows) {
      expect([outcome, reason, phase, miss]).toEqual(["success", "", "", "0"]);
      expect(Number(at)).toBeGreaterThan(1.7e9);
      expect(values).toHaveLength(FIGURES.length);
      for (const value of values) expect(Number(value)).toBeGreaterThan(0);
    }
  });

  test("counts the run that compiled apart, when the cache is a warm one", async () => {
    await using emulator = await makeEmulator();
    const args = ["run", "cold_start", "--iterations=2", "--format=json"];
    const { out } = await runCudaprobe(args, { emulator });
    expect(JSON.parse(out)).toMatchObject({
      options: { jit_cache: "warm" },
      iterations: [{ cacheMiss: true }, { cacheMiss: false }],
    });
  });

  test("runs on the GPU that is named by index or by the beginning of its UUID", async () => {
    await using emulator = await makeEmulator(["gpus = 3"]);
    const [, second = "", third = ""] = await gpuUuids();
    const options = ["--iterations=1", "--format=json"];
    const byIndex = await runCudaprobe([...RUN, ...options, "--gpu=1"], { emulator });
    expect(JSON.parse(byIndex.out)).toMatchObject({ device: { gpu: 1, gpuUuid: second } });
    const name = `--gpu=${third.slice(0, 8)}`;
    const byUuid = await runCudaprobe([...RUN, ...options, name], { emulator });
    expect(JSON.parse(byUuid.out)).toMatchObject({ device: { gpu: 2, gpuUuid: third } });
  });

  test.each([
    ["--iterations=0", "whole number from 1 up"],
    ["--format=xml", "table, json, csv"],
    ["--bytes=5", "is not a size"],
    ["--jit-cache=lukewarm", "jit_cache"],
    ["--gpu=7", "there is no GPU 7; there are 0 (GPU-"],
    ["--gpu=GPU-ffff", "there is no GPU GPU-ffff; there are 0 (GPU-"],
    ["--nonsense=1", "--nonsense"],
  ])("refuses %s with exit code 2", async (flag, said) => {
    await using emulator = await makeEmulator();
    const { exitCode, out, error } = await runCudaprobe(["run", "cold_start", flag], { emulator });
    expect({ exitCode, out }).toEqual({ exitCode: 2, out: "" });
    expect(error).toContain(said);
  });

  test("is exit code 1 when runs fail, and tells why", async () => {
    await using emulator = await makeEmulator(["fault = call=cuMemAlloc_v2 nth=1 code=2"]);
    const { exitCode, out } = await runCudaprobe([...RUN, "--iterations=2"], { emulator });
    expect(exitCode).toBe(1);
    expect(out).toContain("0 of 2 runs succeeded");
    expect(out).toContain(
      "failure in allocate: oom (CUDA_ERROR_OUT_OF_MEMORY, cuMemAlloc_v2 failed)",
    );
  });

  test("is exit code 1 without a driver, and prints no figures", async () => {
    await using emulator = await makeEmulator(["fault = call=nvmlInit_v2 code=9"]);
    const { exitCode, out, error } = await runCudaprobe(RUN, { emulator });
    expect({ exitCode, out }).toEqual({ exitCode: 1, out: "" });
    expect(error).toContain("the driver does not work: no_driver");
  });

  test("prints what there is when it is interrupted", async () => {
    await using emulator = await makeEmulator([
      "fault = call=cuMemAlloc_v2 scope=host slow_seconds=10",
    ]);
    const { exitCode, out } = await runCudaprobe([...RUN, "--iterations=1000", "--format=json"], {
      emulator,
      whileRunning: async (signal) => {
        await until("the third run", () => emulator.faultedCalls() >= 3);
        signal("SIGINT");
      },
    });
    expect(exitCode).toBe(130);
    const result: { iterations: readonly { outcome: string }[] } = JSON.parse(out);
    expect(result.iterations.length).toBeGreaterThanOrEqual(2);
    expect(result.iterations.length).toBeLessThan(100);
    for (const { outcome } of result.iterations) expect(outcome).toBe("success");
  });
});
