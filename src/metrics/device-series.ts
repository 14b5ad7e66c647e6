import type { Device, Listing } from "../devices/device.ts";
import type { Observation } from "../probes/family.ts";
import { deviceLabels, type Labels } from "./labels.ts";
import { createScope } from "./scope.ts";
import type { SeriesStore } from "./store.ts";

/** The series of GPUs. */
export interface DeviceSeries {
  /** `named` are the indices and beginnings of UUIDs that the config asks for: one that nobody lists is down. */
  readonly setListing: (listing: Listing, named: readonly (number | string)[]) => void;
}

interface DeviceName {
  readonly gpu: number;
  readonly gpuUuid: string;
  readonly migUuid: string;
}

/** No device seen yet. */
export function createDeviceSeries(store: SeriesStore): DeviceSeries {
  const scope = createScope(store);
  const seen = new Map<string, DeviceName>();
  return {
    setListing: (listing, named) => {
      for (const device of listing.devices) seen.set(identity(device), device);
      scope.replace(
        () => true,
        [
          ...listing.devices.map((device) => gpuUp(deviceLabels(device), 1)),
          ...downDevices(listing, [...seen.values()], named).map((labels) => gpuUp(labels, 0)),
          ...listing.devices.map(gpuInfo),
        ],
      );
    },
  };
}

/** A GPU keeps its UUID when its index changes. */
function identity(device: DeviceName): string {
  return `${device.gpuUuid} ${device.migUuid}`;
}

function gpuUp(labels: Labels, value: number): Observation {
  return { family: "cudaprobe_gpu_up", labels, value };
}

function gpuInfo(device: Device): Observation {
  return {
    family: "cudaprobe_gpu_info",
    labels: {
      ...deviceLabels(device),
      name: device.name,
      pci_bus_id: device.pciBusId,
      compute_mode: device.computeMode,
      persistence_mode: device.persistenceMode,
      mig_mode: device.migMode,
      memory_info: device.memoryInfo,
    },
    value: 1,
  };
}

/** Who should be there and does not answer: seen before, lost, or named. */
function downDevices(
  listing: Listing,
  seen: readonly DeviceName[],
  named: readonly (number | string)[],
): readonly Labels[] {
  const listed = new Set(listing.devices.map(identity));
  const gone = seen.filter((device) => !listed.has(identity(device)));
  const known: readonly DeviceName[] = [...listing.devices, ...gone];
  // A lost device does not say its UUID: it is taken for the one that was seen at its index.
  const lost = listing.lost.filter(({ gpu }) => !gone.some((device) => device.gpu === gpu));
  const indices = new Set([...known, ...lost].map(({ gpu }) => gpu));
  const unseen = named.filter((name) => !isKnown(name, known, indices));
  return [
    ...gone.map(deviceLabels),
    ...lost.map(({ gpu }) => deviceLabels({ gpu, gpuUuid: "", migUuid: "" })),
    ...[...new Set(unseen)].map(labelsOfName),
  ];
}

function isKnown(
  name: number | string,
  known: readonly DeviceName[],
  indices: ReadonlySet<number>,
): boolean {
  if (typeof name === "number") return indices.has(name);
  return known.some(({ gpuUuid, migUuid }) => gpuUuid.startsWith(name) || migUuid.startsWith(name));
}

function labelsOfName(name: number | string): Labels {
  if (typeof name === "number") return deviceLabels({ gpu: name, gpuUuid: "", migUuid: "" });
  const isMig = name.startsWith("MIG-");
  return { gpu: "", gpu_uuid: isMig ? "" : name, mig_uuid: isMig ? name : "" };
}
