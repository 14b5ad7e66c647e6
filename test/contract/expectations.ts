import { CUDA, NVML, type DriverApi } from "./driver-api.ts";

/** A driver call of a kind, and the phase that it belongs to. */
export interface DriverCall {
  readonly call: string;
  /** What its error is said to be of. */
  readonly phase: string;
  /** It is made after that phase, where nothing is timed: who hangs or dies there is in no phase. */
  readonly untimed?: true;
}

/** What a kind's program does with the driver and says, beyond what its definition declares. */
export interface Expectations {
  readonly api: DriverApi;
  /** Every call whose error is the run's failure, in the order they are made. */
  readonly calls: readonly DriverCall[];
  /** Calls whose errors only cost what they would have told. */
  readonly tolerated: readonly string[];
  readonly samples: readonly string[];
}

/** By kind. A new kind has its place here, or the contract's tests fail. */
export const EXPECTATIONS: Readonly<Record<string, Expectations>> = {
  cold_start: {
    api: CUDA,
    calls: [
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
    ],
    tolerated: ["cuDriverGetVersion", "cuModuleGetLoadingMode"],
    samples: ["cuda_driver_version", "module_loading", "bytes"],
  },
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

/** The phase in which a run is when a call never returns, or dies. */
export function openPhase({ phase, untimed }: DriverCall): string | undefined {
  return untimed === true ? undefined : phase;
}

/** The expectations of a kind that has to have some. */
export function expectationsOf(kind: string): Expectations {
  const found = EXPECTATIONS[kind];
  if (found === undefined) throw new Error(`test/contract/expectations.ts knows no ${kind}`);
  return found;
}
