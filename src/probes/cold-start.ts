import { z } from "zod";
import type { Reason } from "../protocol/reasons.ts";
import { coldStartFigures, timeToFirstResult } from "./cold-start-figures.ts";
import {
  coldStartFamilies,
  observeBaseline,
  observeColdStart,
  zeroColdStart,
} from "./cold-start-families.ts";
import { defineKind } from "./kind.ts";
import { startOptions } from "./start-options.ts";

const PHASES = [
  "spawn",
  "load_driver",
  "init",
  "context",
  "allocate",
  "load_module",
  "first_kernel",
  "release",
  "exit",
] as const;

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
  "compute_mode",
  "cancelled",
];

const optionsShape = {
  runtime: startOptions.runtime,
  bytes: startOptions.bytes,
  jit_cache: z
    .enum(["warm", "cold"])
    .default("warm")
    .describe("`warm`: the compiled kernel is kept between runs; `cold`: every run compiles it."),
  module_loading: startOptions.module_loading,
  visible_devices: z
    .enum(["one", "all"])
    .default("one")
    .describe("Whether the probe's process sees its own GPU alone or all of the host's."),
};

/**
 * The cold start of a GPU function: from before its process exists to the end of its first kernel, by phase.
 * Source: the time experiment of StreamBox, whose one figure ("context init") is four phases here.
 */
export const coldStart = defineKind({
  name: "cold_start",
  scope: "device",
  summary: "How long a GPU function takes from nothing to its first result, by phase.",
  program: "cold_start",
  optionsShape,
  defaultTimeoutSeconds: 30,
  // An H100 takes 0.3 s to the end of the process; drivers without persistence mode take seconds.
  expectedSeconds: 0.5,
  reasons: COLD_START_REASONS,
  gatedByUtilization: false,
  families: coldStartFamilies,
  measurement: (options) => {
    const labels = { runtime: options.runtime, concurrency: "1" };
    return {
      phases: PHASES,
      instances: 1,
      cache: options.jit_cache,
      args: ({ gpuUuid, libcuda }) => [
        `--device=${gpuUuid ?? ""}`,
        `--bytes=${String(options.bytes)}`,
        ...(libcuda === undefined ? [] : [`--libcuda=${libcuda}`]),
      ],
      env: ({ gpuUuid }) => ({
        CUDA_MODULE_LOADING: options.module_loading.toUpperCase(),
        ...(options.visible_devices === "one" && gpuUuid !== undefined
          ? { CUDA_VISIBLE_DEVICES: gpuUuid }
          : {}),
      }),
      infoLabels: {
        ...labels,
        module_loading: options.module_loading,
        jit_cache: options.jit_cache,
        visible_devices: options.visible_devices,
      },
      zeros: (probe) => zeroColdStart({ probe, ...labels }, PHASES),
      observe: (run) => observeColdStart({ probe: run.probe, ...labels }, run),
      headline: {
        ...labels,
        seconds: timeToFirstResult,
        baseline: (probe, seconds) => observeBaseline({ probe, ...labels }, seconds),
      },
      figures: coldStartFigures,
    };
  },
});
