import { existsSync } from "node:fs";
import type { Reason } from "../../src/protocol/reasons.ts";

/** An error of the CUDA driver: its number, its own name of it, and what it is to us. */
export interface DriverCode {
  readonly code: number;
  readonly name: string;
  readonly reason: Reason;
}

/** Where no kernel driver is loaded, a missing device is a missing driver. */
const hasKernelDriver = existsSync("/proc/driver/nvidia/version");

/** What cuInit alone means by its codes. */
export const INIT_CODES: readonly DriverCode[] = [
  error(100, "NO_DEVICE", hasKernelDriver ? "no_device" : "no_driver"),
  error(999, "UNKNOWN", "uvm_missing"),
  error(34, "STUB_LIBRARY", "stub_library"),
  error(3, "NOT_INITIALIZED", "system_not_ready"),
  error(802, "SYSTEM_NOT_READY", "system_not_ready"),
  error(803, "SYSTEM_DRIVER_MISMATCH", "driver_mismatch"),
  error(804, "COMPAT_NOT_SUPPORTED_ON_DEVICE", "driver_mismatch"),
  error(36, "CALL_REQUIRES_NEWER_DRIVER", "driver_too_old"),
  error(304, "OPERATING_SYSTEM", "permission"),
  error(2, "OUT_OF_MEMORY", "oom"),
];

/** What any call may answer once cuInit has succeeded. */
export const LATER_CODES: readonly DriverCode[] = [
  error(100, "NO_DEVICE", hasKernelDriver ? "gpu_lost" : "no_driver"),
  error(999, "UNKNOWN", "gpu_lost"),
  error(101, "INVALID_DEVICE", "no_device"),
  error(800, "NOT_PERMITTED", "permission"),
  error(46, "DEVICE_UNAVAILABLE", "exclusive"),
  error(805, "MPS_CONNECTION_FAILED", "mps_unavailable"),
  error(806, "MPS_RPC_FAILURE", "mps_unavailable"),
  error(807, "MPS_SERVER_NOT_READY", "mps_unavailable"),
  error(810, "MPS_CLIENT_TERMINATED", "mps_unavailable"),
  error(808, "MPS_MAX_CLIENTS_REACHED", "mps_full"),
  error(809, "MPS_MAX_CONNECTIONS_REACHED", "mps_full"),
  error(2, "OUT_OF_MEMORY", "oom"),
  error(801, "NOT_SUPPORTED", "not_supported"),
  error(200, "INVALID_IMAGE", "ptx_jit"),
  error(209, "NO_BINARY_FOR_GPU", "ptx_jit"),
  error(218, "INVALID_PTX", "ptx_jit"),
  error(221, "JIT_COMPILER_NOT_FOUND", "ptx_jit"),
  error(223, "JIT_COMPILATION_DISABLED", "ptx_jit"),
  error(222, "UNSUPPORTED_PTX_VERSION", "driver_too_old"),
  error(214, "ECC_UNCORRECTABLE", "ecc"),
  error(226, "CONTAINED", "ecc"),
  error(220, "NVLINK_UNCORRECTABLE", "nvlink"),
  error(217, "PEER_ACCESS_UNSUPPORTED", "nvlink"),
  error(916, "KEY_ROTATION", "system_not_ready"),
  error(700, "ILLEGAL_ADDRESS", "launch_failed"),
  error(702, "LAUNCH_TIMEOUT", "launch_failed"),
  error(715, "ILLEGAL_INSTRUCTION", "launch_failed"),
  error(716, "MISALIGNED_ADDRESS", "launch_failed"),
  error(718, "INVALID_PC", "launch_failed"),
  error(719, "LAUNCH_FAILED", "launch_failed"),
  error(909, "TIMEOUT", "timeout"),
  // Outside opening another process's memory these are mistakes of ours.
  error(201, "INVALID_CONTEXT", "unknown"),
  error(400, "INVALID_HANDLE", "unknown"),
  error(1, "INVALID_VALUE", "unknown"),
  // No name of this is known: the driver is newer than anything here.
  error(998, "998", "unknown"),
];

function error(code: number, name: string, reason: Reason): DriverCode {
  return { code, name: `CUDA_ERROR_${name}`, reason };
}
