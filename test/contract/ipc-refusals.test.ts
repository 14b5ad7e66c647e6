import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { systemClock } from "../../src/base/clock.ts";
import { cudaIpc } from "../../src/probes/cuda-ipc.ts";
import { functionIpc } from "../../src/probes/function-ipc.ts";
import type { RunEnd } from "../../src/runner/run.ts";
import { createRunner } from "../../src/runner/runner.ts";
import {
  EMULATOR_LIBRARIES,
  emulatorEnvironment,
  gpuUuids,
  listDevices,
} from "../support/emulated-gpus.ts";
import { makeEmulator, type EmulatorDirectory } from "../support/emulator.ts";
import { nativeFile } from "../support/native.ts";
import { probeContext } from "../support/probe-context.ts";
import { tenant } from "../support/tenants.ts";
import { expectNothingLeft, IPC_CASES, quick, sharedFiles } from "./ipc-cases.ts";
import { DEADLINE_SECONDS, runKind } from "./run-kind.ts";

const CASES = IPC_CASES.map((ipcCase) => ({ ...ipcCase, name: ipcCase.kind.name }));

let emulator: EmulatorDirectory;
let before: readonly string[];

beforeEach(async () => {
  emulator = await makeEmulator();
  before = sharedFiles();
});

afterEach(async () => {
  try {
    await expectNothingLeft(emulator, before);
  } finally {
    await emulator[Symbol.asyncDispose]();
  }
});

describe("when a process may write no large files", () => {
  test("function_ipc by shm tells that shared memory is full, and is ended by no signal", async () => {
    const end = await runWithinLimit("8", "shm");
    expect(end).toMatchObject({ outcome: "failure", reason: "shm_full", phase: "allocate" });
    expect(end.message).toContain("bytes of shared memory");
    expect(end.report.instances[0]?.reaped).toMatchObject({ exitCode: 1 });
  });

  test("function_ipc by sockets needs none", async () => {
    expect(await runWithinLimit("8", "unix")).toMatchObject({ outcome: "success" });
  });

  test("function_ipc by shm succeeds without that limit", async () => {
    expect(await runWithinLimit("unlimited", "shm")).toMatchObject({ outcome: "success" });
  });
});

describe("when a handle is stale", () => {
  test.each([
    { mechanism: "legacy", call: "cuIpcOpenMemHandle_v2", other: "vmm_fd" },
    { mechanism: "vmm_fd", call: "cuMemImportFromShareableHandle", other: "legacy" },
  ])(
    "cuda_ipc by $mechanism tells that it may not open it, and $other goes on",
    async ({ mechanism, call, other }) => {
      await emulator.configure([`fault = call=${call} code=400`]);
      const code = "CUDA_ERROR_INVALID_HANDLE";
      const end = await runKind(cudaIpc, emulator, { options: quick(mechanism) });
      expect(end).toMatchObject({ outcome: "failure", reason: "ipc_denied", phase: "open", code });
      const next = await runKind(cudaIpc, emulator, { options: quick(other) });
      expect(next).toMatchObject({ outcome: "success" });
    },
  );
});

describe("when somebody else holds nearly all memory of the GPU", () => {
  test.each(CASES)(
    "$name by $mechanism leaves out sizes that do not fit, and measures those that do",
    async ({ kind, mechanism }) => {
      await emulator.configure([tenant(process.pid, 79_000)]);
      const large = { mechanism, sizes: ["4KiB", "1GiB"] };
      const end = await runKind(kind, emulator, { options: large });
      expect(end).toMatchObject({ outcome: "skipped", reason: "memory_floor", phase: "allocate" });
      expect(end.message).toContain("3892314112 are needed");
      const small = await runKind(kind, emulator, { options: quick(mechanism) });
      expect(small).toMatchObject({ outcome: "success" });
    },
  );
});

describe("when one bit of one copy is wrong", () => {
  const copies = CASES.flatMap((each) =>
    each.kind === functionIpc ? [each, { ...each, call: "cuMemcpyDtoHAsync_v2" }] : [each],
  );

  test.each(copies)("$name by $mechanism finds it, of $call", async ({ kind, mechanism, call }) => {
    await emulator.configure([`fault = call=${call} nth=9 corrupt=true`]);
    const end = await runKind(kind, emulator, { options: quick(mechanism) });
    expect(end).toMatchObject({ outcome: "failure", reason: "corrupt", phase: "verify" });
    expect(end.message).toBe("1 of 262144 words are not what was sent");
  });
});

describe("when the GPU does not have the mechanism", () => {
  test.each([
    { mechanism: "legacy", setting: "legacy_ipc = false", phase: "export", other: "vmm_fd" },
    { mechanism: "vmm_fd", setting: "vmm = false", phase: "allocate", other: "legacy" },
    { mechanism: "vmm_fd", setting: "vmm_fd = false", phase: "allocate", other: "legacy" },
  ])(
    "cuda_ipc by $mechanism is left out with $setting, and $other is measured",
    async ({ mechanism, setting, phase, other }) => {
      await emulator.configure([setting]);
      const end = await runKind(cudaIpc, emulator, { options: quick(mechanism) });
      expect(end).toMatchObject({ outcome: "skipped", reason: "not_supported", phase });
      const next = await runKind(cudaIpc, emulator, { options: quick(other) });
      expect(next).toMatchObject({ outcome: "success" });
    },
  );
});

/** Runs function IPC by a shell that lets no file become longer than so many blocks. */
async function runWithinLimit(blocks: string, mechanism: string): Promise<RunEnd> {
  const [gpuUuid] = await gpuUuids();
  // What the emulator's processes share is made before, since it is longer.
  await listDevices(emulator);
  const measurement = functionIpc.measurement(quick(mechanism));
  const context = probeContext({ ...EMULATOR_LIBRARIES, gpuUuid });
  const script = `ulimit -f ${blocks}; exec "$0" "$@"`;
  const run = createRunner({ launcher: nativeFile("launcher") }, { clock: systemClock });
  return run({
    file: "/bin/sh",
    args: ["-c", script, nativeFile("probes/function_ipc"), ...measurement.args(context)],
    env: { ...emulatorEnvironment(emulator), ...measurement.env(context) },
    deadlineSeconds: DEADLINE_SECONDS,
  });
}
