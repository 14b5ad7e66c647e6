import type { PcieLink } from "../probes/pcie-link.ts";
import type { Reason } from "../protocol/reasons.ts";

/** A GPU as NVML lists it, with the facts that gates read. What NVML does not know is undefined. */
export interface Device {
  /** NVML index: for people and config; identity is the UUID. */
  readonly gpu: number;
  readonly gpuUuid: string;
  /** Empty unless the device is a MIG instance. */
  readonly migUuid: string;
  readonly name: string;
  readonly pciBusId: string;
  readonly computeMode:
    "default" | "exclusive_thread" | "prohibited" | "exclusive_process" | "unknown";
  readonly persistenceMode: "enabled" | "disabled" | "unknown";
  readonly migMode: "enabled" | "disabled" | "unsupported";
  readonly memoryTotalBytes: number | undefined;
  readonly memoryUsedBytes: number | undefined;
  readonly memoryFreeBytes: number | undefined;
  readonly memoryReservedBytes: number | undefined;
  /** Version of NVML's call that told the memory; version 1 counts what the driver reserves as used. */
  readonly memoryInfo: "v2" | "v1" | "";
  readonly utilizationRatio: number | undefined;
  /** Compute processes that hold the GPU. */
  readonly processes: number | undefined;
  /** Field 230: what has to be done before the GPU works again; 0 is nothing. */
  readonly recoveryAction: number | undefined;
  readonly migChangePending: boolean | undefined;
  readonly pageRepairPending: boolean | undefined;
  /** There was no room left to repair with. */
  readonly pageRepairFailed: boolean | undefined;
  /** As it was when it was listed, which is no moment of copying. */
  readonly pcieLink: PcieLink;
}

/** A GPU that is in the machine's list and does not answer. */
export interface LostDevice {
  readonly gpu: number;
  readonly reason: Reason;
  readonly code: string;
}

/** What answered: a driver, or our emulator in its place. */
export interface DriverFacts {
  readonly backend: "nvidia" | "emulator";
  readonly driverVersion: string;
  readonly nvmlVersion: string;
  readonly cudaVersion: string;
  readonly libcuda: string;
  readonly libnvidiaMl: string;
}

/** Why no driver answers. */
export interface DriverFault {
  readonly reason: Reason;
  readonly code: string;
  readonly message: string;
}

/** One look at the driver and its devices. `fault` is set when a run could not succeed; what is known is there all the same. */
export interface Listing {
  readonly atSeconds: number;
  readonly driver: DriverFacts | undefined;
  readonly devices: readonly Device[];
  readonly lost: readonly LostDevice[];
  readonly fault: DriverFault | undefined;
}
