import type { Kind, Measurement } from "../probes/kind.ts";
import type { GpuSelection } from "./gpus.ts";
import type { Pythons } from "./pythons.ts";
import type { QuietHours } from "./quiet-hours.ts";

/** One probe of the config: a kind with a name, options and a schedule. */
export interface ProbeConfig {
  readonly name: string;
  readonly kind: Kind;
  readonly measurement: Measurement;
  /** A cron expression of five or six fields, the optional first one being seconds. */
  readonly schedule: string;
  readonly jitterSeconds: number | undefined;
  readonly timeoutSeconds: number;
  /** `all`, or NVML indices and UUIDs. */
  readonly gpus: GpuSelection;
  /** All that was said of it, as text: two probes with the same settings are the same probe. */
  readonly settings: string;
}

/** The whole configuration, checked, in base units, defaults filled in. */
export interface Config {
  /** Where it was read from, for logs. */
  readonly file: string;
  /** The text it was parsed from: a reload of the same text is a no-op. */
  readonly text: string;
  readonly probes: readonly ProbeConfig[];
  readonly gates: {
    readonly minFreeMemoryBytes: number;
    /** 0 to 1. */
    readonly maxGpuUtilization: number;
    readonly minFreeHostMemoryBytes: number;
    /** Load average of a minute for each CPU. */
    readonly maxHostLoad: number;
    readonly quietHours: readonly QuietHours[];
    /** An absolute path: nothing is started while something is there. */
    readonly pauseFile: string | undefined;
  };
  readonly limits: {
    readonly processesPerDevice: number;
    /** Runs kept a target, and failures kept apart. */
    readonly history: number;
    /** How long a run may wait for the host's lane once it is its turn. */
    readonly laneWaitSeconds: number;
    /** Share of the time with a context open on a GPU, above 0 up to 1. */
    readonly dutyCycle: number;
    readonly transferredBytesPerHour: number;
  };
  readonly frameworks: {
    /** With the one that there always is, `default`. */
    readonly python: Pythons;
  };
  readonly driver: {
    readonly libcuda: string | undefined;
    readonly libnvidiaMl: string | undefined;
    /** How often to look again while no driver answers, and for changed devices while one does. */
    readonly refreshSeconds: number;
    /** How long a listing of the devices may take. */
    readonly timeoutSeconds: number;
  };
}

/** What is wrong with a config, in a form that names where: `file:line:column: key: what, and what is allowed`. */
export interface ConfigProblem {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly key: string;
  readonly message: string;
}

/** A probe on one device (or on the host): what is scheduled and run. */
export interface Target {
  /** Stable over restarts: `probe` alone, or `probe@uuid`. */
  readonly id: string;
  readonly probe: ProbeConfig;
  readonly device:
    | {
        readonly gpu: number;
        readonly gpuUuid: string;
        readonly migUuid: string;
        /** What NVML calls it. */
        readonly name: string;
      }
    | undefined;
}
