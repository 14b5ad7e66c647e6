import { formatSize } from "../base/units.ts";
import type { Device } from "../devices/device.ts";
import type { GateInput, Refusal } from "./decide-go.ts";

/** A check of what is known of a device; undefined lets the run go. */
export type DeviceGate = (device: Device, input: GateInput) => Refusal | undefined;

/** In the order in which they speak: what makes a GPU unusable first, what only makes it a bad moment last. */
export const DEVICE_GATES: readonly DeviceGate[] = [
  refuseRecovery,
  refusePageRepair,
  refuseMigChange,
  refuseMigParent,
  refuseUnsupported,
  refuseComputeMode,
  refuseLowMemory,
  refuseBusy,
];

/** Values of NVML's field 230. */
const RECOVERY_ACTIONS = [
  "none",
  "GPU reset",
  "node reboot",
  "drain P2P",
  "drain and reset",
  "recover IMEX",
] as const;

export function refuseRecovery({ recoveryAction }: Device): Refusal | undefined {
  if (recoveryAction === undefined || recoveryAction === 0) return undefined;
  const action = nameRecovery(recoveryAction);
  return { reason: "reset_required", message: `the driver asks for recovery: ${action}` };
}

/** What NVML's field 230 asks for, in words. */
export function nameRecovery(action: number): string {
  return RECOVERY_ACTIONS[action] ?? `action ${String(action)}`;
}

/** A repair that is pending takes a reset; one that failed takes another GPU. */
export function refusePageRepair({
  pageRepairPending,
  pageRepairFailed,
}: Device): Refusal | undefined {
  if (pageRepairFailed === true) {
    return { reason: "ecc", message: "a repair of memory rows has failed" };
  }
  if (pageRepairPending !== true) return undefined;
  return { reason: "ecc", message: "a repair of memory pages is pending" };
}

export function refuseMigChange({ migChangePending }: Device): Refusal | undefined {
  if (migChangePending !== true) return undefined;
  return { reason: "mig_change", message: "a change of MIG mode is pending" };
}

/** No context can be made on a GPU that is cut into instances. */
export function refuseMigParent({ migMode, migUuid }: Device): Refusal | undefined {
  if (migMode !== "enabled" || migUuid !== "") return undefined;
  return { reason: "not_supported", message: "MIG mode is enabled on this GPU" };
}

/** What its kind knows to be impossible here: to try would be a failure every time. */
function refuseUnsupported({ migUuid }: Device, { target, isWsl }: GateInput): Refusal | undefined {
  const surroundings = { isWsl, isMigInstance: migUuid !== "" };
  const message = target.probe.measurement.unsupported?.(surroundings);
  return message === undefined ? undefined : { reason: "not_supported", message };
}

/**
 * In an exclusive mode our context would keep the GPU's user out for as long as it lives. A run under MPS is what such a mode is for,
 * unless somebody has the GPU already: there is no second server.
 */
export function refuseComputeMode(
  { computeMode, processes }: Device,
  { target }: GateInput,
): Refusal | undefined {
  if (computeMode === "default" || computeMode === "unknown") return undefined;
  const message = `the compute mode is ${computeMode}`;
  const canShare =
    computeMode === "exclusive_process" && target.probe.measurement.mps !== undefined;
  if (!canShare) return { reason: "compute_mode", message };
  if (processes === undefined || processes === 0) return undefined;
  return { reason: "compute_mode", message: `${message}, and another process holds the GPU` };
}

/** Running out of memory may hit the other processes of the GPU instead of ours. */
export function refuseLowMemory(device: Device, input: GateInput): Refusal | undefined {
  const free = device.memoryFreeBytes;
  const floor = memoryFloorBytes(input);
  if (free === undefined || free >= floor) return undefined;
  const message = `${formatSize(free)} free, floor ${formatSize(floor)}`;
  return { reason: "memory_floor", message };
}

/**
 * The most of what the config says and twice the last footprint, or what such a context is known to take if that is more; and what the
 * run asks for itself beside its contexts.
 */
export function memoryFloorBytes({ gates, target, lastFootprintBytes }: GateInput): number {
  const { contexts = 1, contextBytes = 0, memoryBytes = 0 } = target.probe.measurement;
  const heldBytes = contexts * Math.max(lastFootprintBytes ?? 0, contextBytes);
  return Math.max(gates.minFreeMemoryBytes, 2 * heldBytes) + memoryBytes;
}

export function refuseBusy({ utilizationRatio }: Device, input: GateInput): Refusal | undefined {
  const maximum = input.gates.maxGpuUtilization;
  if (!input.target.probe.kind.gatedByUtilization) return undefined;
  if (utilizationRatio === undefined || utilizationRatio <= maximum) return undefined;
  const message = `${formatPercent(utilizationRatio)} utilized, maximum ${formatPercent(maximum)}`;
  return { reason: "busy", message };
}

function formatPercent(ratio: number): string {
  return `${String(Number((ratio * 100).toPrecision(3)))}%`;
}
