import type { RunEnd } from "../runner/run.ts";
import type { Observation } from "./family.ts";
import {
  BANDWIDTH,
  HOST_LINK,
  LAST_PHASE,
  LAST_TRANSFER,
  LINK_INFO,
  TRANSFER,
} from "./ipc-families.ts";
import { medianOf, readTransfers, secondsOf, type Transfer } from "./ipc-report.ts";
import type { ObservedRun } from "./kind.ts";
import { samplesOf } from "./samples.ts";

/** The labels of a probe's series. */
export interface IpcLabels {
  readonly probe: string;
  readonly mechanism: string;
  /** Of the host, that data goes through; empty where it goes through none. */
  readonly memory: string;
}

/** The histograms at zero, one for each size and use. */
export function zeroIpc(
  labels: IpcLabels,
  sizes: readonly number[],
  uses: readonly string[],
): readonly Observation[] {
  return uses.flatMap((use) =>
    sizes.map((sizeBytes) => ({
      family: TRANSFER,
      labels: { ...labels, size_bytes: String(sizeBytes), use },
      value: 0,
    })),
  );
}

/** What a successful run says. Transfers to other GPUs are in no histogram. */
export function observeIpc(
  labels: IpcLabels,
  { end, cacheMiss }: ObservedRun,
): readonly Observation[] {
  const transfers = readTransfers([end]);
  const own = cacheMiss ? [] : transfers.filter(({ peerGpuUuid }) => peerGpuUuid === "");
  return [
    ...own.flatMap((transfer) =>
      transfer.seconds.map((value) => ({
        family: TRANSFER,
        labels: transferLabels(labels, transfer),
        value,
      })),
    ),
    ...transfers.flatMap((transfer) => observeMedians(labels, transfer)),
    ...observeLinks(labels.probe, end),
  ];
}

function transferLabels(
  labels: IpcLabels,
  { sizeBytes, use }: Transfer,
): Readonly<Record<string, string>> {
  return { ...labels, size_bytes: String(sizeBytes), use };
}

function observeMedians(labels: IpcLabels, transfer: Transfer): readonly Observation[] {
  const own = { ...transferLabels(labels, transfer), peer_gpu_uuid: transfer.peerGpuUuid };
  const seconds = medianOf(transfer.seconds);
  return [
    { family: LAST_TRANSFER, labels: own, value: seconds },
    { family: BANDWIDTH, labels: own, value: transfer.sizeBytes / seconds },
    ...transfer.phases.map((phase) => ({
      family: LAST_PHASE,
      labels: { ...own, phase: phase.phase },
      value: medianOf(phase.seconds),
    })),
  ];
}

function observeLinks(probe: string, end: RunEnd): readonly Observation[] {
  const known = [...samplesOf(end, "link"), ...samplesOf(end, "peer_link")];
  return known.map(({ labels }) => ({
    family: LINK_INFO,
    labels: {
      probe,
      peer_gpu_uuid: labels["peer_gpu_uuid"] ?? "",
      link: labels["link"] ?? "pcie",
      generation: labels["generation"] ?? "",
      width: labels["width"] ?? "",
    },
    value: 1,
  }));
}

/** How fast the copies of the largest size were, by direction. */
export function observeHostLink(probe: string, end: RunEnd): readonly Observation[] {
  const own = readTransfers([end]).filter(({ peerGpuUuid }) => peerGpuUuid === "");
  const [largest] = own.toSorted((left, right) => right.sizeBytes - left.sizeBytes);
  if (largest === undefined) return [];
  return ["device_to_host", "host_to_device"].flatMap((direction) => {
    const seconds = secondsOf(largest, direction);
    if (seconds.length === 0) return [];
    const value = largest.sizeBytes / medianOf(seconds);
    return [{ family: HOST_LINK, labels: { probe, direction }, value }];
  });
}
