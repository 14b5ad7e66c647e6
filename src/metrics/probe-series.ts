import type { Target } from "../config/config.ts";
import type { Observation } from "../probes/family.ts";
import type { Kind } from "../probes/kind.ts";
import { probeFamilies } from "./probe-families.ts";
import type { Labels } from "./labels.ts";
import { createScope } from "./scope.ts";
import type { SeriesStore } from "./store.ts";

const INFO = "cudaprobe_probe_info";
const INTERVAL = "cudaprobe_probe_interval_seconds";
const LANE_WAIT = "cudaprobe_lane_wait_seconds";

/** The series of probes and of kinds, which targets on several devices share. */
export interface ProbeSeries {
  readonly setTargets: (
    targets: readonly Target[],
    intervalSeconds: ReadonlyMap<string, number>,
  ) => void;
  readonly observeLaneWait: (kind: Kind, seconds: number) => void;
}

/** No probes yet. */
export function createProbeSeries(store: SeriesStore): ProbeSeries {
  const probes = createScope(store);
  const lanes = new Map<string, Labels>();
  return {
    setTargets: (targets, intervalSeconds) => {
      probes.replace(
        () => true,
        [
          ...targets.map(probeInfo),
          ...targets.flatMap((target) => probeInterval(target, intervalSeconds)),
        ],
      );
      setLanes(store, lanes, new Set(targets.map((target) => target.probe.kind.name)));
    },
    observeLaneWait: (kind, seconds) => {
      store.write({ family: LANE_WAIT, labels: { kind: kind.name }, value: seconds });
    },
  };
}

function probeInfo({ probe }: Target): Observation {
  const options = { ...emptyInfo(), ...probe.measurement.infoLabels };
  return {
    family: INFO,
    labels: { ...options, probe: probe.name, kind: probe.kind.name },
    value: 1,
  };
}

function emptyInfo(): Labels {
  const names = probeFamilies.find((family) => family.name === INFO)?.labelNames ?? [];
  return Object.fromEntries(names.map((name) => [name, ""]));
}

function probeInterval(
  { probe }: Target,
  intervalSeconds: ReadonlyMap<string, number>,
): readonly Observation[] {
  const value = intervalSeconds.get(probe.name);
  return value === undefined ? [] : [{ family: INTERVAL, labels: { probe: probe.name }, value }];
}

function setLanes(
  store: SeriesStore,
  lanes: Map<string, Labels>,
  kinds: ReadonlySet<string>,
): void {
  for (const [kind, labels] of lanes) {
    if (kinds.has(kind)) continue;
    store.remove({ family: LANE_WAIT, labels });
    lanes.delete(kind);
  }
  for (const kind of kinds) {
    if (lanes.has(kind)) continue;
    lanes.set(kind, { kind });
    store.zero({ family: LANE_WAIT, labels: { kind } });
  }
}
