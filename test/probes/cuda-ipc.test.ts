import { describe, expect, it } from "vitest";
import { fail, ok } from "../../src/base/result.ts";
import { cudaIpc } from "../../src/probes/cuda-ipc.ts";
import { functionIpc } from "../../src/probes/function-ipc.ts";
import { cudaIpcSamples, functionIpcSamples } from "../support/ipc-samples.ts";
import { probeContext } from "../support/probe-context.ts";
import { successfulEnd } from "../support/run-ends.ts";

const MIB = 2 ** 20;
const measurement = cudaIpc.measurement({});
const end = successfulEnd({ samples: cudaIpcSamples() });
const observations = measurement.observe({ probe: "p", end, cacheMiss: false });

describe("the command line of CUDA IPC", () => {
  const context = probeContext({ gpuUuid: "GPU-a", peerGpuUuids: ["GPU-b"] });

  it("has everything that is to be done, and no memory of the host", () => {
    expect(measurement.args(context)).toEqual([
      "--device=GPU-a",
      "--mechanism=legacy",
      "--sizes=4096,65536,1048576,16777216,67108864",
      "--samples=5",
    ]);
  });

  it("names the other GPUs when they are asked for", () => {
    const { args, env } = cudaIpc.measurement({ mechanism: "vmm_fd", between_gpus: true });
    expect(args(context)).toContain("--peers=GPU-b");
    expect(args(context)).toContain("--mechanism=vmm_fd");
    expect(env(context)).toEqual({ CUDA_VISIBLE_DEVICES: "GPU-a,GPU-b" });
  });

  it.each([{ mechanism: "shm" }, { memory: "pinned" }, { sizes: "" }])(
    "refuses %j with what is allowed",
    (options) => {
      expect(cudaIpc.parse(options)).toMatchObject({ ok: false, error: expect.any(String) });
    },
  );
});

describe("legacy handles", () => {
  const nowhere = { isWsl: false, isMigInstance: false };

  it("are known not to work on WSL and on MIG instances, and to work elsewhere", () => {
    expect(measurement.unsupported?.({ ...nowhere, isWsl: true })).toContain("WSL");
    expect(measurement.unsupported?.({ ...nowhere, isMigInstance: true })).toContain("MIG");
    expect(measurement.unsupported?.(nowhere)).toBeUndefined();
  });

  it("are the only mechanism of which that is known", () => {
    expect(cudaIpc.measurement({ mechanism: "vmm_fd" }).unsupported).toBeUndefined();
    expect(functionIpc.measurement({}).unsupported).toBeUndefined();
  });
});

function ofFamily(family: string) {
  return observations.filter((observation) => observation.family === family);
}

/** Of one size. */
function phasesOf(use: string) {
  return ofFamily("cudaprobe_ipc_phase_last_duration_seconds")
    .filter(({ labels }) => labels["use"] === use && labels["size_bytes"] === "4096")
    .map(({ labels }) => labels["phase"]);
}

describe("the observations of CUDA IPC", () => {
  it("tell a first use from a reuse, in the series that are there at zero", () => {
    const samples = ofFamily("cudaprobe_ipc_transfer_duration_seconds");
    expect(samples).toHaveLength(2 * 5 * 5);
    const series = new Set(samples.map(({ labels }) => JSON.stringify(labels)));
    const zeros = measurement.zeros("p").map(({ labels }) => JSON.stringify(labels));
    expect(series).toEqual(new Set(zeros));
    expect(samples[0]?.labels).toEqual({
      probe: "p",
      mechanism: "legacy",
      memory: "",
      size_bytes: "4096",
      use: "first",
    });
  });

  it("have the phases of each use", () => {
    expect(phasesOf("first")).toEqual(["export", "open", "first_touch", "copy", "kernel", "close"]);
    expect(phasesOf("reuse")).toEqual(["copy", "kernel"]);
  });

  it("are in families that function IPC has, too, and say nothing of the host's link", () => {
    const shared = new Set(functionIpc.families);
    expect(cudaIpc.families.filter((family) => !shared.has(family))).toEqual([]);
    expect(ofFamily("cudaprobe_host_link_bytes_per_second")).toEqual([]);
  });
});

describe("the figures of CUDA IPC", () => {
  const figures = measurement.figures(end);

  it("are the phases and the whole of each use and size, named once, and what was mapped", () => {
    expect(figures).toHaveLength(5 * (7 + 3 + 1));
    expect(new Set(figures.map(({ name }) => name)).size).toBe(figures.length);
    expect(figures.find(({ name }) => name === "64 MiB reuse copy")).toMatchObject({
      unit: "seconds",
      value: expect.closeTo(4e-6 + (64 * MIB) / 1e12, 12),
    });
    expect(figures.find(({ name }) => name === "4 KiB mapped")).toEqual({
      name: "4 KiB mapped",
      value: 2 * MIB,
      unit: "bytes",
      labels: { size_bytes: "4096" },
    });
  });
});

describe("the tables of CUDA IPC", () => {
  const [first, reuse, ...others] = measurement.tables?.([end]) ?? [];

  it("have a row a size of the first use, with the experiment's columns", () => {
    expect(first?.title).toBe("first use, µs, median of 5 samples:");
    expect(first?.header).toEqual([
      "size",
      "get handle",
      "open handle",
      "first touch",
      "copy",
      "kernel + handle",
      "close",
      "end to end",
      "copy GB/s",
    ]);
    expect(first?.rows[0]).toEqual(["4 KiB", "6", "60", "20", "4.004", "10", "40", "110", "1.02"]);
  });

  it("have a row a size of the reuse, where nothing is opened", () => {
    expect(reuse?.title).toBe("reuse, µs, median of 5 samples:");
    expect(reuse?.header).toEqual(["size", "copy", "kernel + handle", "copy GB/s"]);
    expect(reuse?.rows.at(-1)).toEqual(["64 MiB", "71.11", "77.11", "944"]);
    expect(others).toEqual([]);
  });

  it("have a p95 from twenty samples up", () => {
    const many = successfulEnd({ samples: cudaIpcSamples({ count: 20 }) });
    for (const table of measurement.tables?.([many]) ?? []) expect(table.header).toContain("p95");
    expect(first?.header).not.toContain("p95");
  });

  it("end with the break-even with function IPC, or with why it is not known", () => {
    const other = successfulEnd({ samples: functionIpcSamples() });
    expect(measurement.tables?.([end], ok([other])).at(-1)?.rows[1]).toEqual([
      "reuse",
      "always (of 4 KiB to 64 MiB)",
    ]);
    expect(measurement.tables?.([end], fail("function_ipc: no")).at(-1)?.rows[0]).toEqual([
      "first use",
      "not known: function_ipc: no",
    ]);
  });
});
