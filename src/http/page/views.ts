import type { Device } from "../../devices/device.ts";
import type { Part } from "../../plots/chart.ts";
import type { AddedBytes } from "../../probes/footprint-report.ts";
import type { Transfer } from "../../probes/ipc-report.ts";
import type { DeviceMemory } from "../../probes/process-memory-report.ts";
import type { RecentMedians, TimedDuration } from "../../statistics/recent-medians.ts";

/** A device and all that its probes found, as plain data. */
export interface DeviceView {
  /** As the latest listing has it. */
  readonly device: Device;
  /** The kinds that are configured for it, those of the whole host among them. */
  readonly kinds: ReadonlySet<string>;
  readonly coldStarts: readonly ColdStartView[];
  /** Undefined until a run told of it. */
  readonly memory: MemoryView | undefined;
  readonly footprints: readonly FootprintView[];
  readonly transfers: readonly TransferView[];
}

/** What is shown of a run: when it ended, and whether there was another since that was no success. */
export interface Shown {
  readonly atSeconds: number;
  readonly isOutdated: boolean;
}

/** A probe's cold starts on one device. */
export interface ColdStartView {
  readonly probe: string;
  readonly runtime: string;
  readonly concurrency: string;
  readonly last: LastColdStart | undefined;
  /** The good starts of the last day, the earliest first. */
  readonly points: readonly TimedDuration[];
  readonly medians: RecentMedians;
  /** Undefined where none is pinned. */
  readonly baselineSeconds: number | undefined;
}

/** The last start that succeeded. */
export interface LastColdStart extends Shown {
  readonly seconds: number;
  /** What it is made of, in seconds. */
  readonly phases: readonly Part[];
}

/** Who held the device's memory in the last run that told. */
export interface MemoryView extends Shown {
  readonly memory: DeviceMemory;
}

/** What a function takes of the device. */
export interface FootprintView extends Shown {
  readonly probe: string;
  readonly runtime: string;
  readonly mps: boolean;
  readonly processBytes: number;
  readonly serverBytes: number | undefined;
  readonly phases: readonly AddedBytes[];
  /** Part of the process's memory that it did not ask for, 0 to 1. */
  readonly runtimeRatio: number | undefined;
  /** How many more fit into what is free now. */
  readonly projectedInstances: number | undefined;
}

/** What passing data on takes, of one probe. */
export interface TransferView extends Shown {
  readonly probe: string;
  readonly kind: string;
  readonly mechanism: string;
  readonly memory: string;
  readonly transfers: readonly Transfer[];
}
