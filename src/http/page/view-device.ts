import type { Target } from "../../config/config.ts";
import type { Device } from "../../devices/device.ts";
import { coldStart } from "../../probes/cold-start.ts";
import { cudaIpc } from "../../probes/cuda-ipc.ts";
import { footprint } from "../../probes/footprint.ts";
import { functionIpc } from "../../probes/function-ipc.ts";
import { processMemory } from "../../probes/process-memory.ts";
import { readProcessMemory } from "../../probes/process-memory-report.ts";
import { findLastSuccess, type DeviceSources } from "./sources.ts";
import { viewColdStart } from "./view-cold-start.ts";
import { viewFootprint } from "./view-footprint.ts";
import { viewTransfers } from "./view-transfers.ts";
import type { DeviceView, MemoryView } from "./views.ts";

/** What is known of every device that the latest listing has, in its order. */
export function viewDevices(sources: DeviceSources): readonly DeviceView[] {
  const memories = viewMemories(sources);
  const hosts = sources.targets.filter((target) => target.device === undefined);
  return (sources.listing?.devices ?? []).map((device) => {
    const targets = sources.targets.filter((target) => isOn(target, device));
    const ofKind = (...kinds: readonly Target["probe"]["kind"][]): readonly Target[] =>
      targets.filter(({ probe }) => kinds.includes(probe.kind));
    return {
      device,
      kinds: new Set([...hosts, ...targets].map(({ probe }) => probe.kind.name)),
      coldStarts: ofKind(coldStart).map((target) => viewColdStart(target, sources)),
      memory: memories.find(({ memory }) => isSame(memory, device)),
      footprints: ofKind(footprint).flatMap((target) => viewFootprint(target, device, sources)),
      transfers: ofKind(functionIpc, cudaIpc).flatMap((target) => viewTransfers(target, sources)),
    };
  });
}

function isOn({ device: other }: Target, device: Device): boolean {
  return other !== undefined && isSame(other, device);
}

function isSame(
  one: Pick<Device, "gpuUuid" | "migUuid">,
  other: Pick<Device, "gpuUuid" | "migUuid">,
): boolean {
  return one.gpuUuid === other.gpuUuid && one.migUuid === other.migUuid;
}

function viewMemories({ targets, history }: DeviceSources): readonly MemoryView[] {
  return targets
    .filter(({ probe }) => probe.kind === processMemory)
    .flatMap((target) => {
      const last = findLastSuccess(target, history);
      if (last === undefined) return [];
      return readProcessMemory(last.run.end).map((memory) => ({ ...last.shown, memory }));
    });
}
