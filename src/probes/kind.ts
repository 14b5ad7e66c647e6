import { z } from "zod";
import { fail, ok, type Result } from "../base/result.ts";
import type { Reason } from "../protocol/reasons.ts";
import type { RunEnd } from "../runner/run.ts";
import type { Family, Observation } from "./family.ts";
import type { ListedDevice } from "./projection.ts";
import { FLAG_FORMAT } from "./quantities.ts";

/** What a probe's argv and environment are made from, beside its own options. */
export interface ProbeContext {
  /** The GPU to run on; undefined for kinds of scope `host`. */
  readonly gpuUuid: string | undefined;
  /** The host's other GPUs that a run may use as well: whole ones against which no gate speaks. */
  readonly peerGpuUuids: readonly string[];
  /** Paths of the driver's libraries, where the config or the emulator names them. */
  readonly libcuda: string | undefined;
  readonly libnvidiaMl: string | undefined;
  /** The directory of the native programs, for probes that start others. */
  readonly nativeDirectory: string;
  /** Of how many processes a GPU a listing tells apart. */
  readonly processesPerDevice: number;
  /** The server of the run's own MPS daemon; undefined without one. */
  readonly mpsServerPid: number | undefined;
}

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
}

/** One value of a run, for tables and files. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: "seconds" | "bytes" | "ratio" | "count";
  /** What is to be said of it in words, such as what it is limited by. */
  readonly labels?: Readonly<Record<string, string>>;
}

/** Rows for people, below a header. */
export interface Table {
  readonly title?: string;
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** So many columns from the left hold words, and are flush left; 1 when left out. */
  readonly wordColumns?: number;
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
  /** GPU memory that a run asks for beside what its contexts take; 0 when left out. */
  readonly memoryBytes?: number;
  /** Why it cannot be measured there at all, where that is known without trying. */
  readonly unsupported?: (surroundings: Surroundings) => string | undefined;
  /** A cron expression, set when a run wakes GPUs without persistence mode: while there is one, at most so often. */
  readonly sleepingSchedule?: string;
  /** Bytes of standard output; 1 MiB when left out. */
  readonly maxOutputBytes?: number;
  readonly args: (context: ProbeContext) => readonly string[];
  /** Variables beside those that every probe gets. */
  readonly env: (context: ProbeContext) => Readonly<Record<string, string>>;
  /** Labels of `cudaprobe_probe_info` beside probe and kind. */
  readonly infoLabels: Readonly<Record<string, string>>;
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
}

/** An option as a command line has it. */
export interface OptionText {
  readonly key: string;
  readonly description: string;
  /** It is true or false, and true where no value is given. */
  readonly isFlag: boolean;
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
  /** The same keys with what they mean, for help. */
  readonly optionTexts: readonly OptionText[];
  readonly defaultTimeoutSeconds: number;
  /** Roughly how long a run holds the lane, so that a schedule can be judged before it has run. */
  readonly expectedSeconds: number;
  /** How many runs `cudaprobe run` makes unless it is told; 10 when left out. */
  readonly defaultIterations?: number;
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

/** Makes a kind from its schema and a function of its parsed options, and forgets the options' type. */
export function defineKind<Shape extends z.ZodRawShape>(
  definition: Omit<Kind, "optionsShape" | "optionTexts" | "measurement" | "parse"> & {
    readonly optionsShape: Shape;
    readonly measurement: (options: z.output<z.ZodObject<Shape>>) => Measurement;
  },
): Kind {
  const schema = z.object(definition.optionsShape);
  const strictSchema = z.strictObject(definition.optionsShape);
  return {
    ...definition,
    optionTexts: Object.entries(definition.optionsShape).map(([key, option]) => ({
      key,
      description: z.globalRegistry.get(option)?.description ?? "",
      isFlag: isFlag(option),
    })),
    measurement: (options) => definition.measurement(schema.parse(options)),
    parse: (options) => {
      const parsed = strictSchema.safeParse(options);
      return parsed.success
        ? ok(definition.measurement(schema.parse(options)))
        : fail(z.prettifyError(parsed.error));
    },
  };
}

function isFlag(option: z.core.$ZodType): boolean {
  return z.toJSONSchema(option, { io: "input", unrepresentable: "any" }).format === FLAG_FORMAT;
}
