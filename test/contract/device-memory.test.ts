import { describe, expect, test } from "vitest";
import { processMemory } from "../../src/probes/process-memory.ts";
import { gpuUuids } from "../support/emulated-gpus.ts";
import { makeEmulator } from "../support/emulator.ts";
import { startSleepers } from "../support/sleepers.ts";
import { MIB, tenant } from "../support/tenants.ts";
import { runKind } from "./run-kind.ts";
import { valueOf, values } from "./sample-values.ts";

describe("the memory of a device", () => {
  test("has nothing reserved where only the first version of the call is", async () => {
    await using emulator = await makeEmulator(["fault = call=nvmlDeviceGetMemoryInfo_v2 code=13"]);
    const end = await runKind(processMemory, emulator);
    expect(valueOf(end, "memory_used_bytes")).toBeGreaterThan(0);
    expect(valueOf(end, "memory_reserved_bytes")).toBeUndefined();
  });

  test("is not known, and neither is a rest, where no version is", async () => {
    await using emulator = await makeEmulator([
      "fault = call=nvmlDeviceGetMemoryInfo_v2 code=999",
      "fault = call=nvmlDeviceGetMemoryInfo code=999",
    ]);
    const end = await runKind(processMemory, emulator);
    expect(end.outcome).toBe("success");
    expect(valueOf(end, "memory_used_bytes")).toBeUndefined();
    expect(valueOf(end, "unattributed_memory_bytes")).toBeUndefined();
    expect(values(end, "processes", "client")).toMatchObject({ compute: 0 });
  });

  test("is told of each GPU that answers", async () => {
    await using emulator = await makeEmulator([
      "gpus = 3",
      "fault = call=nvmlDeviceGetHandleByIndex_v2 nth=2 code=15",
    ]);
    const end = await runKind(processMemory, emulator);
    expect(Object.keys(values(end, "memory_total_bytes", "gpu"))).toEqual(["0", "2"]);
    expect(end.outcome).toBe("success");
    expect(end.stderr).toContain("GPU 1 is left out");
  });
});

describe("a GPU that is divided", () => {
  test("has the processes of each instance under the instance, with the GPU's UUID beside its own", async () => {
    await using sleepers = await startSleepers(2);
    const [first, second] = sleepers.pids;
    await using emulator = await makeEmulator([
      "mig = gpu=0 gi=1 ci=0 bytes=10737418240",
      "mig = gpu=0 gi=2 ci=0 bytes=10737418240",
      tenant(first, 30, "type=compute gi=1 ci=0"),
      tenant(second, 20, "type=compute gi=2 ci=0"),
    ]);
    const end = await runKind(processMemory, emulator);
    expect(end).toMatchObject({ outcome: "success", stderr: "" });
    const samples = end.report.instances.flatMap((instance) => instance.samples);
    const processes = samples.filter(({ name }) => name === "process_memory_bytes");
    const [gpuUuid] = await gpuUuids();
    const where = { gpu: "0", gpu_uuid: gpuUuid, mig_uuid: expect.stringMatching(/^MIG-/) };
    expect(processes).toMatchObject([
      { value: 30 * MIB, labels: { ...where, pid: String(first) } },
      { value: 20 * MIB, labels: { ...where, pid: String(second) } },
    ]);
    const instances = new Set(processes.map(({ labels }) => labels["mig_uuid"]));
    expect(instances.size).toBe(2);
    const totals = values(end, "memory_total_bytes", "mig_uuid");
    expect(new Set(Object.keys(totals))).toEqual(new Set(["", ...instances]));
  });
});

test("a host with CUDA's library and without NVML's has no list", async () => {
  await using emulator = await makeEmulator();
  const context = { libnvidiaMl: `${emulator.path}/libnvidia-ml.so.1` };
  const end = await runKind(processMemory, emulator, { context });
  expect(end).toMatchObject({ outcome: "failure", reason: "no_library", phase: "load_driver" });
});
