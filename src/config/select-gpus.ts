import type { Device } from "../devices/device.ts";

/** What tells a device from others. */
type Named = Pick<Device, "gpu" | "gpuUuid" | "migUuid">;

/** What one entry of `gpus` means on this host. */
export type GpuMatch<Known extends Named = Device> =
  | { readonly type: "found"; readonly devices: readonly Known[] }
  | { readonly type: "none" }
  /** The beginning of more than one UUID. */
  | { readonly type: "ambiguous"; readonly uuids: readonly string[] };

/**
 * Finds the devices of an NVML index or of a UUID, whole or its beginning, as CUDA_VISIBLE_DEVICES takes it. A GPU's index and UUID mean its
 * MIG instances too.
 */
export function matchGpu<Known extends Named>(
  entry: number | string,
  devices: readonly Known[],
): GpuMatch<Known> {
  if (typeof entry === "number") return found(devices.filter(({ gpu }) => gpu === entry));
  const known = devices.flatMap(({ gpuUuid, migUuid }) => [gpuUuid, migUuid]);
  const begun = [...new Set(known)].filter((uuid) => uuid.startsWith(entry));
  const uuids = begun.includes(entry) ? [entry] : begun;
  if (uuids.length > 1) return { type: "ambiguous", uuids };
  return found(
    devices.filter(({ gpuUuid, migUuid }) => uuids.includes(gpuUuid) || uuids.includes(migUuid)),
  );
}

function found<Known extends Named>(devices: readonly Known[]): GpuMatch<Known> {
  return devices.length === 0 ? { type: "none" } : { type: "found", devices };
}
