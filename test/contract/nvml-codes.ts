import type { Reason } from "../../src/protocol/reasons.ts";
import type { DriverCode } from "./driver-codes.ts";

/** What nvmlInit may answer. */
export const NVML_INIT_CODES: readonly DriverCode[] = [
  error(1, "UNINITIALIZED", "system_not_ready"),
  error(3, "NOT_SUPPORTED", "not_supported"),
  error(4, "NO_PERMISSION", "permission"),
  error(9, "DRIVER_NOT_LOADED", "no_driver"),
  error(10, "TIMEOUT", "timeout"),
  error(12, "LIBRARY_NOT_FOUND", "no_library"),
  error(17, "OPERATING_SYSTEM", "permission"),
  error(18, "LIB_RM_VERSION_MISMATCH", "driver_mismatch"),
  error(25, "ARGUMENT_VERSION_MISMATCH", "driver_too_old"),
  error(27, "NOT_READY", "system_not_ready"),
  error(999, "UNKNOWN", "unknown"),
  // No name of this is known: the library is newer than anything here.
  error(77, "77", "unknown"),
];

/** What any call may answer afterwards. 3 and 13 are no errors of a list: a driver need not have it. */
export const NVML_LATER_CODES: readonly DriverCode[] = [
  error(2, "INVALID_ARGUMENT", "unknown"),
  error(4, "NO_PERMISSION", "permission"),
  error(6, "NOT_FOUND", "no_device"),
  error(10, "TIMEOUT", "timeout"),
  error(15, "GPU_IS_LOST", "gpu_lost"),
  error(16, "RESET_REQUIRED", "reset_required"),
  error(19, "IN_USE", "exclusive"),
  error(20, "MEMORY", "oom"),
  error(27, "NOT_READY", "system_not_ready"),
  error(28, "GPU_NOT_FOUND", "no_device"),
  error(999, "UNKNOWN", "unknown"),
  error(77, "77", "unknown"),
];

function error(code: number, name: string, reason: Reason): DriverCode {
  return { code, name: `NVML_ERROR_${name}`, reason };
}
