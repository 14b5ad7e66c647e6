import * as z from "zod";
import type { Reason } from "../protocol/reasons.ts";
import { functionIpcTables } from "./function-ipc-tables.ts";
import { ipcCharts } from "./ipc-charts.ts";
import { observeDowntrainedLink } from "./host-link.ts";
import { hostLinkDowntrainedFamily, hostLinkFamily, ipcFamilies } from "./ipc-families.ts";
import { ipcFigures } from "./ipc-figures.ts";
import { IPC_OUTPUT_BYTES, IPC_PHASES, IPC_REASONS, ipcInfo } from "./ipc-kind.ts";
import { observeHostLink, observeIpc, zeroIpc } from "./ipc-observe.ts";
import {
  COMPARABLE_OPTIONS,
  ipcArguments,
  ipcEnvironment,
  ipcMemoryBytes,
  ipcOptions,
} from "./ipc-options.ts";
import { defineKind } from "./kind.ts";

const REASONS: readonly Reason[] = [...IPC_REASONS, "shm_full"];

const optionsShape = {
  mechanism: z
    .enum(["shm", "unix", "tcp"])
    .default("shm")
    .describe(
      "What carries the data from process to process: `shm` is shared memory, `unix` and `tcp` are sockets.",
    ),
  memory: z
    .enum(["pinned", "pageable"])
    .default("pinned")
    .describe(
      "The host memory that the GPU's copies go to and come from: `pinned` is registered with the driver.",
    ),
  ...ipcOptions,
};

/**
 * What it takes to pass data from one function to another by way of the host: out of the GPU, from process to process, into the GPU.
 * Source: the function-ipc experiment of StreamBox, which measures pickling and pageable copies of one size, and a receiver that reads once.
 */
export const functionIpc = defineKind({
  name: "function_ipc",
  scope: "device",
  summary: "How long passing data from one process to another through the host takes, by size.",
  program: "function_ipc",
  optionsShape,
  defaultTimeoutSeconds: 60,
  // An H100 takes 1.6 s for the whole command, most of it for two contexts.
  expectedSeconds: 1.5,
  defaultIterations: 1,
  counterpart: { kind: "cuda_ipc", options: COMPARABLE_OPTIONS },
  reasons: REASONS,
  gatedByUtilization: true,
  families: [...ipcFamilies, hostLinkFamily, hostLinkDowntrainedFamily],
  measurement: (options) => {
    const { mechanism, memory } = options;
    const labels = { mechanism, memory };
    return {
      phases: IPC_PHASES,
      instances: 1,
      cache: "any",
      contexts: 2,
      usesPeerGpus: options.between_gpus,
      memoryBytes: ipcMemoryBytes(options),
      maxOutputBytes: IPC_OUTPUT_BYTES,
      args: (context) => ipcArguments(options, context, [`--memory=${memory}`]),
      env: (context) => ipcEnvironment(options, context),
      infoLabels: { ...labels, ...ipcInfo(options) },
      zeros: (probe) => zeroIpc({ probe, ...labels }, options.sizes, ["stream"]),
      observe: (run) => [
        ...observeIpc({ probe: run.probe, ...labels }, run),
        ...(memory === "pinned" ? observeHostLink(run.probe, run.end) : []),
        ...observeDowntrainedLink(run.probe, run.end),
      ],
      figures: ipcFigures,
      tables: functionIpcTables(mechanism),
      charts: ipcCharts("function_ipc"),
    };
  },
});
