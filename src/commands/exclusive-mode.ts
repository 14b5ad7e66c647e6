import type { Target } from "../config/config.ts";
import type { Listing } from "../devices/device.ts";
import type { RunChoice } from "./run-target.ts";

/**
 * The choice with what its kind needs on a GPU that lets in one process only; undefined where the GPU lets in all, where the kind knows
 * no way, and where the choice says what it wants itself.
 */
export function adaptToExclusiveMode(
  choice: RunChoice,
  { device }: Target,
  { devices }: Listing,
): RunChoice | undefined {
  const needed = choice.kind.optionsInExclusiveMode;
  const found = devices.find(
    ({ gpuUuid, migUuid }) => gpuUuid === device?.gpuUuid && migUuid === device.migUuid,
  );
  if (needed === undefined || found?.computeMode !== "exclusive_process") return undefined;
  const isChosen = Object.keys(needed).some((key) => key in choice.options);
  return isChosen ? undefined : { ...choice, options: { ...choice.options, ...needed } };
}
