import { describe, expect, test } from "vitest";
import { processMemory } from "../../src/probes/process-memory.ts";
import { makeEmulator } from "../support/emulator.ts";
import { startSleepers } from "../support/sleepers.ts";
import { MIB, tenant } from "../support/tenants.ts";
import { runKind } from "./run-kind.ts";
import { valueOf, values } from "./sample-values.ts";

describe("the list of processes", () => {
  test("has each with its bytes, its name and how it uses the GPU, and the rest adds up", async () => {
    await using sleepers = await startSleepers(3);
    const [first, second, third] = sleepers.pids;
    await using emulator = await makeEmulator([
      tenant(first, 30),
      tenant(second, 20, "type=graphics"),
      tenant(third, 10, "type=compute mps=true"),
      tenant(first, 4, "type=compute hidden=true"),
    ]);
    const end = await runKind(processMemory, emulator);
    expect(end).toMatchObject({ outcome: "success", stderr: "" });
    expect(values(end, "process_memory_bytes", "pid")).toEqual({
      [String(first)]: 30 * MIB,
      [String(second)]: 20 * MIB,
      [String(third)]: 10 * MIB,
    });
    expect(Object.keys(values(end, "process_memory_bytes", "process_name"))).toEqual(["sleep"]);
    expect(values(end, "processes", "client")).toEqual({ compute: 1, graphics: 1, mps: 1 });
    expect(valueOf(end, "unattributed_memory_bytes")).toBe(4 * MIB);
    expect(valueOf(end, "memory_used_bytes")).toBe(64 * MIB);
    expect(valueOf(end, "own_memory_bytes")).toBe(0);
    expect(valueOf(end, "overflow_memory_bytes")).toBe(0);
  });

  test("has the largest up to its limit, and one sum of the others", async () => {
    await using sleepers = await startSleepers(5);
    const tenants = sleepers.pids.map((pid, index) => tenant(pid, 10 * (index + 1)));
    await using emulator = await makeEmulator(tenants);
    const end = await runKind(processMemory, emulator, { context: { processesPerDevice: 2 } });
    const listed = Object.values(values(end, "process_memory_bytes", "pid"));
    expect(listed.toSorted((left, right) => left - right)).toEqual([40 * MIB, 50 * MIB]);
    expect(valueOf(end, "overflow_memory_bytes")).toBe(60 * MIB);
    expect(values(end, "processes", "client")).toMatchObject({ compute: 5 });
    expect(valueOf(end, "unattributed_memory_bytes")).toBe(0);
  });

  test("leaves out a process that has ended, and takes it for nobody's", async () => {
    await using sleepers = await startSleepers(2);
    const [first, second] = sleepers.pids;
    await using emulator = await makeEmulator([tenant(first, 30), tenant(second, 20)]);
    await sleepers.end(second ?? 0);
    const end = await runKind(processMemory, emulator);
    expect(values(end, "process_memory_bytes", "pid")).toEqual({ [String(first)]: 30 * MIB });
    expect(values(end, "processes", "client")).toMatchObject({ compute: 1 });
    // NVML goes on to list it, so there may be a process that is not seen from here.
    expect(valueOf(end, "visibility_limited")).toBe(1);
    expect(valueOf(end, "unattributed_memory_bytes")).toBe(20 * MIB);
  });

  test("counts a process whose memory is not told, and says neither 0 nor a rest", async () => {
    await using sleepers = await startSleepers(2);
    const [first, second] = sleepers.pids;
    await using emulator = await makeEmulator([
      tenant(first, 30),
      tenant(second, 20, "type=compute memory=not_available"),
    ]);
    const end = await runKind(processMemory, emulator);
    expect(values(end, "process_memory_bytes", "pid")).toEqual({ [String(first)]: 30 * MIB });
    expect(values(end, "processes", "client")).toMatchObject({ compute: 2 });
    expect(valueOf(end, "unattributed_memory_bytes")).toBeUndefined();
  });

  test("has all 950 that NVML lists in a call", async () => {
    await using sleepers = await startSleepers(950);
    await using emulator = await makeEmulator(sleepers.pids.map((pid) => tenant(pid, 2)));
    const context = { processesPerDevice: 1000 };
    const end = await runKind(processMemory, emulator, { context });
    expect(end).toMatchObject({ outcome: "success", stderr: "" });
    const listed = values(end, "process_memory_bytes", "pid");
    expect(Object.keys(listed).toSorted()).toEqual(sleepers.pids.map(String).toSorted());
    expect(valueOf(end, "unattributed_memory_bytes")).toBe(0);
  });

  test.each([
    [16, 1],
    [24, 0],
    [32, 1],
  ])(
    "is right with records of %i bytes, and says when that is not what was declared",
    async (stride, anomaly) => {
      await using sleepers = await startSleepers(3);
      const tenants = sleepers.pids.map((pid, index) => tenant(pid, 10 * (index + 1)));
      await using emulator = await makeEmulator([`nvml_process_stride = ${stride}`, ...tenants]);
      const end = await runKind(processMemory, emulator);
      expect(values(end, "process_memory_bytes", "pid")).toEqual(
        Object.fromEntries(sleepers.pids.map((pid, index) => [pid, 10 * (index + 1) * MIB])),
      );
      expect(valueOf(end, "stride_anomaly")).toBe(anomaly);
    },
  );

  test.each([
    ["_v3", ["_v3"]],
    ["_v3 and _v2", ["_v3", "_v2"]],
  ])("does without %s of its calls", async (_, versions) => {
    await using sleepers = await startSleepers(1);
    const calls = ["Compute", "Graphics", "MPSCompute"].flatMap((list) =>
      versions.map((version) => `nvmlDeviceGet${list}RunningProcesses${version}`),
    );
    const faults = calls.map((call) => `fault = call=${call} code=13`);
    await using emulator = await makeEmulator([...faults, tenant(sleepers.pids[0], 30)]);
    const end = await runKind(processMemory, emulator);
    expect(Object.values(values(end, "process_memory_bytes", "pid"))).toEqual([30 * MIB]);
    expect(valueOf(end, "stride_anomaly")).toBe(0);
  });
});
