import { describe, expect, it } from "vitest";
import { fail, ok } from "../../src/base/result.ts";
import { functionIpc } from "../../src/probes/function-ipc.ts";
import { cudaIpcSamples, functionIpcSamples } from "../support/ipc-samples.ts";
import { successfulEnd } from "../support/run-ends.ts";

const measurement = functionIpc.measurement({});
const LEGS = ["device to host", "transport", "host to device", "end to end"];
const end = successfulEnd({ samples: functionIpcSamples() });

function headerOf({ samples, runs }: { readonly samples: number; readonly runs: number }) {
  const one = successfulEnd({ samples: functionIpcSamples({ count: samples }) });
  return measurement.tables?.(Array(runs).fill(one))[0]?.header ?? [];
}

function ratesOf(mechanism: string) {
  return functionIpc.measurement({ mechanism }).tables?.([end])[1]?.header;
}

describe("the tables of function IPC", () => {
  it("have a row a size with the experiment's columns, in microseconds and in GB/s", () => {
    const [times, rates, ...others] = measurement.tables?.([end]) ?? [];
    expect(times?.title).toBe("µs, median of 5 samples:");
    expect(times?.header).toEqual(["size", ...LEGS]);
    expect(times?.rows[0]).toEqual(["4 KiB", "8.082", "2.41", "8.082", "18.57"]);
    expect(times?.rows.at(-1)).toEqual(["64 MiB", "1350", "6713", "1350", "9413"]);
    expect(rates?.title).toBe("GB/s:");
    expect(rates?.rows.at(-1)).toEqual(["64 MiB", "49.7", "49.7", "7.13"]);
    expect(others).toEqual([]);
  });

  it("have a rate of the transport where it moves what it hands over, and of shared memory none", () => {
    expect(ratesOf("tcp")).toEqual(["size", ...LEGS]);
    expect(ratesOf("shm")).toEqual(["size", ...LEGS.filter((leg) => leg !== "transport")]);
  });

  it("have a p95 from twenty samples up, of however many runs", () => {
    expect(headerOf({ samples: 19, runs: 1 })).not.toContain("p95");
    expect(headerOf({ samples: 20, runs: 1 })).toContain("p95");
    expect(headerOf({ samples: 5, runs: 4 })).toContain("p95");
  });

  it("are for each GPU that data went to", () => {
    const samples = [...functionIpcSamples(), ...functionIpcSamples({ peerGpuUuid: "GPU-b" })];
    const tables = measurement.tables?.([successfulEnd({ samples })]) ?? [];
    expect(tables.map(({ title }) => title)).toEqual([
      "µs, median of 5 samples:",
      "GB/s:",
      "µs to GPU-b, median of 5 samples:",
      "GB/s to GPU-b:",
    ]);
  });

  it("end with the break-even with CUDA IPC, or with why it is not known", () => {
    const other = successfulEnd({ samples: cudaIpcSamples() });
    expect(measurement.tables?.([end], ok([other])).at(-1)?.rows).toEqual([
      ["first use", expect.stringContaining("KiB")],
      ["reuse", "always (of 4 KiB to 64 MiB)"],
    ]);
    expect(measurement.tables?.([end], fail("cuda_ipc: no")).at(-1)?.rows[0]).toEqual([
      "first use",
      "not known: cuda_ipc: no",
    ]);
  });
});
