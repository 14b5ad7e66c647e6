import type { Target } from "../config/config.ts";
import type { Family } from "../probes/family.ts";

export type Labels = Readonly<Record<string, string>>;

/** What identifies a device, on every series of one. */
const DEVICE_LABEL_NAMES: readonly string[] = ["gpu", "gpu_uuid", "mig_uuid"];

/** All label names of a family, the device's first. */
export function labelNamesOf(family: Family): readonly string[] {
  return family.device ? [...DEVICE_LABEL_NAMES, ...family.labelNames] : family.labelNames;
}

/** What tells a device from others. */
type DeviceName = Pick<NonNullable<Target["device"]>, "gpu" | "gpuUuid" | "migUuid">;

/** The device labels' values: empty strings for a target of the host. */
export function deviceLabels(device: DeviceName | undefined): Labels {
  return {
    gpu: device === undefined ? "" : String(device.gpu),
    gpu_uuid: device?.gpuUuid ?? "",
    mig_uuid: device?.migUuid ?? "",
  };
}

/** The labels in the family's order. Throws when they are not exactly the family's. A scrape's worth of series passes here. */
export function orderedLabels(family: Family, labels: Labels): Labels {
  const names = labelNamesOf(family);
  const ordered: Record<string, string> = {};
  for (const name of names) ordered[name] = requiredLabel(family, labels, name);
  if (Object.keys(labels).length > names.length) refuseExtra(family, labels);
  return ordered;
}

function refuseExtra(family: Family, labels: Labels): never {
  const names = labelNamesOf(family);
  const extra = Object.keys(labels).filter((name) => !names.includes(name));
  throw new Error(`${family.name} has no label ${extra.join(", ")}`);
}

function requiredLabel(family: Family, labels: Labels, name: string): string {
  const value = labels[name];
  if (value === undefined) throw new Error(`${family.name} lacks its label ${name}`);
  return value;
}
