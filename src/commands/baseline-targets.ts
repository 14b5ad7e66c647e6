import { baselineKey, isSameKey, type BaselineKey } from "../baseline/baseline.ts";
import { fail, ok, type Result } from "../base/result.ts";
import type { Config, ProbeConfig, Target } from "../config/config.ts";
import { matchGpu } from "../config/select-gpus.ts";
import { makeTargets } from "../config/targets.ts";
import type { Device, Listing } from "../devices/device.ts";
import { noSuchGpu, parseGpu } from "./run-target.ts";

/** Which baselines are meant; what is left out means all. */
export interface BaselineChoice {
  readonly probe?: string;
  /** NVML index or (the beginning of) a UUID. */
  readonly gpu?: string;
}

/** A target whose baseline is to be pinned, and where. */
export interface KeyedTarget {
  readonly target: Target;
  readonly key: BaselineKey;
}

/** The targets of the config that are meant, the first one of each key; there is at least one. The error says what was wrong. */
export function chooseBaselineTargets(
  { probe, gpu }: BaselineChoice,
  config: Config,
  listing: Listing,
): Result<readonly KeyedTarget[]> {
  const watched = config.probes.filter(({ measurement }) => measurement.headline !== undefined);
  const probes = watched.filter(({ name }) => probe === undefined || name === probe);
  if (probes.length === 0) return fail(noSuchProbe(probe, config, watched));
  const devices = findDevices(gpu, listing);
  if (!devices.ok) return devices;
  const targets = makeTargets({ ...config, probes }, listing.devices).filter(({ device }) =>
    devices.value.some(
      ({ gpuUuid, migUuid }) => gpuUuid === device?.gpuUuid && migUuid === device.migUuid,
    ),
  );
  const names = probes.map(({ name }) => name).join(", ");
  return targets.length === 0
    ? fail(`${config.file} does not have ${names} run on that GPU`)
    : ok(firstOfEachKey(targets));
}

/** The devices that a selector means, all when it is left out; there is at least one. */
export function findDevices(gpu: string | undefined, listing: Listing): Result<readonly Device[]> {
  const { devices } = listing;
  if (gpu === undefined) return devices.length === 0 ? fail(noSuchGpu(gpu, listing)) : ok(devices);
  const match = matchGpu(parseGpu(gpu), devices);
  return match.type === "found" ? ok(match.devices) : fail(noSuchGpu(gpu, listing));
}

function noSuchProbe(
  probe: string | undefined,
  { file }: Config,
  watched: readonly ProbeConfig[],
): string {
  const names = watched.map(({ name }) => name).join(", ");
  if (names === "") return `${file} has no probe with a baseline`;
  return `${file} has no probe ${probe ?? ""} with a baseline; there are ${names}`;
}

function firstOfEachKey(targets: readonly Target[]): readonly KeyedTarget[] {
  const found: KeyedTarget[] = [];
  for (const target of targets) {
    const key = baselineKey(target);
    if (key === undefined || found.some((other) => isSameKey(other.key, key))) continue;
    found.push({ target, key });
  }
  return found;
}
