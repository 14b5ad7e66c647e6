import { describe, expect, it } from "vitest";
import { density } from "../../src/probes/density.ts";
import { densitySamples } from "../support/footprint-samples.ts";
import { probeContext } from "../support/probe-context.ts";
import { successfulEnd } from "../support/run-ends.ts";

const MIB = 2 ** 20;
const measurement = density.measurement({});
const two = successfulEnd({ samples: densitySamples(2) });
const none = successfulEnd({ samples: densitySamples(0, "memory") });

describe("the density's command line", () => {
  it("says how many at most, and what is to stay free", () => {
    const { args } = density.measurement({ max_instances: 3, mps: true });
    const argv = args(probeContext({ gpuUuid: "GPU-a", mpsServerPid: 77 }));
    expect(argv.slice(0, argv.indexOf("--"))).toEqual([
      "--device=GPU-a",
      `--requested_bytes=${2 * MIB}`,
      "--mps_server=77",
      "--max_instances=3",
      "--floor_bytes=2147483648",
    ]);
    expect(argv.at(-1)).toBe("--mps=true");
  });

  it.each([
    [{ max_instances: "64" }, true],
    [{ max_instances: 65 }, false],
    [{ max_instances: 0 }, false],
    [{ max_instances: "many" }, false],
  ])("takes from 1 to 64: %j is %s", (options, accepted) => {
    expect(density.parse(options).ok).toBe(accepted);
  });
});

describe("the density's observations", () => {
  const labels = { probe: "d", runtime: "driver", mps: "false" };
  const reclaim = { probe: "d", runtime: "driver" };

  it("are how many, what kept the next one out, what each takes, and how long it takes to come back", () => {
    expect(measurement.observe({ probe: "d", end: two, cacheMiss: false })).toEqual([
      { family: "cudaprobe_density_instances", labels, value: 2 },
      {
        family: "cudaprobe_density_limit_info",
        labels: { ...labels, limit: "max_instances" },
        value: 1,
      },
      { family: "cudaprobe_density_instance_bytes", labels, value: 524 * MIB },
      {
        family: "cudaprobe_reclaim_duration_seconds",
        labels: { ...reclaim, how: "exit" },
        value: 0.001,
      },
      {
        family: "cudaprobe_reclaim_duration_seconds",
        labels: { ...reclaim, how: "kill" },
        value: 0.1,
      },
    ]);
  });

  it("are 0 and the limit where not even one fits, and nothing that is not known", () => {
    const observations = measurement.observe({ probe: "d", end: none, cacheMiss: false });
    expect(observations.map(({ family, value }) => [family, value])).toEqual([
      ["cudaprobe_density_instances", 0],
      ["cudaprobe_density_limit_info", 1],
    ]);
  });

  it("are none when nothing was said", () => {
    const end = successfulEnd({});
    expect(measurement.observe({ probe: "d", end, cacheMiss: false })).toEqual([]);
    expect(measurement.figures(end)).toEqual([]);
    expect(measurement.tables?.([end])).toEqual([]);
  });
});

describe("the density's figures", () => {
  it("are measured and projected instances with their limits, and what each takes", () => {
    expect(measurement.figures(two)).toEqual([
      { name: "instances", value: 2, unit: "count", labels: { limit: "max_instances" } },
      { name: "projected instances", value: 121, unit: "count", labels: { limit: "memory" } },
      { name: "instance", value: 524 * MIB, unit: "bytes" },
      { name: "runtime share", value: 1 - 2 / 524, unit: "ratio" },
      { name: "median start", value: expect.closeTo(0.215, 9), unit: "seconds" },
      { name: "reclaim after exit", value: 0.001, unit: "seconds" },
      { name: "reclaim after kill", value: 0.1, unit: "seconds" },
    ]);
  });

  it("are how many alone where there is none", () => {
    expect(measurement.figures(none)).toEqual([
      { name: "instances", value: 0, unit: "count", labels: { limit: "memory" } },
    ]);
  });
});

describe("the density's tables", () => {
  it("have a row an instance with the experiment's columns", () => {
    const [instances] = measurement.tables?.([two]) ?? [];
    expect(instances?.header).toEqual([
      "instance",
      "begin",
      "after context",
      "after model",
      "per instance",
      "runtime share",
      "start",
    ]);
    expect(instances?.rows).toEqual([
      ["1", "480 MiB", "1002 MiB", "1004 MiB", "524 MiB", "99.6 %", "210 ms"],
      ["2", "1004 MiB", "1526 MiB", "1528 MiB", "524 MiB", "99.6 %", "220 ms"],
    ]);
  });

  it("have what it comes to, with what limits it", () => {
    const [, summary] = measurement.tables?.([two]) ?? [];
    expect(summary?.rows).toEqual([
      ["instances", "2", "max_instances"],
      ["projected instances", "121", "memory"],
      ["bytes per instance", "524 MiB", ""],
      ["reclaim after exit", "1 ms", ""],
      ["reclaim after kill", "100 ms", ""],
    ]);
  });

  it("are those of the last of several runs, and say so", () => {
    const tables = measurement.tables?.([none, two]) ?? [];
    expect(tables.map(({ title }) => title)).toEqual([
      "The last of the runs:",
      "The last of the runs:",
    ]);
    expect(tables[0]?.rows).toHaveLength(2);
  });
});
