// @ts-check
// What a driver may do wrong, and where: every kind of fault that the emulator has, in every phase.

/** The calls in which the phases of all kinds are, and what they may answer: names of docs/protocol.md. */
const CALLS = {
  init: ["cuInit", "cuDeviceGetCount"],
  context: ["cuDevicePrimaryCtxRetain", "cuDeviceGetUuid_v2", "cuCtxSetCurrent"],
  allocate: ["cuMemAlloc_v2", "cuMemHostAlloc", "cuMemHostRegister_v2", "cuMemCreate"],
  load_module: ["cuModuleLoadData", "cuModuleGetFunction"],
  first_kernel: ["cuLaunchKernel", "cuStreamSynchronize", "cuCtxSynchronize"],
  release: ["cuMemFree_v2", "cuModuleUnload", "cuDevicePrimaryCtxRelease_v2"],
  export: ["cuIpcGetMemHandle", "cuMemExportToShareableHandle", "cuIpcGetEventHandle"],
  open: ["cuIpcOpenMemHandle_v2", "cuMemImportFromShareableHandle", "cuMemMap"],
  close: ["cuIpcCloseMemHandle", "cuMemUnmap", "cuMemRelease"],
  copy: ["cuMemcpyHtoDAsync_v2", "cuMemcpyDtoHAsync_v2", "cuMemcpyDtoDAsync_v2", "cuMemcpyDtoH_v2"],
  listing: [
    "nvmlInit_v2",
    "nvmlInitWithFlags",
    "nvmlDeviceGetHandleByIndex_v2",
    "nvmlDeviceGetMemoryInfo_v2",
    "nvmlDeviceGetComputeRunningProcesses_v3",
    "nvmlDeviceGetUtilizationRates",
  ],
};

/** Codes that have a meaning of their own (cuda.h, nvml.h). */
const CUDA_CODES = [2, 46, 100, 101, 214, 220, 304, 700, 719, 800, 801, 802, 803, 222];
const NVML_CODES = [3, 4, 9, 15, 16, 17, 18, 20];

/** Times of the emulator are multiplied by its time_scale, 0.01. */
const SLOW = "slow_seconds=80";

/** Faults of the emulator that are none of a call. */
const SETTINGS = [
  "mps_server = dies_at_start",
  "mps_server = hangs_at_start",
  "mps_server = dies_after_context",
  "mps_server = outlives_daemon",
  "nvml_process_stride = 32",
  "nvml_process_stride = 16",
  "lost = 7",
];

/**
 * @typedef {object} DriverCase
 * @property {string} phase
 * @property {string} effect
 * @property {string} line Of emulator.conf.
 */

/** All of them. @param {(from: readonly number[]) => number} pick Chooses the code. @returns {DriverCase[]} */
export function driverCases(pick) {
  const calls = Object.entries(CALLS).flatMap(([phase, names]) =>
    names.flatMap((call) => effectsOn(call, pick).map((effect) => describe(phase, call, effect))),
  );
  const settings = SETTINGS.map((line) => ({
    phase: "setting",
    effect: /^\w+/.exec(line)?.[0] ?? "",
    line,
  }));
  return [...calls, ...settings];
}

/** @param {string} call @param {(from: readonly number[]) => number} pick */
function effectsOn(call, pick) {
  const code = `code=${pick(call.startsWith("nvml") ? NVML_CODES : CUDA_CODES)}`;
  const signal = `signal=${pick([4, 6, 9, 11])}`;
  const copies = call.startsWith("cuMemcpy") ? ["corrupt=true"] : [];
  return [SLOW, signal, "hang=true", code, ...copies];
}

/** @param {string} phase @param {string} call @param {string} effect */
function describe(phase, call, effect) {
  const name = /^[a-z]+/.exec(effect)?.[0] ?? "";
  return { phase, effect: name, line: `fault = call=${call} ${effect}` };
}
