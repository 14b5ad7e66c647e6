import { CUDA, NVML } from "./driver-api.ts";
import type { DriverCall, Expectations } from "./driver-call.ts";
import { CUDA_IPC_EXPECTATIONS, FUNCTION_IPC_EXPECTATIONS } from "./ipc-expectations.ts";

const COLD_START_CALLS: readonly DriverCall[] = [
  { call: "cuInit", phase: "init" },
  { call: "cuDeviceGetCount", phase: "context" },
  { call: "cuDeviceGet", phase: "context" },
  { call: "cuDeviceGetUuid", phase: "context" },
  { call: "cuDeviceGetAttribute", phase: "context" },
  { call: "cuDevicePrimaryCtxRetain", phase: "context" },
  { call: "cuCtxSetCurrent", phase: "context" },
  { call: "cuMemAlloc_v2", phase: "allocate" },
  { call: "cuModuleLoadData", phase: "load_module" },
  { call: "cuModuleGetFunction", phase: "load_module" },
  { call: "cuLaunchKernel", phase: "first_kernel" },
  { call: "cuCtxSynchronize", phase: "first_kernel" },
  { call: "cuMemcpyDtoH_v2", phase: "first_kernel", untimed: true },
  { call: "cuModuleUnload", phase: "release" },
  { call: "cuMemFree_v2", phase: "release" },
  { call: "cuDevicePrimaryCtxRelease_v2", phase: "release" },
];

const COLD_START_TOLERATED = ["cuDriverGetVersion", "cuModuleGetLoadingMode"];

const LISTS: readonly string[] = ["Compute", "Graphics", "MPSCompute"].map(
  (list) => `nvmlDeviceGet${list}RunningProcesses_v3`,
);

/** By kind. A new kind has its place here, or the contract's tests fail. */
export const EXPECTATIONS: Readonly<Record<string, Expectations>> = {
  cold_start: {
    api: CUDA,
    calls: COLD_START_CALLS,
    tolerated: COLD_START_TOLERATED,
    samples: ["cuda_driver_version", "module_loading", "bytes"],
  },
  footprint: {
    api: CUDA,
    worker: "cold_start",
    // What the worker does on no phase's time it does when it is let go on to its release.
    calls: COLD_START_CALLS.map((made) =>
      made.untimed === true ? { ...made, observedIn: "release" } : made,
    ),
    tolerated: [...COLD_START_TOLERATED, "nvmlDeviceGetMemoryInfo_v2", "nvmlShutdown"],
    samples: ["process_bytes", "memory_total_bytes", "memory_free_bytes", "requested_bytes"],
    others: [
      { call: "nvmlInit_v2", phase: "context", untimed: true },
      { call: "nvmlDeviceGetHandleByUUID", phase: "context", untimed: true },
      ...LISTS.map((call) => ({ call, phase: "context", untimed: true as const })),
    ],
  },
  density: {
    api: NVML,
    calls: [
      { call: "nvmlInit_v2", phase: "init" },
      { call: "nvmlDeviceGetHandleByUUID", phase: "init" },
      ...LISTS.map((call) => ({ call, phase: "start" })),
    ],
    tolerated: [...COLD_START_TOLERATED, "nvmlDeviceGetMemoryInfo_v2", "nvmlShutdown"],
    samples: [
      "used_begin_bytes",
      "used_context_bytes",
      "used_end_bytes",
      "process_bytes",
      "start_seconds",
      "instances",
      "instance_bytes",
      "memory_total_bytes",
      "memory_free_bytes",
      "requested_bytes",
      "gpu_seconds",
      "limit",
      "reclaim_seconds",
    ],
    others: COLD_START_CALLS.map(({ call, phase, untimed }) => ({
      call,
      phase: phase === "release" || untimed === true ? "end" : "start",
    })),
  },
  cuda_ipc: CUDA_IPC_EXPECTATIONS,
  function_ipc: FUNCTION_IPC_EXPECTATIONS,
  process_memory: {
    api: NVML,
    calls: [
      { call: "nvmlInit_v2", phase: "init" },
      { call: "nvmlDeviceGetCount_v2", phase: "list" },
      { call: "nvmlDeviceGetHandleByIndex_v2", phase: "list" },
      { call: "nvmlDeviceGetUUID", phase: "list" },
      { call: "nvmlDeviceGetComputeRunningProcesses_v3", phase: "list" },
      { call: "nvmlDeviceGetGraphicsRunningProcesses_v3", phase: "list" },
      { call: "nvmlDeviceGetMPSComputeRunningProcesses_v3", phase: "list" },
    ],
    tolerated: ["nvmlDeviceGetMigMode", "nvmlDeviceGetMemoryInfo_v2", "nvmlShutdown"],
    samples: [
      "memory_total_bytes",
      "memory_used_bytes",
      "memory_reserved_bytes",
      "memory_free_bytes",
      "process_memory_bytes",
      "processes",
      "overflow_memory_bytes",
      "own_memory_bytes",
      "unattributed_memory_bytes",
      "visibility_limited",
      "stride_anomaly",
    ],
  },
};

/** The expectations of a kind that has to have some. */
export function expectationsOf(kind: string): Expectations {
  const found = EXPECTATIONS[kind];
  if (found === undefined) throw new Error(`test/contract/expectations.ts knows no ${kind}`);
  return found;
}
