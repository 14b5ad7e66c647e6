import { describe, expect, it } from "vitest";
import { coldStart } from "../../src/probes/cold-start.ts";
import { footprint } from "../../src/probes/footprint.ts";
import { footprintSamples } from "../support/footprint-samples.ts";
import { nativeFile } from "../support/native.ts";
import { probeContext } from "../support/probe-context.ts";
import { successfulEnd } from "../support/run-ends.ts";

const MIB = 2 ** 20;

const CONTEXT = probeContext({ gpuUuid: "GPU-a", libcuda: "/c.so", libnvidiaMl: "/n.so" });

function observed(options: Readonly<Record<string, unknown>>) {
  const measurement = footprint.measurement(options);
  const end = successfulEnd({ samples: footprintSamples({ mps: options["mps"] === true }) });
  return measurement.observe({ probe: "fp", end, cacheMiss: false });
}

function bytesOf(component: string, options = {}): Readonly<Record<string, number>> {
  const found = observed(options).filter(({ labels }) => labels["component"] === component);
  return Object.fromEntries(
    found.map(({ labels, value }) => [labels["phase"] ?? "", value / MIB] as const),
  );
}

describe("the footprint's command line", () => {
  const { args, env } = footprint.measurement({ bytes: "4MiB", module_loading: "eager" });

  it("is its own and, behind two dashes, that of the cold start that it looks at", () => {
    expect(args(CONTEXT)).toEqual([
      "--device=GPU-a",
      `--requested_bytes=${4 * MIB}`,
      "--libnvidia_ml=/n.so",
      "--",
      nativeFile("probes/cold_start"),
      ...coldStart.measurement({ bytes: "4MiB" }).args(CONTEXT),
      "--mps=false",
    ]);
  });

  it("has the cold start's environment", () => {
    const expected = coldStart.measurement({ module_loading: "eager" }).env(CONTEXT);
    expect(env(CONTEXT)).toEqual(expected);
    expect(expected).toMatchObject({ CUDA_MODULE_LOADING: "EAGER", CUDA_VISIBLE_DEVICES: "GPU-a" });
  });

  it("names the MPS server, and tells the worker to insist on it", () => {
    const measurement = footprint.measurement({ mps: true, active_thread_percentage: 10 });
    const argv = measurement.args({ ...CONTEXT, mpsServerPid: 77 });
    expect(argv).toContain("--mps_server=77");
    expect(argv.at(-1)).toBe("--mps=true");
    expect(measurement.mps).toEqual({ activeThreadPercentage: 10 });
    expect(footprint.measurement({}).mps).toBeUndefined();
  });

  it.each([
    [{ mps: "true" }, true],
    [{ mps: "maybe" }, false],
    [{ active_thread_percentage: "0" }, false],
    [{ active_thread_percentage: "100" }, true],
    [{ active_thread_percentage: "1.5" }, false],
  ])("takes the options of a command line, such as %j: %s", (options, accepted) => {
    expect(footprint.parse(options).ok).toBe(accepted);
  });
});

describe("the footprint's observations", () => {
  it("are what each phase added, also when that is nothing", () => {
    expect(bytesOf("process")).toEqual({
      context: 518,
      allocate: 2,
      load_module: 0,
      first_kernel: 0,
    });
    expect(bytesOf("mps_server")).toEqual({});
  });

  it("have the MPS server apart: all of it at first, then what it grew by", () => {
    expect(bytesOf("process", { mps: true })).toMatchObject({ context: 74, allocate: 2 });
    expect(bytesOf("mps_server", { mps: true })).toEqual({
      context: 66,
      allocate: 0,
      load_module: 2,
      first_kernel: 0,
    });
  });

  it("have the part that the function did not ask for", () => {
    const ratio = observed({}).find(({ family }) => family === "cudaprobe_runtime_memory_ratio");
    expect(ratio?.value).toBeCloseTo(1 - 2 / 520, 12);
    expect(ratio?.labels).toEqual({ probe: "fp", runtime: "driver", mps: "false" });
  });

  it("are none when nothing was said of the process", () => {
    const end = successfulEnd({});
    const { observe, figures } = footprint.measurement({});
    expect(observe({ probe: "fp", end, cacheMiss: false })).toEqual([]);
    expect(figures(end)).toEqual([]);
  });
});

describe("the footprint's projection", () => {
  const { project } = footprint.measurement({ mps: true });
  const end = successfulEnd({ samples: footprintSamples({ mps: true }) });
  const run = { probe: "fp", end, cacheMiss: false };
  const device = {
    computeMode: "default",
    persistenceMode: "enabled",
    memoryTotalBytes: 80e9,
    processes: 0,
  };
  const labels = { probe: "fp", runtime: "driver", mps: "true" };

  it("is of the process alone, and says what limits it", () => {
    expect(project?.(run, { ...device, memoryFreeBytes: 70e9 })).toEqual([
      { family: "cudaprobe_density_projected_instances", labels, value: 48 },
      {
        family: "cudaprobe_density_limit_info",
        labels: { ...labels, limit: "mps_clients" },
        value: 1,
      },
    ]);
  });

  it("is of the memory after the run where listings do not look at a GPU that sleeps", () => {
    const { project: projectAlone } = footprint.measurement({});
    const ended = { ...run, end: successfulEnd({ samples: footprintSamples() }) };
    const listed = { ...device, memoryFreeBytes: 20e9 };
    const [awake, asleep] = ["enabled", "disabled"].map(
      (persistenceMode) => projectAlone?.(ended, { ...listed, persistenceMode })[0]?.value,
    );
    expect(awake).toBe(Math.floor((20e9 - 8e9) / (520 * 2 ** 20)));
    expect(asleep).toBe(Math.floor(((70 - 8) * 1024) / 520));
  });

  it("is none when the free memory is not known, or the process's", () => {
    expect(project?.(run, { ...device, memoryFreeBytes: undefined })).toEqual([]);
    const silent = { ...run, end: successfulEnd({}) };
    expect(project?.(silent, { ...device, memoryFreeBytes: 70e9 })).toEqual([]);
  });
});

describe("the footprint's figures", () => {
  it("are the phases, the process, whose its memory is, and under MPS the server and the first client", () => {
    const end = successfulEnd({ samples: footprintSamples({ mps: true }) });
    const figures = footprint.measurement({ mps: true }).figures(end);
    expect(figures.map(({ name, value }) => [name, value])).toEqual([
      ["context", 74 * MIB],
      ["allocate", 2 * MIB],
      ["load_module", 0],
      ["first_kernel", 0],
      ["process", 76 * MIB],
      ["mps server", 68 * MIB],
      ["runtime share", 1 - 2 / 76],
      ["first client", 0.4],
    ]);
  });
});
