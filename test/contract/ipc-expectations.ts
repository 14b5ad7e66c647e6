import { CUDA } from "./driver-api.ts";
import type { DriverCall, Expectations } from "./driver-call.ts";

/** What both processes of a probe that passes data on do before they meet. */
const TRANSFER_START_CALLS: readonly DriverCall[] = [
  { call: "cuInit", phase: "init" },
  { call: "cuDeviceGetCount", phase: "context" },
  { call: "cuDeviceGet", phase: "context" },
  { call: "cuDeviceGetUuid", phase: "context" },
  { call: "cuDeviceGetAttribute", phase: "context" },
  { call: "cuDevicePrimaryCtxRetain", phase: "context" },
  { call: "cuCtxSetCurrent", phase: "context" },
  { call: "cuStreamCreate", phase: "context" },
  { call: "cuModuleLoadData", phase: "load_module" },
  { call: "cuModuleGetFunction", phase: "load_module" },
  { call: "cuMemAlloc_v2", phase: "load_module" },
  { call: "cuMemGetInfo_v2", phase: "allocate" },
];

const TRANSFER_RELEASE_CALLS: readonly DriverCall[] = [
  { call: "cuModuleUnload", phase: "release" },
  { call: "cuStreamDestroy_v2", phase: "release" },
  { call: "cuDevicePrimaryCtxRelease_v2", phase: "release" },
];

/** One that goes in one piece, and one in several. */
const QUICK = { sizes: ["4KiB", "1MiB"] };

export const CUDA_IPC_EXPECTATIONS: Expectations = {
  api: CUDA,
  options: QUICK,
  calls: [
    ...TRANSFER_START_CALLS,
    { call: "cuLaunchKernel", phase: "fill", within: "measure" },
    { call: "cuEventRecord", phase: "fill", within: "measure" },
    { call: "cuStreamSynchronize", phase: "fill", within: "measure" },
    { call: "cuIpcGetMemHandle", phase: "export", within: "measure" },
    { call: "cuStreamWaitEvent", phase: "open", within: "measure", byConsumer: true },
    { call: "cuIpcOpenMemHandle_v2", phase: "open", within: "measure", byConsumer: true },
    { call: "cuMemcpyDtoDAsync_v2", phase: "copy", within: "measure", byConsumer: true },
    { call: "cuMemsetD8Async", phase: "copy", within: "measure", byConsumer: true },
    { call: "cuMemcpyDtoH_v2", phase: "verify", within: "measure", byConsumer: true },
    { call: "cuIpcCloseMemHandle", phase: "close", within: "measure", byConsumer: true },
    { call: "cuMemFree_v2", phase: "close", within: "measure" },
    ...TRANSFER_RELEASE_CALLS,
  ],
  tolerated: ["cuEventCreate", "cuEventDestroy_v2", "cuIpcGetEventHandle", "cuIpcOpenEventHandle"],
  samples: ["transfer_seconds", "phase_seconds", "mapped_bytes", "bytes", "gpu_seconds"],
};

export const FUNCTION_IPC_EXPECTATIONS: Expectations = {
  api: CUDA,
  options: QUICK,
  calls: [
    ...TRANSFER_START_CALLS,
    { call: "cuMemHostRegister_v2", phase: "allocate" },
    { call: "cuEventCreate", phase: "allocate" },
    { call: "cuLaunchKernel", phase: "transfer", within: "measure" },
    { call: "cuStreamSynchronize", phase: "transfer", within: "measure" },
    { call: "cuMemsetD8Async", phase: "transfer", within: "measure", byConsumer: true },
    { call: "cuMemcpyDtoHAsync_v2", phase: "transfer", within: "measure" },
    { call: "cuMemcpyHtoDAsync_v2", phase: "transfer", within: "measure", byConsumer: true },
    { call: "cuMemcpyDtoH_v2", phase: "verify", within: "measure", byConsumer: true },
    { call: "cuEventRecord", phase: "transfer", within: "measure" },
    { call: "cuEventQuery", phase: "transfer", within: "measure" },
    { call: "cuEventDestroy_v2", phase: "release" },
    { call: "cuMemHostUnregister", phase: "release" },
    { call: "cuMemFree_v2", phase: "release" },
    ...TRANSFER_RELEASE_CALLS,
  ],
  tolerated: [
    "cuDeviceGetPCIBusId",
    "nvmlInit_v2",
    "nvmlShutdown",
    "nvmlDeviceGetHandleByUUID",
    "nvmlDeviceGetCurrPcieLinkGeneration",
    "nvmlDeviceGetCurrPcieLinkWidth",
    "nvmlDeviceGetMaxPcieLinkGeneration",
    "nvmlDeviceGetMaxPcieLinkWidth",
  ],
  samples: ["transfer_seconds", "phase_seconds", "link", "bytes", "gpu_seconds"],
};
