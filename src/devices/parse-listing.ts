import type { Reason } from "../protocol/reasons.ts";
import { REASONS } from "../protocol/reasons.ts";
import type { Sample } from "../protocol/report.ts";
import type { RunEnd } from "../runner/run.ts";
import type { Device, DriverFacts, DriverFault, Listing, LostDevice } from "./device.ts";

/** What a run of the `devices` probe said, as a listing. Pure. */
export function parseListing(end: RunEnd, atSeconds: number): Listing {
  const samples = end.report.instances[0]?.samples ?? [];
  return {
    atSeconds,
    driver: parseDriver(samples.find((sample) => sample.name === "driver_info")),
    devices: named(samples, "device_info").map((info) => parseDevice(info, samples)),
    lost: named(samples, "device_lost").map(parseLost),
    fault: end.outcome === "success" ? undefined : parseFault(end),
  };
}

function named(samples: readonly Sample[], name: string): readonly Sample[] {
  return samples.filter((sample) => sample.name === name);
}

function parseDriver(info: Sample | undefined): DriverFacts | undefined {
  if (info === undefined) return undefined;
  const label = (key: string): string => info.labels[key] ?? "";
  return {
    backend: label("backend") === "emulator" ? "emulator" : "nvidia",
    driverVersion: label("driver_version"),
    nvmlVersion: label("nvml_version"),
    cudaVersion: label("cuda_version"),
    libcuda: label("libcuda"),
    libnvidiaMl: label("libnvidia_ml"),
  };
}

function parseDevice(info: Sample, samples: readonly Sample[]): Device {
  const gpuUuid = info.labels["gpu_uuid"] ?? "";
  const fact = (name: string): number | undefined =>
    samples.find((sample) => sample.name === name && sample.labels["gpu_uuid"] === gpuUuid)?.value;
  const flag = (name: string): boolean | undefined => {
    const value = fact(name);
    return value === undefined ? undefined : value !== 0;
  };
  return {
    gpu: Number(info.labels["gpu"] ?? "0"),
    gpuUuid,
    migUuid: "",
    name: info.labels["name"] ?? "",
    pciBusId: info.labels["pci_bus_id"] ?? "",
    computeMode: oneOf(COMPUTE_MODES, info.labels["compute_mode"], "unknown"),
    persistenceMode: oneOf(PERSISTENCE_MODES, info.labels["persistence_mode"], "unknown"),
    migMode: oneOf(MIG_MODES, info.labels["mig_mode"], "unsupported"),
    memoryTotalBytes: fact("memory_total_bytes"),
    memoryUsedBytes: fact("memory_used_bytes"),
    memoryFreeBytes: fact("memory_free_bytes"),
    memoryReservedBytes: fact("memory_reserved_bytes"),
    memoryInfo: oneOf(MEMORY_INFOS, info.labels["memory_info"], ""),
    utilizationRatio: fact("utilization_ratio"),
    processes: fact("processes"),
    recoveryAction: fact("recovery_action"),
    migChangePending: flag("mig_change_pending"),
    pageRepairPending: flag("page_repair_pending"),
    pageRepairFailed: flag("page_repair_failed"),
    pcieLink: {
      generation: fact("pcie_generation"),
      width: fact("pcie_width"),
      maxGeneration: fact("pcie_max_generation"),
      maxWidth: fact("pcie_max_width"),
    },
  };
}

const COMPUTE_MODES = [
  "default",
  "exclusive_thread",
  "prohibited",
  "exclusive_process",
  "unknown",
] as const;
const PERSISTENCE_MODES = ["enabled", "disabled", "unknown"] as const;
const MIG_MODES = ["enabled", "disabled", "unsupported"] as const;
const MEMORY_INFOS = ["v2", "v1", ""] as const;

function oneOf<Value extends string>(
  values: readonly Value[],
  text: string | undefined,
  otherwise: Value,
): Value {
  return values.find((value) => value === text) ?? otherwise;
}

function parseLost(sample: Sample): LostDevice {
  return {
    gpu: Number(sample.labels["gpu"] ?? "0"),
    reason: oneOf<Reason>(REASONS, sample.labels["reason"], "unknown"),
    code: sample.labels["code"] ?? "",
  };
}

function parseFault(end: RunEnd): DriverFault {
  const reason = end.reason ?? "unknown";
  return {
    reason,
    code: end.code ?? "",
    message: end.message ?? `the listing of devices ended as ${end.outcome}`,
  };
}
