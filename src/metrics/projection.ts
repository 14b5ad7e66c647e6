import type { Target } from "../config/config.ts";
import type { Device } from "../devices/device.ts";
import type { EndedRun, RunRecord } from "../history/record.ts";
import { createScope } from "./scope.ts";
import type { SeriesStore } from "./store.ts";
import { onDevice } from "./target-series.ts";

/** The series of one target that follow from its last run and from its device as it is now. */
export interface Projection {
  /** Takes what became of a run; one that was no success ends what the one before it said. */
  readonly record: (record: RunRecord) => void;
  readonly setDevices: (devices: readonly Device[]) => void;
  /** Removes the series, until the next success. */
  readonly clear: () => void;
}

/** Nothing is known yet of the run, and of these devices what the latest listing says. */
export function createProjection(
  target: Target,
  store: SeriesStore,
  initial: readonly Device[],
): Projection {
  const scope = createScope(store);
  let devices = initial;
  let last: EndedRun | undefined;
  const write = (): void => {
    const device = devices.find((other) => isSameDevice(other, target));
    scope.replace(() => true, device && last ? onDevice(target, project(last, device)) : []);
  };
  const setLast = (run: EndedRun | undefined): void => {
    last = run;
    write();
  };
  return {
    record: (record) => setLast(isSuccess(record) ? record : undefined),
    setDevices: (next) => {
      devices = next;
      write();
    },
    clear: () => setLast(undefined),
  };
}

function project(
  { target, end, circumstances }: EndedRun,
  device: Device,
): ReturnType<typeof onDevice> {
  const { measurement, name } = target.probe;
  const run = { probe: name, end, cacheMiss: circumstances.cacheMiss };
  return measurement.project?.(run, device) ?? [];
}

function isSameDevice({ gpuUuid, migUuid }: Device, { device }: Target): boolean {
  return gpuUuid === device?.gpuUuid && migUuid === device.migUuid;
}

function isSuccess(record: RunRecord): record is EndedRun {
  return record.type === "run" && record.end.outcome === "success";
}
