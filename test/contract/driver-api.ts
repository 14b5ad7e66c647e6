import { INIT_CODES, LATER_CODES } from "./driver-codes.ts";
import type { DriverCode } from "./driver-codes.ts";
import { NVML_INIT_CODES, NVML_LATER_CODES } from "./nvml-codes.ts";
import type { Reason } from "../../src/protocol/reasons.ts";

/** One of the driver's two libraries, as a kind's program meets it. */
export interface DriverApi {
  /** The call that comes first. */
  readonly init: string;
  /** What that call alone means by its codes. */
  readonly initCodes: readonly DriverCode[];
  /** What any call may answer once it has succeeded. */
  readonly laterCodes: readonly DriverCode[];
  /** An error that is the same of every call. */
  readonly anyError: DriverCode;
  /** The call that takes what has to be given back, and the one that gives it. */
  readonly takes: string;
  readonly gives: string;
  /** What the emulator is like that nothing has armed. */
  readonly unarmed: Reason;
  /** Whether the emulator takes time to load it. */
  readonly loads: boolean;
}

export const CUDA: DriverApi = {
  init: "cuInit",
  initCodes: INIT_CODES,
  laterCodes: LATER_CODES,
  anyError: { code: 214, name: "CUDA_ERROR_ECC_UNCORRECTABLE", reason: "ecc" },
  takes: "cuDevicePrimaryCtxRetain",
  gives: "cuDevicePrimaryCtxRelease_v2",
  unarmed: "stub_library",
  loads: true,
};

export const NVML: DriverApi = {
  init: "nvmlInit_v2",
  initCodes: NVML_INIT_CODES,
  laterCodes: NVML_LATER_CODES,
  anyError: { code: 15, name: "NVML_ERROR_GPU_IS_LOST", reason: "gpu_lost" },
  takes: "nvmlInit_v2",
  gives: "nvmlShutdown",
  unarmed: "no_driver",
  loads: false,
};
