import * as z from "zod";
import { count, flag, size } from "./quantities.ts";
import { runtimeOptions } from "./runtime-options.ts";
import { PAUSING_RUNTIME_NAMES } from "./runtimes.ts";

/** Options of every kind that starts a function and looks at it, each to be named in its own place. */
export const startOptions = {
  runtime: z
    .enum(PAUSING_RUNTIME_NAMES)
    .default("driver")
    .describe(
      "What starts: `driver` is the bare driver API, `torch` and `jax` are frameworks up to the first answer of a ResNet-50.",
    ),
  python: runtimeOptions.python,
  bytes: size({ minimum: "1B", maximum: "1GiB" })
    .prefault("2MiB")
    .describe("Without a framework: size of the first allocation, which the first kernel fills."),
  module_loading: z
    .enum(["lazy", "eager"])
    .default("lazy")
    .describe("Whether kernels are loaded when they are first used or with their module."),
};

/** Options of kinds that can do so under MPS. */
export const mpsOptions = {
  mps: flag()
    .prefault(false)
    .describe(
      "Whether it runs under MPS: a daemon is started for each run and ended after it. One that is there already is neither used nor touched.",
    ),
  active_thread_percentage: count({ minimum: 1, maximum: 100 })
    .prefault(100)
    .describe(
      "Under MPS, the share of the GPU's threads that each client may use, in percent. What a client holds grows with it.",
    ),
};

/** The share is said where it counts: it decides what a client holds. */
export function mpsInfo({
  mps,
  activeThreadPercentage,
}: {
  readonly mps: boolean;
  readonly activeThreadPercentage: number;
}): Readonly<Record<string, string>> {
  return mps ? { active_thread_percentage: String(activeThreadPercentage) } : {};
}
