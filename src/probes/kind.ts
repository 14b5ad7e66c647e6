import * as z from "zod";
import { fail, ok, type Result } from "../base/result.ts";
import { WITHOUT_COMPILING } from "../base/without-compiling.ts";
import type { Chart } from "../plots/chart.ts";
import type { Reason } from "../protocol/reasons.ts";
import type { RunEnd } from "../runner/run.ts";
import type { Family, Observation } from "./family.ts";
import { describeOptions, type OptionMistake, type OptionText } from "./options.ts";
import type { ListedDevice } from "./projection.ts";
import type { CurvePoint, CurveView, Figure, Table } from "./outputs.ts";
import type { ProbeContext } from "./probe-context.ts";
import type { NeededProgram } from "./program.ts";
import type { StartOrder } from "./start-order.ts";

export type { Figure, Table } from "./outputs.ts";
export type { ProbeContext } from "./probe-context.ts";

/** What is known of where a run would be made, whatever the state it is in. */
export interface Surroundings {
  /** The driver is that of the Windows Subsystem for Linux. */
  readonly isWsl: boolean;
  readonly isMigInstance: boolean;
}

/** The terms on which a run wants an MPS daemon of its own. */
export interface MpsRequest {
  /** Share of the GPU's threads that a client may use, 1 to 100; 100 is MPS' own default. */
  readonly activeThreadPercentage: number;
}

/** A successful run, as a kind sees it. */
export interface ObservedRun {
  readonly probe: string;
  readonly end: RunEnd;
  /** True when a warm CUDA cache was empty before the run: such a run is kept out of histograms. */
  readonly cacheMiss: boolean;
  /** Whether a process of somebody else was on the GPU before the run; undefined when NVML did not say. */
  readonly gpuHeldByOthers?: boolean | undefined;
}

/** The one figure that a kind is watched by: a baseline of it is kept, for each runtime and concurrency. */
export interface Headline {
  readonly runtime: string;
  readonly concurrency: string;
  /** What a successful run came to. */
  readonly seconds: (end: RunEnd) => number | undefined;
  /** The series of a pinned baseline, without the labels of a device. */
  readonly baseline: (probe: string, seconds: number) => Observation;
}

/** A kind with its options filled in: what is left to say is the device and the run. */
export interface Measurement {
  /** Phases in their order, `spawn` and `exit` included. */
  readonly phases: readonly string[];
  readonly instances: number;
  /**
   * `cold`: a run's CUDA cache is a fresh empty directory; `warm`: one kept under the storage path; `any`: one kept apart from that, for
   * figures that are the same whether or not the kernel has to be compiled.
   */
  readonly cache: "warm" | "cold" | "any";
  /** Set when a run needs an MPS daemon: one is started for it, and ended after it. */
  readonly mps?: MpsRequest;
  /** Contexts that a run has on its GPU at the same time; 1 when left out. */
  readonly contexts?: number;
  /** What each of them is known to take of the GPU, with what it allocates; where it is left out, the last footprint alone says it. */
  readonly contextBytes?: number;
  /** Set when a run uses the host's other GPUs as well, see {@link ProbeContext.peerGpuUuids}. */
  readonly usesPeerGpus?: boolean;
  /** GPU memory that a run asks for beside what its contexts take; 0 when left out. */
  readonly memoryBytes?: number;
  /** Why it cannot be measured there at all, where that is known without trying. */
  readonly unsupported?: (surroundings: Surroundings) => string | undefined;
  /** A cron expression, set when a run wakes GPUs without persistence mode: while there is one, at most so often. */
  readonly sleepingSchedule?: string;
  /** Bytes of standard output; 1 MiB when left out. */
  readonly maxOutputBytes?: number;
  /** Of a run, where it differs from its kind's. */
  readonly timeoutSeconds?: number;
  /** How long a run holds the lane, where it differs from its kind's. */
  readonly expectedSeconds?: number;
  /** A program that the host may not have: its absence skips the run. */
  readonly needs?: (places: Pick<ProbeContext, "nativeDirectory">) => NeededProgram;
  /** What is started; the kind's own program when left out. */
  readonly file?: (context: ProbeContext) => string;
  /** Set when what is started is the user's own program, so that no request may start it. */
  readonly notByRequest?: true;
  readonly args: (context: ProbeContext) => readonly string[];
  /** The starts that a run consists of, in one holding of the lane, one of them `measured`; that one alone when left out. */
  readonly starts?: readonly StartOrder[];
  /** Set when a run copies the driver's libraries: it gets a directory for them, which goes with it. */
  readonly copiesLibraries?: true;
  /** Variables beside those that every probe gets. */
  readonly env: (context: ProbeContext) => Readonly<Record<string, string>>;
  /** Labels of `cudaprobe_probe_info` beside probe and kind. */
  readonly infoLabels: Readonly<Record<string, string>>;
  /** Options that decide the figures and would be too many as labels: a result says them. */
  readonly details?: Readonly<Record<string, string>>;
  /** The series that exist at 0 before the first run. */
  readonly zeros: (probe: string) => readonly Observation[];
  /** What a successful run adds to the kind's families. */
  readonly observe: (run: ObservedRun) => readonly Observation[];
  /** What follows from the last successful run and the device as it is now: made anew whenever either changes. */
  readonly project?: (run: ObservedRun, device: ListedDevice) => readonly Observation[];
  /** Set when a lasting regression is to show against a baseline. */
  readonly headline?: Headline;
  /** What a successful run measured, in the order that people read it. */
  readonly figures: (end: RunEnd) => readonly Figure[];
  /**
   * What `cudaprobe run` prints of the successful runs beside their statistics; of a single run in place of them. Where the kind has a
   * counterpart, with the successful runs of that, or why there are none.
   */
  readonly tables?: (
    ends: readonly RunEnd[],
    counterpart?: Result<readonly RunEnd[]>,
  ) => readonly Table[];
  /** What a report draws of the successful runs, of the same as {@link Measurement.tables}; left out where it can draw the figures as they are. */
  readonly charts?: (
    ends: readonly RunEnd[],
    counterpart?: Result<readonly RunEnd[]>,
  ) => readonly Chart[];
  /** What is shown of series over the values of {@link Kind.curveOption}. */
  readonly curve?: (series: readonly CurvePoint[]) => CurveView;
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
  /** What does not go together of options that are allowed by themselves. */
  readonly findMistakes: (options: unknown) => readonly OptionMistake[];
  /** The same keys with what they mean, for help. */
  readonly optionTexts: readonly OptionText[];
  readonly defaultTimeoutSeconds: number;
  /** Roughly how long a run holds the lane, so that a schedule can be judged before it has run. */
  readonly expectedSeconds: number;
  /** How many runs `cudaprobe run` makes unless it is told; 10 when left out. */
  readonly defaultIterations?: number;
  /** An option of which `cudaprobe run` takes a list: then it makes a series of runs for each value, and shows their {@link Measurement.curve}. */
  readonly curveOption?: string;
  /** The kind that this one is read against: `cudaprobe run` makes its runs, too, with the same values of these options. */
  readonly counterpart?: { readonly kind: string; readonly options: readonly string[] };
  /** Options that `cudaprobe run` adds, unless told otherwise, on a GPU that lets in one process only. */
  readonly optionsInExclusiveMode?: Readonly<Record<string, string>>;
  /** Reasons that a run of this kind can end with, beside the gates' and the daemon's. */
  readonly reasons: readonly Reason[];
  /** Whether the utilization gate applies: to what measures bandwidth and density, not to a cold start. */
  readonly gatedByUtilization: boolean;
  readonly families: readonly Family[];
  /** Fills in options that {@link Kind.optionsShape} accepts; throws on others, which the config has refused before. */
  readonly measurement: (options: unknown) => Measurement;
  /** The same for options that nobody has looked at yet, such as a command's; the error says what is allowed. */
  readonly parse: (options: unknown) => Result<Measurement>;
}

type DerivedKey = "optionsShape" | "optionTexts" | "findMistakes" | "measurement" | "parse";

/** Makes a kind from its schema and a function of its parsed options, and forgets the options' type. */
export function defineKind<Shape extends z.ZodRawShape>(
  definition: Omit<Kind, DerivedKey> & {
    readonly optionsShape: Shape;
    readonly findMistakes?: (options: z.output<z.ZodObject<Shape>>) => readonly OptionMistake[];
    readonly measurement: (options: z.output<z.ZodObject<Shape>>) => Measurement;
  },
): Kind {
  const schema = z.object(definition.optionsShape);
  const strictSchema = z.strictObject(definition.optionsShape);
  const findMistakes: Kind["findMistakes"] = (options) =>
    definition.findMistakes?.(schema.parse(options, WITHOUT_COMPILING)) ?? [];
  return {
    ...definition,
    findMistakes,
    optionTexts: describeOptions(definition.optionsShape),
    measurement: (options) => definition.measurement(schema.parse(options, WITHOUT_COMPILING)),
    parse: (options) => {
      const parsed = strictSchema.safeParse(options, WITHOUT_COMPILING);
      if (!parsed.success) return fail(z.prettifyError(parsed.error));
      const [mistake] = findMistakes(options);
      if (mistake !== undefined) return fail(`${mistake.key}: ${mistake.message}`);
      return ok(definition.measurement(schema.parse(options, WITHOUT_COMPILING)));
    },
  };
}
