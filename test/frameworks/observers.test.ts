import { describe, expect, test } from "vitest";
import type { Sample } from "../../src/protocol/report.ts";
import type { RunEnd } from "../../src/runner/run.ts";
import { EMULATOR_LIBRARIES } from "../support/emulated-gpus.ts";
import { makeEmulator, type EmulatorDirectory } from "../support/emulator.ts";
import { nativeFile } from "../support/native.ts";
import { processesOf } from "../support/processes.ts";
import { makeRun } from "../support/runs.ts";
import {
  frameworkCommand,
  frameworkEnvironment,
  FRAMEWORKS,
  type Framework,
} from "./run-framework.ts";

const LOOKED_AT = ["context", "build_model", "load_model", "first_inference"];

async function observe(
  observer: string,
  { framework, emulator }: { readonly framework: Framework; readonly emulator: EmulatorDirectory },
  ...args: readonly string[]
): Promise<RunEnd> {
  const worker = await frameworkCommand(framework);
  const device = worker.find((argument) => argument.startsWith("--device=")) ?? "";
  return makeRun("", {
    file: nativeFile(`probes/${observer}`),
    args: [device, `--libnvidia_ml=${EMULATOR_LIBRARIES.libnvidiaMl}`, ...args, "--", ...worker],
    env: frameworkEnvironment(emulator, framework),
  });
}

function samplesOf({ report }: RunEnd, name: string): readonly Sample[] {
  return report.instances[0]?.samples.filter((sample) => sample.name === name) ?? [];
}

describe.each(FRAMEWORKS)("with %s as its worker", (framework) => {
  const compile = framework === "jax" ? ["compile"] : [];
  const all = ["import", "init", ...LOOKED_AT.slice(0, -1), ...compile, "first_inference"];

  test("footprint reads what the process holds after each phase, and what it asked for", async () => {
    await using emulator = await makeEmulator();
    const phases = [`--worker_phases=${all.join()}`, `--phases=${LOOKED_AT.join()}`];
    const end = await observe("footprint", { framework, emulator }, ...phases);
    expect(end).toMatchObject({ outcome: "success" });
    const read = samplesOf(end, "process_bytes");
    expect(read.map(({ labels }) => labels["phase"])).toEqual(LOOKED_AT);
    const [context = 0, built = 0, loaded = 0, inferred = 0] = read.map(({ value }) => value);
    expect([built - context, inferred - loaded]).toEqual([0, 0]);
    expect(loaded - built).toBeGreaterThanOrEqual(2 ** 26);
    const [requested] = samplesOf(end, "requested_bytes");
    expect(requested?.value).toBeGreaterThanOrEqual(2 ** 26);
    expect(requested?.value).toBeLessThan(read.at(-1)?.value ?? 0);
    expect(processesOf(emulator.path)).toEqual([]);
  });

  test("density holds one instance after another, and knows what each asked for", async () => {
    await using emulator = await makeEmulator();
    const phases = ["--max_instances=2", "--phases=context,first_inference"];
    const end = await observe("density", { framework, emulator }, ...phases);
    expect(end).toMatchObject({ outcome: "success" });
    expect(samplesOf(end, "instances")[0]?.value).toBe(2);
    expect(samplesOf(end, "requested_bytes")[0]?.value).toBeGreaterThanOrEqual(2 ** 26);
    expect(processesOf(emulator.path)).toEqual([]);
  });

  test("density is limited by the memory that an instance cannot have", async () => {
    const faults = ["fault = call=cuDevicePrimaryCtxRetain scope=host nth=2 code=2"];
    await using emulator = await makeEmulator(faults);
    const end = await observe("density", { framework, emulator }, "--phases=first_inference");
    expect(end).toMatchObject({ outcome: "success" });
    expect(samplesOf(end, "limit")[0]?.labels).toEqual({ limit: "memory" });
    expect(samplesOf(end, "instances")[0]?.value).toBe(1);
  });
});

test("a worker without its framework makes its observer's result", async () => {
  await using emulator = await makeEmulator();
  const worker = await frameworkCommand("torch");
  const device = worker[2] ?? "";
  const end = await makeRun("", {
    file: nativeFile("probes/footprint"),
    args: [device, "--worker_phases=import", "--phases=import", "--", ...worker],
    env: { ...frameworkEnvironment(emulator, "torch"), PYTHONPATH: "" },
  });
  const reason = "framework_missing";
  expect(end).toMatchObject({ outcome: "skipped", reason, phase: "import" });
});
