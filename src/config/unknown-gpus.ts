import type { Device, LostDevice } from "../devices/device.ts";
import type { Config, ConfigProblem } from "./config.ts";
import type { Mistake } from "./mistakes.ts";
import { placeMistakes } from "./problem.ts";
import { matchGpu } from "./select-gpus.ts";
import { parseYaml } from "./syntax.ts";

/**
 * The GPUs that a config names and the host does not have, or has more than one of, where the file names them. A lost GPU's UUID cannot be
 * read, so while one is lost an unknown UUID may be its own and is no problem.
 */
export function findUnknownGpus(
  config: Config,
  devices: readonly Device[],
  lost: readonly LostDevice[],
): readonly ConfigProblem[] {
  const mistakes = config.probes.flatMap(({ gpus }, probe) =>
    (gpus === "all" ? [] : gpus).flatMap((entry, index): readonly Mistake[] => {
      const message = describeEntry(entry, devices, lost);
      return message === undefined ? [] : [{ path: ["probes", probe, "gpus", index], message }];
    }),
  );
  const yaml = parseYaml(config.text);
  if (!yaml.ok) throw new Error("the text of a parsed config is valid YAML");
  return placeMistakes(config.file, yaml.value, mistakes);
}

function describeEntry(
  entry: number | string,
  devices: readonly Device[],
  lost: readonly LostDevice[],
): string | undefined {
  const match = matchGpu(entry, devices);
  if (match.type === "found") return undefined;
  if (match.type === "ambiguous") {
    return `${String(entry)} is the beginning of several UUIDs: ${match.uuids.join(", ")}`;
  }
  if (typeof entry === "number") {
    const isLost = lost.some(({ gpu }) => gpu === entry);
    return isLost ? undefined : `there is no GPU ${String(entry)}; ${listGpus(devices, lost)}`;
  }
  if (lost.length > 0) return undefined;
  return `no GPU's UUID begins with ${entry}; ${listGpus(devices, lost)}`;
}

function listGpus(devices: readonly Device[], lost: readonly LostDevice[]): string {
  const known = [
    ...devices.map(({ gpu, gpuUuid, migUuid }) => ({
      gpu,
      uuid: migUuid === "" ? gpuUuid : migUuid,
    })),
    ...lost.map(({ gpu }) => ({ gpu, uuid: "does not answer" })),
  ].toSorted((left, right) => left.gpu - right.gpu);
  if (known.length === 0) return "there is none";
  return `there are ${known.map(({ gpu, uuid }) => `${String(gpu)} (${uuid})`).join(", ")}`;
}
