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

/** A device that goes keeps its targets, so that what they would have measured is seen to be missing. */
export function createTargetList(initial: Config): TargetList {
  const seen = new Map<string, Device>();
  let config = initial;
  let targets = makeTargets(config, []);
  const rebuild = (): void => {
    targets = makeTargets(config, [...seen.values()]);
  };
  return {
    learn: ({ devices }) => {
      const isNews = devices.some(({ gpuUuid, gpu }) => seen.get(gpuUuid)?.gpu !== gpu);
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
