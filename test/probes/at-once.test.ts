import { describe, expect, it } from "vitest";
import { coldStart } from "../../src/probes/cold-start.ts";
import type { RunEnd } from "../../src/runner/run.ts";
import { probeContext } from "../support/probe-context.ts";
import { phase, successfulEnd } from "../support/run-ends.ts";

/** A start of so many instances that were released at second 100, each with how long it took to its first result. */
function released(...seconds: readonly number[]): RunEnd {
  const end = successfulEnd({});
  const instances = seconds.map((took, instance) => ({
    instance,
    spawnedAtSeconds: 99,
    releasedAtSeconds: 100,
    phases: [phase("init", 100, 100 + took / 2), phase("first_kernel", 100 + took / 2, 100 + took)],
    samples: [],
  }));
  return { ...end, report: { instances, releasedAtSeconds: 100 } };
}

const singles = [0.2, 0.1, 0.4].map((took) => ({ role: "single", end: released(took) }));
const floor = { role: "floor", end: released(0.001, 0.003, 0.002) };
const end: RunEnd = { ...released(0.2, 0.6, 0.3), companions: [...singles, floor] };
const three = coldStart.measurement({ concurrency: 3 });
const alone = coldStart.measurement({});

function values(family: string, run: RunEnd): readonly number[] {
  const observed = three.observe({ probe: "p", end: run, cacheMiss: false });
  return observed
    .filter((one) => one.family === `cudaprobe_cold_start_${family}`)
    .map(({ value }) => Number(value.toFixed(6)));
}

function mistakes(options: object): readonly string[] {
  return coldStart.findMistakes(options).map(({ key }) => key);
}

describe("cold starts at once", () => {
  it("are all samples of the histogram, from their release", () => {
    expect(values("duration_seconds", end)).toEqual([0.2, 0.6, 0.3]);
    expect(values("phase_duration_seconds", end)).toHaveLength(6);
  });

  it("have the gauges of the slowest, whose phases add up to its time", () => {
    expect(values("last_duration_seconds", end)).toEqual([0.6]);
    expect(values("phase_last_duration_seconds", end)).toEqual([0.3, 0.3]);
    expect(values("unattributed_seconds", end)).toEqual([0]);
  });

  it("serialize by the slowest over the median single start", () => {
    expect(values("serialization_ratio", end)).toEqual([3]);
  });

  it("say how many there were, and have no phase spawn", () => {
    const series = three.zeros("p").map(({ labels }) => labels);
    expect(new Set(series.map(({ concurrency }) => concurrency))).toEqual(new Set(["3"]));
    expect(three.phases).not.toContain("spawn");
    expect(three.infoLabels).toMatchObject({ concurrency: "3", spread: "one_gpu" });
  });

  it("have the floor, the median and the ratio beside the slowest one's figures", () => {
    const figures = new Map(three.figures(end).map(({ name, value }) => [name, value]));
    expect(figures.get("time to first result")).toBeCloseTo(0.6, 9);
    expect(figures.get("median at once")).toBeCloseTo(0.3, 9);
    expect(figures.get("single start")).toBeCloseTo(0.2, 9);
    expect(figures.get("floor")).toBeCloseTo(0.003, 9);
    expect(figures.get("serialization")).toBeCloseTo(3, 9);
  });
});

describe("a cold start alone", () => {
  const run = { probe: "p", end: released(0.2), cacheMiss: false };

  it("has no ratio, whatever else it has", () => {
    const names = alone.observe(run).map(({ family }) => family);
    expect(names).not.toContain("cudaprobe_cold_start_serialization_ratio");
    expect(names).toContain("cudaprobe_cold_start_last_duration_seconds");
    const figures = alone.figures(run.end).map(({ name }) => name);
    expect(figures).not.toContain("serialization");
  });

  it("is one start and nothing else", () => {
    expect(alone.starts).toBeUndefined();
    expect(alone.instances).toBe(1);
    expect(alone.contexts).toBeUndefined();
  });
});

describe("a run of several at once", () => {
  it("consists of three single starts, those at once, and as many without the driver", () => {
    const starts = three.starts ?? [];
    expect(starts.map(({ role, instances, barrier }) => [role, instances, barrier])).toEqual([
      ["single", 1, true],
      ["single", 1, true],
      ["single", 1, true],
      ["measured", 3, undefined],
      ["floor", 3, undefined],
    ]);
    const args = starts.map((start) => start.args(probeContext({ gpuUuid: "GPU-1" })).at(-1));
    expect(args.slice(3)).toEqual(["--bytes=2097152", "--driver=false"]);
  });

  it("is a run of so many contexts, for each of which the gates want memory", () => {
    expect(three.contexts).toBe(3);
    expect(three.contextBytes).toBeGreaterThan(518 * 2 ** 20);
    expect(alone.contextBytes).toBeUndefined();
    expect(coldStart.measurement({ runtime: "jax" }).contextBytes).toBe(2 * 2 ** 30);
  });

  it("is expected to take the longer, the more there are", () => {
    const [one = 0, two = 0, many = 0] = [1, 2, 64].map(
      (concurrency) => coldStart.measurement({ concurrency }).expectedSeconds,
    );
    expect(two).toBeGreaterThan(3 * one);
    expect(many).toBeGreaterThan(40 * one);
  });

  it("is refused with a cold JIT cache, in which one would compile for the others", () => {
    expect(mistakes({ concurrency: 2, jit_cache: "cold" })).toEqual(["jit_cache"]);
    expect(mistakes({ concurrency: 1, jit_cache: "cold" })).toEqual([]);
  });

  it("takes one GPU, or the others in turn", () => {
    const context = probeContext({ gpuUuid: "GPU-1", peerGpuUuids: ["GPU-2"] });
    expect(three.args(context)[0]).toBe("--device=GPU-1");
    const spread = coldStart.measurement({ concurrency: 3, spread: "all_gpus" });
    expect(spread.args(context)[0]).toBe("--devices=GPU-1,GPU-2");
    const single = coldStart.measurement({ spread: "all_gpus" });
    expect(single.args(context)[0]).toBe("--device=GPU-1");
  });
});

describe("the curve", () => {
  it("has a row for each number that succeeded, and no ratio or floor of one alone", () => {
    const { table, charts = [] } =
      alone.curve?.([
        { value: "1", ends: [released(0.2), released(0.4)] },
        { value: "2", ends: [] },
        { value: "3", ends: [end] },
      ]) ?? {};
    expect(table?.header).toEqual(["at once", "median", "max", "ratio", "floor"]);
    expect(table?.rows).toEqual([
      ["1", "300 ms", "400 ms", "", ""],
      ["3", "300 ms", "600 ms", "3.00", "3 ms"],
    ]);
    expect(charts.map(({ type }) => type)).toEqual(["curve", "stack", "distribution"]);
    expect(charts[0]).toMatchObject({
      series: [{ points: [{ x: 1 }, { x: 3 }] }, { points: [{ x: 1 }, { x: 3 }] }],
    });
  });
});
