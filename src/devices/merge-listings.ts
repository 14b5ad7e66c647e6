import type { Device, Listing } from "./device.ts";

/**
 * A listing made without waking GPUs knows less; what it does not know is taken from the one before. Some drivers list no device at
 * all then (580 does), and no fault either: such a listing tells about the driver alone, and devices are what they were. Otherwise only
 * facts are filled in, and only for devices that are still listed.
 */
export function mergeListings(previous: Listing | undefined, next: Listing): Listing {
  if (previous === undefined) return next;
  if (tellsOfDriverAlone(next)) return { ...previous, atSeconds: next.atSeconds, fault: undefined };
  const devices = next.devices.map((device) => {
    const known = previous.devices.find((other) => other.gpuUuid === device.gpuUuid);
    return known === undefined ? device : fillIn(device, known);
  });
  return { ...next, driver: next.driver ?? previous.driver, devices };
}

function tellsOfDriverAlone({ devices, lost, fault }: Listing): boolean {
  return devices.length === 0 && lost.length === 0 && fault === undefined;
}

function fillIn(device: Device, known: Device): Device {
  return {
    ...device,
    persistenceMode: latestKnown(device.persistenceMode, known.persistenceMode),
    memoryTotalBytes: device.memoryTotalBytes ?? known.memoryTotalBytes,
    memoryUsedBytes: device.memoryUsedBytes ?? known.memoryUsedBytes,
    memoryFreeBytes: device.memoryFreeBytes ?? known.memoryFreeBytes,
    memoryReservedBytes: device.memoryReservedBytes ?? known.memoryReservedBytes,
    utilizationRatio: device.utilizationRatio ?? known.utilizationRatio,
    processes: device.processes ?? known.processes,
    ...fillInState(device, known),
  };
}

function fillInState(
  device: Device,
  known: Device,
): Pick<
  Device,
  "recoveryAction" | "migChangePending" | "pageRepairPending" | "pageRepairFailed" | "pcieLink"
> {
  return {
    recoveryAction: device.recoveryAction ?? known.recoveryAction,
    migChangePending: device.migChangePending ?? known.migChangePending,
    pageRepairPending: device.pageRepairPending ?? known.pageRepairPending,
    pageRepairFailed: device.pageRepairFailed ?? known.pageRepairFailed,
    pcieLink: device.pcieLink.width === undefined ? known.pcieLink : device.pcieLink,
  };
}

function latestKnown<Word extends string>(word: Word | "unknown", before: Word): Word | "unknown" {
  return word === "unknown" ? before : word;
}
