import { describe, expect, test } from "vitest";
import { gpuUuids } from "../support/emulated-gpus.ts";
import { until } from "../support/until.ts";
import { GIVEN, makeBench, MODEL } from "./baseline-bench.ts";

/** The cells of a table's rows, below its header. */
function rowsOf(out: string): readonly (readonly string[])[] {
  const [, ...rows] = out.split("\n");
  return rows.map((row) => row.split(/ {2,}/));
}

/** A row of what was measured. */
function measured(probe: string, runs: string): readonly unknown[] {
  const day = expect.stringMatching(/^20\d\d-\d\d-\d\d$/);
  const seconds = expect.stringMatching(/^[\d.]+ (ms|s)$/);
  return [MODEL, probe, "driver", "1", "580.159.04", day, seconds, runs];
}

describe("cudaprobe baseline set", () => {
  test("measures the configured cold starts, and pins the medians of their good runs", async () => {
    await using bench = await makeBench();
    const { exitCode, out, error } = await bench.baseline(["set", "--iterations=3"]);
    expect({ exitCode, error }).toEqual({ exitCode: 0, error: "" });
    // The first warm run has to compile.
    expect(rowsOf(out)).toEqual([measured("cold", "3"), measured("warm", "2")]);
    expect(await bench.baseline(["show"])).toEqual({ exitCode: 0, out, error: "" });
  });

  test("measures GPUs of one model once, and the one that is named", async () => {
    await using bench = await makeBench(["gpus = 2"]);
    const flags = ["set", "--probe=cold", "--iterations=1"];
    expect(rowsOf((await bench.baseline(flags)).out)).toHaveLength(1);
    const { exitCode, out } = await bench.baseline([...flags, "--gpu=1"]);
    expect(exitCode).toBe(0);
    expect(rowsOf(out)).toHaveLength(1);
    expect(rowsOf((await bench.baseline(["show"])).out)).toHaveLength(1);
  });

  test("pins a value that is given, and starts nothing", async () => {
    await using bench = await makeBench(["fault = call=cuInit scope=host code=999"]);
    const { exitCode, out } = await bench.baseline(GIVEN);
    expect(exitCode).toBe(0);
    expect(rowsOf(out)).toEqual([
      [MODEL, "cold", "driver", "1", "580.159.04", expect.any(String), "250 ms", "given"],
    ]);
    expect(bench.emulator.faultedCalls()).toBe(0);
  });

  test("pins nothing of runs that fail or are left out, and says why with exit code 1", async () => {
    await using bench = await makeBench(["fault = call=cuMemAlloc_v2 nth=1 code=2"]);
    await bench.baseline(GIVEN);
    const failed = await bench.baseline(["set", "--probe=cold", "--iterations=2"]);
    expect(failed).toMatchObject({ exitCode: 1, out: "" });
    expect(failed.error).toContain("cold on GPU 0: no run can be a baseline");
    expect(failed.error).toContain("failure in allocate: oom (CUDA_ERROR_OUT_OF_MEMORY)");
    await bench.emulator.configure(["compute_mode = exclusive_process"]);
    const skipped = await bench.baseline(["set", "--probe=cold", "--iterations=1"]);
    expect(skipped).toMatchObject({ exitCode: 1, out: "" });
    expect(skipped.error).toContain("skipped: compute_mode");
    // What was pinned before is pinned still.
    expect((await bench.baseline(["show"])).out).toContain("250 ms");
  });

  test("pins nothing of a series that was interrupted", async () => {
    await using bench = await makeBench(["fault = call=cuMemAlloc_v2 scope=host slow_seconds=10"]);
    const end = await bench.baseline(["set", "--iterations=1000"], {
      whileRunning: async (signal) => {
        await until("the third run", () => bench.emulator.faultedCalls() >= 3);
        signal("SIGINT");
      },
    });
    expect(end).toMatchObject({ exitCode: 1, out: "" });
    expect(end.error).toContain("stopped before it was measured");
    expect((await bench.baseline(["show"])).out).toBe("no baseline is pinned");
  });

  test("is an error without a driver, and where nothing can be kept, with the reason", async () => {
    await using bench = await makeBench(["fault = call=nvmlInit_v2 code=9"]);
    const down = await bench.baseline(GIVEN);
    expect(down).toMatchObject({ exitCode: 1, out: "" });
    expect(down.error).toContain("the driver does not work: no_driver");
    await bench.emulator.configure([]);
    for (const command of [GIVEN, ["show"], ["clear", "--all"]]) {
      const end = await bench.baseline([...command, "--storage.path=/proc"]);
      expect(end).toMatchObject({ exitCode: 1, out: "" });
      expect(end.error).toMatch(/storage directory cannot be written.* error=/);
    }
  });

  test.each([
    [["set", "--probe=none"], "has no probe none with a baseline; there are cold, warm"],
    [["set", "--probe=footprint"], "has no probe footprint with a baseline"],
    [["set", "--gpu=7"], "there is no GPU 7; there are 0 (GPU-"],
    [["set", "--iterations=0"], "whole number from 1 up"],
    [["set", "--seconds=5"], "is not a duration"],
    [["set", "--seconds=0s"], "more than nothing"],
    [["set", "--seconds=5s", "--iterations=3"], "cannot be used with"],
    [["clear"], "say which baselines: --probe, --gpu or --all"],
    [["clear", "--all", "--gpu=0"], "cannot be used with"],
    [["clear", "--gpu=H100"], "no baseline is of a model H100, and there is no GPU H100"],
  ])("refuses %j with exit code 2", async (args, said) => {
    await using bench = await makeBench();
    const { exitCode, out, error } = await bench.baseline(args);
    expect({ exitCode, out }).toEqual({ exitCode: 2, out: "" });
    expect(error).toContain(said);
  });
});

/** What is said of baselines that were unpinned. */
function cleared(...probes: readonly string[]): string {
  return probes.map((probe) => `cleared: ${probe} on ${MODEL}`).join("\n");
}

test("cudaprobe baseline clear unpins by probe, by model, by GPU, or all", async () => {
  await using bench = await makeBench();
  const [uuid = ""] = await gpuUuids();
  const pin = ["set", "--seconds=250ms"];
  const cases: readonly (readonly [readonly string[], string])[] = [
    [["--probe=warm"], cleared("warm")],
    [[`--gpu=${MODEL}`, "--probe=cold"], cleared("cold")],
    [[`--gpu=${MODEL}`], cleared("cold", "warm")],
    [["--gpu=0"], cleared("cold", "warm")],
    [[`--gpu=${uuid.slice(0, 10)}`], cleared("cold", "warm")],
    [["--all"], cleared("cold", "warm")],
  ];
  for (const [flags, out] of cases) {
    await bench.baseline(pin);
    expect(await bench.baseline(["clear", ...flags])).toEqual({ exitCode: 0, out, error: "" });
  }
  expect(await bench.baseline(["clear", "--all"])).toMatchObject({ exitCode: 1, out: "" });
  expect((await bench.baseline(["show"])).out).toBe("no baseline is pinned");
});
