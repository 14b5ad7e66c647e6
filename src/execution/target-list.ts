import type { Config, Target } from "../config/config.ts";
import { makeTargets } from "../config/targets.ts";
import type { Device, Listing } from "../devices/device.ts";

/** The targets that there are: the config's probes on every device seen since start. */
export interface TargetList {
  /** True when the targets are not what they were. */
  readonly learn: (listing: Listing) => boolean;
  readonly setConfig: (config: Config) => void;
  readonly config: () => Config;
  readonly targets: () => readonly Target[];
  /** Indices and UUIDs that the config names, whether or not there are such devices. */
  readonly namedGpus: () => readonly (number | string)[];
}

/** What becomes of targets on these devices. */
export type AdaptTargets = (
  targets: readonly Target[],
  devices: readonly Device[],
) => readonly Target[];

/** A device that goes keeps its targets, so that what they would have measured is seen to be missing. */
export function createTargetList(initial: Config, adapt: AdaptTargets): TargetList {
  const seen = new Map<string, Device>();
  let config = initial;
  let targets = makeTargets(config, []);
  const rebuild = (): void => {
    const devices = [...seen.values()];
    targets = adapt(makeTargets(config, devices), devices);
  };
  return {
    learn: ({ devices }) => {
      const isNews = devices.some((device) => !isKnown(device, seen.get(device.gpuUuid)));
      for (const device of devices) seen.set(device.gpuUuid, device);
      if (isNews) rebuild();
      return isNews;
    },
    setConfig: (next) => {
      config = next;
      rebuild();
    },
    config: () => config,
    targets: () => targets,
    namedGpus: () => [
      ...new Set(config.probes.flatMap(({ gpus }) => (gpus === "all" ? [] : gpus))),
    ],
  };
}

/** Whether nothing that targets are made from has changed. */
function isKnown(device: Device, before: Device | undefined): boolean {
  return (
    before?.gpu === device.gpu &&
    before.name === device.name &&
    before.persistenceMode === device.persistenceMode
  );
}
