import { existsSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { emulatorEnvironment, gpuUuids } from "../support/emulated-gpus.ts";
import { makeEmulator } from "../support/emulator.ts";
import { nativeFile } from "../support/native.ts";
import { makeRun } from "../support/runs.ts";

const file = nativeFile("probes/cold_start_cudart");

// The runtime asks more of a driver than the emulator has, and so gets no further than its first call.
describe.skipIf(!existsSync(file))("a cold start of the CUDA runtime", () => {
  test("fails in its first call on a driver that is too old for it", async () => {
    await using emulator = await makeEmulator();
    const [gpu] = await gpuUuids();
    const env = { ...emulatorEnvironment(emulator), LD_LIBRARY_PATH: nativeFile("emulator") };
    const end = await makeRun("", { file, args: [`--device=${gpu ?? ""}`], env });
    const reason = "driver_too_old";
    expect(end).toMatchObject({ outcome: "failure", reason, phase: "init" });
    expect(end.code).toMatch(/^cudaError/);
  });

  test("is refused without a device as a mistake of the caller", async () => {
    const end = await makeRun("", { file, args: ["--device=0"] });
    expect(end.report.instances[0]?.reaped?.exitCode).toBe(2);
    expect(end.stderr).toContain("usage: cold_start_cudart");
  });
});
