import type { Family } from "../probes/family.ts";
import type { Kind } from "../probes/kind.ts";
import { costFamilies } from "./cost-families.ts";
import { daemonFamilies } from "./daemon-families.ts";
import { deviceFamilies } from "./device-families.ts";
import { probeFamilies } from "./probe-families.ts";
import { runFamilies } from "./run-families.ts";

/** The daemon's own families, under the headings they are documented with. */
export const OWN_FAMILIES: readonly (readonly [heading: string, families: readonly Family[]])[] = [
  ["Driver and devices", deviceFamilies],
  ["Runs", runFamilies],
  ["What the probes cost", costFamilies],
  ["Probes", probeFamilies],
  ["Daemon", daemonFamilies],
];

/** Every family that the daemon exports with these kinds, in the order of the exposition. */
export function allFamilies(kinds: readonly Kind[]): readonly Family[] {
  return [
    ...OWN_FAMILIES.flatMap(([, families]) => families),
    ...new Set(kinds.flatMap((kind) => kind.families)),
  ];
}
