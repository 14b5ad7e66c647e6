import type { Device } from "../devices/device.ts";
import type { Config, ProbeConfig, Target } from "./config.ts";
import { matchGpu } from "./select-gpus.ts";

/** Every probe on every device that it is configured for, in the order of the config and then of the devices. */
export function makeTargets(config: Config, devices: readonly Device[]): readonly Target[] {
  return config.probes.flatMap((probe): readonly Target[] => {
    if (probe.kind.scope === "host") return [{ id: probe.name, probe, device: undefined }];
    return selectDevices(probe, devices).map(({ gpu, gpuUuid, migUuid, name }) => ({
      id: `${probe.name}@${migUuid === "" ? gpuUuid : migUuid}`,
      probe,
      device: { gpu, gpuUuid, migUuid, name },
    }));
  });
}

function selectDevices({ gpus }: ProbeConfig, devices: readonly Device[]): readonly Device[] {
  if (gpus === "all") return devices;
  const matches = gpus.map((entry) => matchGpu(entry, devices));
  const selected = new Set(
    matches.flatMap((match) => (match.type === "found" ? match.devices : [])),
  );
  return devices.filter((device) => selected.has(device));
}
