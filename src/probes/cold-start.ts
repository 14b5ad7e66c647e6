import * as z from "zod";
import type { Reason } from "../protocol/reasons.ts";
import {
  atOnceOptions,
  expectedAtOnce,
  findAtOnceMistakes,
  phasesAtOnce,
  startsAtOnce,
} from "./at-once.ts";
import { showCurve } from "./at-once-figures.ts";
import { coldStartFigures, startFigures, timeToFirstResult } from "./cold-start-figures.ts";
import {
  coldStartFamilies,
  observeBaseline,
  observeColdStart,
  zeroColdStart,
} from "./cold-start-families.ts";
import { coldStartTables } from "./cold-start-tables.ts";
import { defineKind, type Measurement, type ProbeContext } from "./kind.ts";
import { copiesEnvironment, pageCacheNeeds, pageCacheOption } from "./page-cache.ts";
import { findRuntimeMistakes, runtimeOptions } from "./runtime-options.ts";
import { describeRuntime, type Runtime } from "./runtimes.ts";
import { startArguments, startEnvironment } from "./start-command.ts";
import { startDetails } from "./start-details.ts";
import { startOptions } from "./start-options.ts";

/** Why a cold start is no success, beside what befalls every process. */
export const COLD_START_REASONS: readonly Reason[] = [
  "no_library",
  "stub_library",
  "no_driver",
  "driver_mismatch",
  "driver_too_old",
  "no_device",
  "permission",
  "exclusive",
  "mps_unavailable",
  "mps_full",
  "mps_unexpected",
  "oom",
  "not_supported",
  "ptx_jit",
  "ecc",
  "nvlink",
  "gpu_lost",
  "reset_required",
  "system_not_ready",
  "launch_failed",
  "uvm_missing",
  "unknown",
  "corrupt",
  "framework_missing",
  "compute_mode",
  "cancelled",
];

const optionsShape = {
  ...runtimeOptions,
  bytes: startOptions.bytes,
  jit_cache: z
    .enum(["warm", "cold"])
    .default("warm")
    .describe(
      "`warm`: kernels that the driver compiles are kept between runs; `cold`: every run compiles them.",
    ),
  module_loading: startOptions.module_loading,
  visible_devices: z
    .enum(["one", "all"])
    .default("one")
    .describe("Whether the probe's process sees its own GPU alone or all of the host's."),
  ...pageCacheOption,
  ...atOnceOptions,
};

/** Of the driver: an H100 takes 0.3 s to the end of the process; drivers without persistence mode take seconds. */
const EXPECTED_SECONDS = 0.5;

/**
 * The cold start of a GPU function: from before its process exists to its first result, by phase.
 * Source: the time experiment of StreamBox, whose one figure ("context init") is several phases here.
 */
export const coldStart = defineKind({
  name: "cold_start",
  scope: "device",
  summary: "How long a GPU function takes from nothing to its first result, by phase.",
  program: "cold_start",
  optionsShape,
  defaultTimeoutSeconds: 30,
  expectedSeconds: EXPECTED_SECONDS,
  reasons: [...COLD_START_REASONS, "page_cache_busy"],
  findMistakes: (options) => [...findRuntimeMistakes(options), ...findAtOnceMistakes(options)],
  gatedByUtilization: false,
  families: coldStartFamilies,
  curveOption: "concurrency",
  measurement: (options) => {
    const runtime = describeRuntime(options);
    return { ...describeStarts(options, runtime), ...describeOutputs(options, runtime) };
  },
});

type Options = z.output<z.ZodObject<typeof optionsShape>>;

type StartKey = "instances" | "cache" | "args" | "env";

/** The part of the measurement that says what is started, and how. */
function describeStarts(
  options: Options,
  runtime: Runtime,
): Pick<Measurement, StartKey> & Partial<Measurement> {
  const { page_cache: pageCache, concurrency } = options;
  const { program, seconds } = runtime;
  const args = (context: ProbeContext): readonly string[] =>
    startArguments(options, runtime, context);
  return {
    ...startsAtOnce(options, args),
    ...pageCacheNeeds(pageCache),
    ...seconds,
    expectedSeconds: expectedAtOnce(concurrency, seconds.expectedSeconds ?? EXPECTED_SECONDS),
    // Alone the driver's is within the floor that every run has.
    ...(options.runtime === "driver" && concurrency === 1
      ? {}
      : { contextBytes: runtime.contextBytes }),
    cache: options.jit_cache === "cold" ? "cold" : runtime.cache,
    ...(options.runtime === "command" && { notByRequest: true }),
    ...(program && { file: program.file, ...(program.needs && { needs: program.needs }) }),
    args,
    env: (context) => ({
      ...startEnvironment(options.runtime, runtime, context),
      CUDA_MODULE_LOADING: options.module_loading.toUpperCase(),
      ...(options.visible_devices === "one" && context.gpuUuid !== undefined
        ? { CUDA_VISIBLE_DEVICES: context.gpuUuid }
        : {}),
      ...copiesEnvironment(pageCache, context),
    }),
  };
}

/** The part that says what is told of it. */
function describeOutputs(options: Options, runtime: Runtime): Omit<Measurement, StartKey> {
  const { firstResult } = runtime;
  const labels = { runtime: options.runtime, concurrency: String(options.concurrency) };
  const phases = phasesAtOnce(options.concurrency, runtime.phases);
  return {
    phases,
    infoLabels: {
      ...labels,
      module_loading: options.module_loading,
      jit_cache: options.jit_cache,
      visible_devices: options.visible_devices,
      page_cache: options.page_cache,
      ...(options.concurrency === 1 ? {} : { spread: options.spread }),
    },
    details: startDetails(options),
    zeros: (probe) => zeroColdStart({ probe, ...labels }, phases),
    observe: (run) => observeColdStart({ probe: run.probe, ...labels }, run, runtime),
    headline: {
      ...labels,
      seconds: (end) => timeToFirstResult(end, firstResult),
      baseline: (probe, seconds) => observeBaseline({ probe, ...labels }, seconds),
    },
    figures: (end) => [
      ...coldStartFigures(end, firstResult),
      ...(options.runtime === "driver" ? [] : startFigures(end, firstResult)),
    ],
    tables: coldStartTables,
    curve: (series) => showCurve(series, firstResult),
  };
}
