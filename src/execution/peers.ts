import type { Target } from "../config/config.ts";
import type { Listing } from "../devices/device.ts";
import type { GateDecision } from "../gates/decide-go.ts";

/** The host's other whole GPUs on which the gates would let such a run go, too. An instance of MIG has none: it reaches no other GPU. */
export function findPeers(
  target: Target,
  { devices, ...listing }: Listing,
  decide: (target: Target, listing: Listing) => GateDecision,
): readonly string[] {
  const { device: own } = target;
  if (own === undefined || own.migUuid !== "") return [];
  const others = devices.filter(
    ({ gpuUuid, migUuid }) => gpuUuid !== own.gpuUuid && migUuid === "",
  );
  return others
    .filter((device) => decide({ ...target, device }, { ...listing, devices }).go)
    .map(({ gpuUuid }) => gpuUuid);
}
