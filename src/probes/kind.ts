import { z } from "zod";
import type { Reason } from "../protocol/reasons.ts";
import type { RunEnd } from "../runner/run.ts";
import type { Family, Observation } from "./family.ts";

/** What a probe's argv and environment are made from, beside its own options. */
export interface ProbeContext {
  /** The GPU to run on; undefined for kinds of scope `host`. */
  readonly gpuUuid: string | undefined;
  /** Paths of the driver's libraries, where the config or the emulator names them. */
  readonly libcuda: string | undefined;
  readonly libnvidiaMl: string | undefined;
}

/** A successful run, as a kind sees it. */
export interface ObservedRun {
  readonly probe: string;
  readonly end: RunEnd;
  /** True when a warm CUDA cache was empty before the run: such a run is kept out of histograms. */
  readonly cacheMiss: boolean;
}

/** A kind with its options filled in: what is left to say is the device and the run. */
export interface Measurement {
  /** Phases in their order, `spawn` and `exit` included. */
  readonly phases: readonly string[];
  readonly instances: number;
  /** `cold`: a run's CUDA cache is a fresh empty directory; `warm`: one kept under the storage path. */
  readonly cache: "warm" | "cold";
  readonly args: (context: ProbeContext) => readonly string[];
  /** Variables beside those that every probe gets. */
  readonly env: (context: ProbeContext) => Readonly<Record<string, string>>;
  /** Labels of `cudaprobe_probe_info` beside probe and kind. */
  readonly infoLabels: Readonly<Record<string, string>>;
  /** The series that exist at 0 before the first run. */
  readonly zeros: (probe: string) => readonly Observation[];
  /** What a successful run adds to the kind's families. */
  readonly observe: (run: ObservedRun) => readonly Observation[];
}

/**
 * A type of measurement. A new kind is one file beside this one, one native program, and one line in index.ts: the config
 * section, the metrics, the docs and the contract test follow from the definition.
 */
export interface Kind {
  readonly name: string;
  /** `device`: a target on each device; `host`: one target. */
  readonly scope: "device" | "host";
  /** One sentence, for the docs and `--help`. */
  readonly summary: string;
  /** The program under native/build/probes/. */
  readonly program: string;
  /** The kind's own config keys, each with its default and a description. */
  readonly optionsShape: z.ZodRawShape;
  readonly defaultTimeoutSeconds: number;
  /** Reasons that a run of this kind can end with, beside the gates' and the daemon's. */
  readonly reasons: readonly Reason[];
  /** Whether the utilization gate applies: to what measures bandwidth and density, not to a cold start. */
  readonly gatedByUtilization: boolean;
  readonly families: readonly Family[];
  /** Fills in options that {@link Kind.optionsShape} accepts; throws on others, which the config has refused before. */
  readonly measurement: (options: unknown) => Measurement;
}

/** Makes a kind from its schema and a function of its parsed options, and forgets the options' type. */
export function defineKind<Shape extends z.ZodRawShape>(
  definition: Omit<Kind, "optionsShape" | "measurement"> & {
    readonly optionsShape: Shape;
    readonly measurement: (options: z.output<z.ZodObject<Shape>>) => Measurement;
  },
): Kind {
  const schema = z.object(definition.optionsShape);
  return {
    ...definition,
    measurement: (options) => definition.measurement(schema.parse(options)),
  };
}
