/** What is known of a device at the moment; undefined where NVML does not say. */
export interface DeviceState {
  readonly computeMode: string;
  readonly memoryTotalBytes: number | undefined;
  readonly memoryFreeBytes: number | undefined;
  /** Processes that hold it. */
  readonly processes: number | undefined;
}

/** A device as the latest listing knows it. */
export interface ListedDevice extends DeviceState {
  /** Where it is `disabled`, listings do not look at memory. */
  readonly persistenceMode: string;
}

/** Instances of a function, and how much each takes. */
export interface Instances {
  readonly bytes: number;
  readonly mps: boolean;
}

/** How many more fit, and what keeps the next one out. */
export interface Projection {
  readonly instances: number;
  readonly limit: "memory" | "mps_clients" | "exclusive_mode";
}

/** Left free whatever happens: this, and a tenth of the device, and twice what an instance takes. */
export const FLOOR_BYTES = 2 * 2 ** 30;

/**
 * Clients of one MPS server on one device. 48 is what NVIDIA's documentation says of Volta and later GPUs; drivers of late allow 60, and
 * it is not said from which on.
 */
const MPS_CLIENTS = 48;

/** How many instances fit on the device as it is now; undefined when too little is known. */
export function project(instances: Instances, device: DeviceState): Projection | undefined {
  const { computeMode } = device;
  if (computeMode === "prohibited") return { instances: 0, limit: "exclusive_mode" };
  return computeMode.startsWith("exclusive_")
    ? projectExclusive(instances, device)
    : projectMemory(instances, device);
}

/** One process is let in when nobody is there; under MPS its server is that one. */
function projectExclusive(instances: Instances, device: DeviceState): Projection | undefined {
  if (device.processes === undefined) return undefined;
  if (device.processes > 0) return { instances: 0, limit: "exclusive_mode" };
  return instances.mps && device.computeMode === "exclusive_process"
    ? projectMemory(instances, device)
    : { instances: 1, limit: "exclusive_mode" };
}

function projectMemory(
  { bytes, mps }: Instances,
  { memoryTotalBytes: total, memoryFreeBytes: free }: DeviceState,
): Projection | undefined {
  if (total === undefined || free === undefined || bytes <= 0) return undefined;
  const floor = Math.max(FLOOR_BYTES, total / 10, 2 * bytes);
  const instances = Math.max(0, Math.floor((free - floor) / bytes));
  if (mps && instances > MPS_CLIENTS) return { instances: MPS_CLIENTS, limit: "mps_clients" };
  return { instances, limit: "memory" };
}
