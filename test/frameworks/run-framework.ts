import { join, resolve } from "node:path";
import type { RunEnd } from "../../src/runner/run.ts";
import { emulatorEnvironment, gpuUuids } from "../support/emulated-gpus.ts";
import type { EmulatorDirectory } from "../support/emulator.ts";
import { nativeFile } from "../support/native.ts";
import { fixture, makeRun, type RunOptions } from "../support/runs.ts";

export const PYTHON = "/usr/bin/python3";

const scripts = resolve(import.meta.dirname, "../../native/frameworks");

/** Every framework that has a script. */
export const FRAMEWORKS = ["torch", "jax", "tensorflow"] as const;
export type Framework = (typeof FRAMEWORKS)[number];

/** What the daemon sets beside what every probe gets. */
const PREALLOCATION = {
  torch: {},
  jax: { XLA_PYTHON_CLIENT_PREALLOCATE: "false" },
  tensorflow: { TF_FORCE_GPU_ALLOW_GROWTH: "true" },
} as const;

/** The interpreter, a framework's script and its arguments. */
export async function frameworkCommand(
  framework: Framework,
  ...args: readonly string[]
): Promise<readonly [string, ...string[]]> {
  const [gpu] = await gpuUuids();
  const script = join(scripts, `${framework}_probe.py`);
  return [PYTHON, script, `--device=${gpu ?? ""}`, ...args];
}

/** The environment in which the interpreter finds the stand-ins, and they find the emulator. */
export function frameworkEnvironment(
  emulator: EmulatorDirectory,
  framework: Framework,
): Readonly<Record<string, string>> {
  return {
    ...emulatorEnvironment(emulator),
    ...PREALLOCATION[framework],
    LD_LIBRARY_PATH: nativeFile("emulator"),
    PYTHONPATH: fixture("frameworks"),
    PYTHONDONTWRITEBYTECODE: "1",
  };
}

export interface FrameworkRunOptions extends RunOptions {
  /** What goes wrong in the stand-in: see test/fixtures/frameworks/stand_in.py. */
  readonly standIn?: string;
}

/** Makes one run of a framework's script, through the real runner and launcher, as the daemon would. */
export async function runFramework(
  framework: Framework,
  emulator: EmulatorDirectory,
  { standIn = "", env = {}, args = [], ...options }: FrameworkRunOptions = {},
): Promise<RunEnd> {
  const [file, ...given] = await frameworkCommand(framework, ...args);
  const environment = { ...frameworkEnvironment(emulator, framework), STAND_IN: standIn };
  return makeRun("", { ...options, file, args: given, env: { ...environment, ...env } });
}
