import { describe, expect, it } from "vitest";
import { COLD_START_BUCKETS, PHASE_BUCKETS, TRANSFER_BUCKETS } from "../../src/probes/buckets.ts";
import { coldStart } from "../../src/probes/cold-start.ts";
import { probeContext } from "../support/probe-context.ts";
import { phase, successfulEnd } from "../support/run-ends.ts";

const end = successfulEnd({
  phases: [
    phase("spawn", 100, 100.002),
    phase("init", 100.003, 100.1),
    phase("first_kernel", 100.1, 100.2),
    phase("release", 100.3, 100.4),
    phase("exit", 100.4, 100.5),
  ],
});

describe("the cold start's figures", () => {
  const figures = new Map(
    coldStart
      .measurement({})
      .figures(end)
      .map(({ name, value }) => [name, value]),
  );

  it("are one interval from spawned to the end of the first kernel, not a sum", () => {
    expect(figures.get("time to first result")).toBeCloseTo(0.2, 9);
  });

  it("tell what no phase up to there accounts for, and leave later phases out of it", () => {
    expect(figures.get("unattributed")).toBeCloseTo(0.001, 9);
  });

  it("are in the order of the phases, with the headline behind the phase that ends it", () => {
    expect([...figures.keys()]).toEqual([
      "spawn",
      "init",
      "first_kernel",
      "unattributed",
      "time to first result",
      "release",
      "exit",
    ]);
  });
});

function families(cacheMiss: boolean): ReadonlySet<string> {
  const run = { probe: "driver", end, cacheMiss, gpuHeldByOthers: false };
  const observations = coldStart.measurement({}).observe(run);
  return new Set(observations.map(({ family }) => family));
}

describe("the cold start's observations", () => {
  it("fill the histograms and the gauges of the last run, and leave alone the baseline and what several at once have", () => {
    const names = coldStart.families.map(({ name }) => name);
    const others = [
      "cudaprobe_cold_start_baseline_duration_seconds",
      "cudaprobe_cold_start_serialization_ratio",
    ];
    expect(names).toEqual(expect.arrayContaining(others));
    expect(families(false)).toEqual(new Set(names.filter((name) => !others.includes(name))));
  });

  it("leave a run that had to compile its kernel out of the histograms", () => {
    expect(
      [...families(true)].filter((name) => /\bphase_duration|start_duration/.test(name)),
    ).toEqual([]);
    expect(families(true)).toContain("cudaprobe_cold_start_last_duration_seconds");
  });

  it.each([
    [true, 0],
    [undefined, 0],
    [false, 1],
  ])("count a start on an idle GPU: held by others %s, counted %i", (gpuHeldByOthers, times) => {
    const run = { probe: "driver", end, cacheMiss: false, gpuHeldByOthers };
    const counted = coldStart
      .measurement({})
      .observe(run)
      .filter(({ family }) => family === "cudaprobe_cold_start_idle_gpu_total");
    expect(counted.map(({ value }) => value)).toEqual(Array.from({ length: times }, () => 1));
  });

  it("are none when the first kernel did not end", () => {
    const cut = successfulEnd({ phases: [phase("spawn", 100, 100.002)] });
    expect(
      coldStart.measurement({}).observe({ probe: "driver", end: cut, cacheMiss: false }),
    ).toEqual([]);
  });
});

describe("the cold start's argv and environment", () => {
  const context = probeContext({ gpuUuid: "GPU-1", libcuda: "/lib/libcuda.so.1" });

  it("name the device, the size in bytes and the library", () => {
    expect(coldStart.measurement({ bytes: "4MiB" }).args(context)).toEqual([
      "--device=GPU-1",
      "--bytes=4194304",
      "--libcuda=/lib/libcuda.so.1",
    ]);
  });

  it("hide the other GPUs unless all are asked for", () => {
    expect(coldStart.measurement({}).env(context)).toEqual({
      CUDA_MODULE_LOADING: "LAZY",
      CUDA_VISIBLE_DEVICES: "GPU-1",
    });
    const all = { visible_devices: "all", module_loading: "eager" };
    expect(coldStart.measurement(all).env(context)).toEqual({ CUDA_MODULE_LOADING: "EAGER" });
  });

  it.each([
    { bytes: "0B" },
    { bytes: "2GiB" },
    { bytes: 5 },
    { jit_cache: "hot" },
    { size: "1MiB" },
    { concurrency: 0 },
    { concurrency: 65 },
    { concurrency: "1,2" },
    { spread: "some" },
    { page_cache: "hot" },
  ])("refuse %j with what is allowed", (options) => {
    expect(coldStart.parse(options)).toMatchObject({ ok: false, error: expect.any(String) });
  });
});

describe("the buckets", () => {
  it("rise, and cover what design promises", () => {
    for (const buckets of [COLD_START_BUCKETS, PHASE_BUCKETS, TRANSFER_BUCKETS]) {
      expect(buckets).toEqual([...buckets].toSorted((left, right) => left - right));
    }
    expect(COLD_START_BUCKETS).toEqual(expect.arrayContaining([0.001, 0.014, 0.2, 7, 60]));
    expect([PHASE_BUCKETS.at(0), PHASE_BUCKETS.at(-1)]).toEqual([1e-5, 83.88608]);
    expect([TRANSFER_BUCKETS.at(0), TRANSFER_BUCKETS.at(-1)]).toEqual([1e-6, 4.194304]);
  });
});
