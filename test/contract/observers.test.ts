import { describe, expect, test } from "vitest";
import { failureReasons } from "../../src/metrics/run-reasons.ts";
import { density } from "../../src/probes/density.ts";
import { footprint } from "../../src/probes/footprint.ts";
import { makeEmulator } from "../support/emulator.ts";
import { processesOf } from "../support/processes.ts";
import { CUDA, NVML } from "./driver-api.ts";
import { expectationsOf } from "./expectations.ts";
import { runKind } from "./run-kind.ts";

describe.each([
  { kind: footprint, api: NVML },
  { kind: density, api: CUDA },
])("the kind $kind.name, with what it calls of the other library,", ({ kind, api }) => {
  const calls = expectationsOf(kind.name).others ?? [];

  test.each(calls)("fails when $call does, and leaves no process", async ({ call }) => {
    const { code, name, reason } = api.anyError;
    await using emulator = await makeEmulator([`fault = call=${call} code=${code}`]);
    const end = await runKind(kind, emulator);
    expect(end).toMatchObject({ outcome: "failure", reason, code: name });
    expect(failureReasons(kind)).toContain(reason);
    expect(processesOf(emulator.path)).toEqual([]);
  });
});

describe("the footprint", () => {
  test("needs NVML as much as CUDA", async () => {
    await using emulator = await makeEmulator();
    const context = { libnvidiaMl: `${emulator.path}/libnvidia-ml.so.1` };
    const end = await runKind(footprint, emulator, { context });
    expect(end).toMatchObject({ outcome: "failure", reason: "no_library", phase: "context" });
  });

  test("grows with what the function asks for, and with nothing else", async () => {
    await using emulator = await makeEmulator();
    const small = footprint.measurement({}).figures(await runKind(footprint, emulator));
    const options = { bytes: "34MiB" };
    const large = footprint
      .measurement(options)
      .figures(await runKind(footprint, emulator, { options }));
    const grown = large.map(({ name, value }, index) => [name, value - (small[index]?.value ?? 0)]);
    expect(Object.fromEntries(grown)).toMatchObject({
      context: 0,
      allocate: 32 * 2 ** 20,
      load_module: 0,
      first_kernel: 0,
      process: 32 * 2 ** 20,
    });
  });
});

describe("the density", () => {
  const options = { max_instances: 3 };

  test.each([
    ["memory", "fault = call=cuDevicePrimaryCtxRetain scope=host nth=3 code=2"],
    ["mps_clients", "fault = call=cuDevicePrimaryCtxRetain scope=host nth=3 code=808"],
    ["exclusive_mode", "fault = call=cuDevicePrimaryCtxRetain scope=host nth=3 code=46"],
  ])("is limited by %s when an instance meets it", async (limit, fault) => {
    await using emulator = await makeEmulator([fault]);
    const end = await runKind(density, emulator, { options });
    expect(end).toMatchObject({ outcome: "success" });
    const [instances] = density.measurement(options).figures(end);
    expect(instances).toEqual({ name: "instances", value: 2, unit: "count", labels: { limit } });
    expect(processesOf(emulator.path)).toEqual([]);
  });

  test("is limited by memory before an instance would take what is to stay free", async () => {
    const tenant = `tenant = gpu=0 pid=1 type=compute bytes=${76 * 2 ** 30}`;
    await using emulator = await makeEmulator([tenant]);
    const end = await runKind(density, emulator, { options });
    const [instances] = density.measurement(options).figures(end);
    expect(instances).toMatchObject({ value: 0, labels: { limit: "memory" } });
  });

  test("has as many instances as are asked for, where they fit", async () => {
    await using emulator = await makeEmulator();
    const end = await runKind(density, emulator, { options });
    const [instances] = density.measurement(options).figures(end);
    expect(instances).toMatchObject({ value: 3, labels: { limit: "max_instances" } });
    expect(processesOf(emulator.path)).toEqual([]);
  });
});
