import * as z from "zod";
import type { Reason } from "../protocol/reasons.ts";
import { cudaIpcTables } from "./cuda-ipc-tables.ts";
import { ipcCharts } from "./ipc-charts.ts";
import { ipcFamilies } from "./ipc-families.ts";
import { ipcFigures } from "./ipc-figures.ts";
import { IPC_OUTPUT_BYTES, IPC_PHASES, IPC_REASONS, ipcInfo } from "./ipc-kind.ts";
import { observeIpc, zeroIpc } from "./ipc-observe.ts";
import {
  COMPARABLE_OPTIONS,
  ipcArguments,
  ipcEnvironment,
  ipcMemoryBytes,
  ipcOptions,
} from "./ipc-options.ts";
import { defineKind, type Surroundings } from "./kind.ts";

const REASONS: readonly Reason[] = [...IPC_REASONS, "ipc_denied"];

const optionsShape = {
  mechanism: z
    .enum(["legacy", "vmm_fd"])
    .default("legacy")
    .describe(
      "How memory of the GPU is handed on: `legacy` is a handle of cuIpcGetMemHandle, `vmm_fd` is a file descriptor of virtual memory management.",
    ),
  ...ipcOptions,
};

/**
 * What it takes to pass data from one function to another without leaving the GPU: hand on memory, open it there, copy it. Source: the
 * cudaipc experiment of StreamBox, whose transfer is a kernel that writes 1 KiB whatever the size is, and whose opening is not timed.
 */
export const cudaIpc = defineKind({
  name: "cuda_ipc",
  scope: "device",
  summary: "How long handing on GPU memory from one process to another takes, by size.",
  program: "cuda_ipc",
  optionsShape,
  defaultTimeoutSeconds: 60,
  // An H100 takes 1.6 s for the whole command, most of it for two contexts.
  expectedSeconds: 1.5,
  defaultIterations: 1,
  counterpart: { kind: "function_ipc", options: COMPARABLE_OPTIONS },
  reasons: REASONS,
  gatedByUtilization: true,
  families: ipcFamilies,
  measurement: (options) => {
    const labels = { mechanism: options.mechanism, memory: "" };
    return {
      phases: IPC_PHASES,
      instances: 1,
      cache: "any",
      contexts: 2,
      usesPeerGpus: options.between_gpus,
      memoryBytes: ipcMemoryBytes(options),
      maxOutputBytes: IPC_OUTPUT_BYTES,
      ...(options.mechanism === "legacy" ? { unsupported: refuseLegacy } : {}),
      args: (context) => ipcArguments(options, context),
      env: (context) => ipcEnvironment(options, context),
      infoLabels: { mechanism: options.mechanism, ...ipcInfo(options) },
      zeros: (probe) => zeroIpc({ probe, ...labels }, options.sizes, ["first", "reuse"]),
      observe: (run) => observeIpc({ probe: run.probe, ...labels }, run),
      figures: ipcFigures,
      tables: cudaIpcTables,
      charts: ipcCharts("cuda_ipc"),
    };
  },
});

/** What the driver is known not to do, and does not say of itself. */
function refuseLegacy({ isWsl, isMigInstance }: Surroundings): string | undefined {
  if (isWsl) return "legacy handles of CUDA IPC do not work on WSL";
  return isMigInstance ? "legacy handles of CUDA IPC do not work on MIG instances" : undefined;
}
