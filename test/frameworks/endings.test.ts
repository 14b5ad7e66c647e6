import { join } from "node:path";
import { existsSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { createDeadlineClock } from "../support/deadline-clock.ts";
import { makeEmulator, type EmulatorDirectory } from "../support/emulator.ts";
import { processesOf } from "../support/processes.ts";
import { VERY_IMPATIENT } from "../support/runs.ts";
import { until } from "../support/until.ts";
import { FRAMEWORKS, PYTHON, runFramework, type Framework } from "./run-framework.ts";

describe.each(FRAMEWORKS)("a cold start of %s", (framework) => {
  test("is skipped where the framework is not installed, and says for which interpreter", async () => {
    await using emulator = await makeEmulator();
    const end = await runFramework(framework, emulator, { env: { PYTHONPATH: "" } });
    const message = `${PYTHON}: No module named '${framework}'`;
    const reason = "framework_missing";
    expect(end).toMatchObject({ outcome: "skipped", reason, phase: "import", message });
  });

  test.each([
    ["raise", "RuntimeError: the library is broken"],
    ["lack", "ModuleNotFoundError: No module named 'spline'"],
  ])("fails when its import does (%s)", async (standIn, message) => {
    await using emulator = await makeEmulator();
    const end = await runFramework(framework, emulator, { standIn });
    const reason = "unknown";
    expect(end).toMatchObject({ outcome: "failure", reason, phase: "import", message });
  });

  test("fails where the framework falls back to the CPU", async () => {
    await using emulator = await makeEmulator();
    const end = await runFramework(framework, emulator, { standIn: "cpu" });
    expect(end).toMatchObject({ outcome: "failure", reason: "no_device" });
  });

  test("fails where the answer is no answer", async () => {
    await using emulator = await makeEmulator();
    const end = await runFramework(framework, emulator, { standIn: "corrupt" });
    const phase = "second_inference";
    expect(end).toMatchObject({ outcome: "failure", reason: "corrupt", phase });
  });

  test("that hangs in its import times out there", async () => {
    await using emulator = await makeEmulator();
    const { end, pass } = await startHanging(framework, emulator);
    pass();
    expect(await end).toMatchObject({ outcome: "timeout", phase: "import" });
    expect(processesOf(emulator.path)).toEqual([]);
  });

  test("fails for lack of memory as the driver's own code would say", async () => {
    await using emulator = await makeEmulator(["fault = call=cuMemAlloc_v2 code=2"]);
    const end = await runFramework(framework, emulator);
    expect(end).toMatchObject({ outcome: "failure", reason: "oom" });
  });

  test("is skipped on a GPU that others keep for themselves", async () => {
    await using emulator = await makeEmulator(["compute_mode = exclusive_process"]);
    const end = await runFramework(framework, emulator);
    expect(end).toMatchObject({ outcome: "skipped", reason: "compute_mode", phase: "init" });
  });

  test("fails where MPS is wanted and has not come", async () => {
    await using emulator = await makeEmulator();
    const end = await runFramework(framework, emulator, { args: ["--mps=true"] });
    expect(end).toMatchObject({ outcome: "failure", reason: "mps_unavailable", phase: "context" });
  });
});

test.each([
  ["jax", { XLA_PYTHON_CLIENT_PREALLOCATE: "true" }],
  ["tensorflow", { TF_FORCE_GPU_ALLOW_GROWTH: "" }],
  ["torch", { PYTORCH_NVML_BASED_CUDA_CHECK: "1" }],
] as const)(
  "%s is refused an environment that harms, before its import",
  async (framework, env) => {
    await using emulator = await makeEmulator();
    const end = await runFramework(framework, emulator, { env });
    expect(end).toMatchObject({ outcome: "failure", reason: "unsafe_environment" });
    expect(end.message).toContain(Object.keys(env)[0]);
    expect(end.report.instances[0]?.phases.map(({ phase }) => phase)).toEqual(["spawn", "exit"]);
  },
);

test.each([["--mps=maybe"], ["--bytes=1"], ["--device=GPU-0"], ["--mps"]])(
  "%s is refused as a mistake of the caller",
  async (argument) => {
    await using emulator = await makeEmulator();
    const end = await runFramework("torch", emulator, { args: [argument] });
    expect(end.report.instances[0]?.reaped?.exitCode).toBe(2);
    expect(end.stderr).toContain("usage:");
  },
);

test("another device than the one that is asked for is not taken in its place", async () => {
  await using emulator = await makeEmulator(["seed = 7"]);
  const end = await runFramework("torch", emulator);
  expect(end).toMatchObject({ outcome: "failure", reason: "no_device", phase: "init" });
});

test("a start that is cancelled ends between two phases", async () => {
  await using emulator = await makeEmulator(["fault = call=cuInit slow_seconds=100"]);
  const cancelling = new AbortController();
  const run = runFramework("torch", emulator, { signal: cancelling.signal });
  await until("the start comes to the driver", () => emulator.isLoaded());
  cancelling.abort();
  const end = await run;
  expect(end).toMatchObject({ outcome: "failure", reason: "cancelled" });
  const phases = end.report.instances[0]?.phases.map(({ phase }) => phase);
  expect(phases).toEqual(["spawn", "import", "init", "exit"]);
});

async function startHanging(framework: Framework, emulator: EmulatorDirectory) {
  const ready = join(emulator.path, "ready");
  const deadlineSeconds = 60;
  const { clock, passDeadline } = createDeadlineClock(deadlineSeconds);
  const end = runFramework(framework, emulator, {
    standIn: "hang",
    env: { READY_FILE: ready },
    deadlineSeconds,
    clock,
    runner: VERY_IMPATIENT,
  });
  await until("the import begins", () => existsSync(ready));
  return { end, pass: passDeadline };
}
