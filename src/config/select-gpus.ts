import type { Device } from "../devices/device.ts";

/** What one entry of `gpus` means on this host. */
export type GpuMatch =
  | { readonly type: "found"; readonly devices: readonly Device[] }
  | { readonly type: "none" }
  /** The beginning of more than one UUID. */
  | { readonly type: "ambiguous"; readonly uuids: readonly string[] };

/**
 * Finds the devices of an NVML index or of a UUID, whole or its beginning, as CUDA_VISIBLE_DEVICES takes it. A GPU's index and UUID mean its
 * MIG instances too.
 */
export function matchGpu(entry: number | string, devices: readonly Device[]): GpuMatch {
  if (typeof entry === "number") return found(devices.filter(({ gpu }) => gpu === entry));
  const known = devices.flatMap(({ gpuUuid, migUuid }) => [gpuUuid, migUuid]);
  const begun = [...new Set(known)].filter((uuid) => uuid.startsWith(entry));
  const uuids = begun.includes(entry) ? [entry] : begun;
  if (uuids.length > 1) return { type: "ambiguous", uuids };
  return found(
    devices.filter(({ gpuUuid, migUuid }) => uuids.includes(gpuUuid) || uuids.includes(migUuid)),
  );
}

function found(devices: readonly Device[]): GpuMatch {
  return devices.length === 0 ? { type: "none" } : { type: "found", devices };
}
