import { fail, ok, type Result } from "../base/result.ts";
import type { Config, Target } from "../config/config.ts";
import { nameInterpreter } from "../config/pythons.ts";
import { makeTargets } from "../config/targets.ts";
import type { Listing } from "../devices/device.ts";
import type { Kind } from "../probes/kind.ts";

/** What a one-off run is asked to be. */
export interface RunChoice {
  readonly kind: Kind;
  /** By config key; what is left out has its default. */
  readonly options: Readonly<Record<string, string>>;
  /** NVML index or (the beginning of) a UUID; the first GPU when left out. */
  readonly gpu: string | undefined;
}

/** The one target that was asked for; the error says what was wrong with the choice, or that there is no such GPU. */
export function chooseTarget(choice: RunChoice, config: Config, listing: Listing): Result<Target> {
  const options = nameInterpreter(choice.kind, choice.options, config.frameworks.python);
  if (!options.ok) return options;
  const measurement = choice.kind.parse(options.value);
  if (!measurement.ok) return measurement;
  const probe = {
    name: "run",
    kind: choice.kind,
    measurement: measurement.value,
    schedule: "",
    jitterSeconds: undefined,
    timeoutSeconds: measurement.value.timeoutSeconds ?? choice.kind.defaultTimeoutSeconds,
    gpus: choice.gpu === undefined ? ("all" as const) : [parseGpu(choice.gpu)],
    settings: "",
  };
  const [target] = makeTargets({ ...config, probes: [probe] }, listing.devices);
  return target === undefined ? fail(noSuchGpu(choice.gpu, listing)) : ok(target);
}

/** A GPU as a person names it: an index, or (the beginning of) a UUID. */
export function parseGpu(text: string): number | string {
  return /^\d+$/.test(text) ? Number(text) : text;
}

/** Says that a GPU is not there, and which ones are. */
export function noSuchGpu(gpu: string | undefined, { devices }: Listing): string {
  if (gpu === undefined || devices.length === 0) return "there is no GPU to run on";
  return `there is no GPU ${gpu}; there are ${devices.map((device) => `${String(device.gpu)} (${device.gpuUuid})`).join(", ")}`;
}
