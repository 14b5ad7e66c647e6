import type { Device, Listing } from "./device.ts";

/**
 * A listing made without waking GPUs knows less; what it does not know is taken from the one before. Only facts that an earlier
 * listing saw are filled in, and only for devices that are still listed.
 */
export function mergeListings(previous: Listing | undefined, next: Listing): Listing {
  if (previous === undefined) return next;
  const devices = next.devices.map((device) => {
    const known = previous.devices.find((other) => other.gpuUuid === device.gpuUuid);
    return known === undefined ? device : fillIn(device, known);
  });
  return { ...next, driver: next.driver ?? previous.driver, devices };
}

function fillIn(device: Device, known: Device): Device {
  return {
    ...device,
    memoryTotalBytes: device.memoryTotalBytes ?? known.memoryTotalBytes,
    memoryUsedBytes: device.memoryUsedBytes ?? known.memoryUsedBytes,
    memoryFreeBytes: device.memoryFreeBytes ?? known.memoryFreeBytes,
    memoryReservedBytes: device.memoryReservedBytes ?? known.memoryReservedBytes,
    utilizationRatio: device.utilizationRatio ?? known.utilizationRatio,
    processes: device.processes ?? known.processes,
    recoveryAction: device.recoveryAction ?? known.recoveryAction,
    migChangePending: device.migChangePending ?? known.migChangePending,
    pageRepairPending: device.pageRepairPending ?? known.pageRepairPending,
  };
}
