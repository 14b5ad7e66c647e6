import type { Measurement } from "./kind.ts";
import { optionalNative, ownCommand, pythonScript, type OtherProgram } from "./program.ts";

/** What a runtime's start looks like. */
export interface Runtime {
  /** In their order, `spawn` and `exit` included. */
  readonly phases: readonly string[];
  /** The phase whose end is the first result. */
  readonly firstResult: string;
  /** What it starts; the kind's own program when left out. */
  readonly program?: OtherProgram;
  /** Variables that its processes get. */
  readonly env: Readonly<Record<string, string>>;
  /** Of what a warm cache is: `any` where an empty one after a run does not mean that the next will compile. */
  readonly cache: "warm" | "any";
  /** What a start is known to take of a GPU, rounded up; 0 when nothing is known. */
  readonly contextBytes: number;
  /** The most that a start may take, and roughly what it takes, where these are not those of the kind. */
  readonly seconds: Pick<Measurement, "timeoutSeconds" | "expectedSeconds">;
}

/** The runtimes that there are, by the option `runtime`. */
export const RUNTIME_NAMES = ["driver", "cudart", "torch", "jax", "tensorflow", "command"] as const;

export type RuntimeName = (typeof RUNTIME_NAMES)[number];

/** Those whose memory can be looked at between their phases. */
export const PAUSING_RUNTIME_NAMES = ["driver", "torch", "jax"] as const;

/** What a runtime has to be told. */
export interface RuntimeOptions {
  readonly runtime: RuntimeName;
  /** The interpreter: an absolute path, or a name to be found where probes look for programs. */
  readonly python: string;
  /** Of `command`. */
  readonly argv: readonly string[];
  readonly phases: readonly string[];
}

const MIB = 2 ** 20;

const DRIVER: Runtime = {
  phases: [
    "spawn",
    "load_driver",
    "init",
    "context",
    "allocate",
    "load_module",
    "first_kernel",
    "release",
    "exit",
  ],
  firstResult: "first_kernel",
  env: {},
  cache: "warm",
  // 518 MiB on an H100, 612 on a B200.
  contextBytes: 640 * MIB,
  seconds: {},
};

/** Its kernel is compiled for the GPU already, so its cache stays empty. */
const CUDART: Runtime = {
  ...DRIVER,
  // It loads the driver in its first call.
  phases: DRIVER.phases.filter((phase) => phase !== "load_driver"),
  program: optionalNative(
    "cold_start_cudart",
    "it is built where nvcc is found: put it on PATH and run make -C native",
  ),
  cache: "any",
};

const FRAMEWORK_PHASES = [
  "spawn",
  "import",
  "init",
  "context",
  "build_model",
  "load_model",
  "first_inference",
  "second_inference",
  "exit",
];

const FRAMEWORK = {
  phases: FRAMEWORK_PHASES,
  firstResult: "first_inference",
  cache: "any",
  // As JAX takes it, 1.8 GiB on an H100.
  contextBytes: 2048 * MIB,
  // An H100's host takes 2.7 s for PyTorch and 4.7 s for JAX, when what they import is in the page cache.
  seconds: { timeoutSeconds: 120, expectedSeconds: 5 },
} as const;

type Describe = (options: RuntimeOptions) => Runtime;

/** The environment keeps a framework from taking the whole GPU ahead of its need. */
const RUNTIMES: Readonly<Record<RuntimeName, Describe>> = {
  driver: () => DRIVER,
  cudart: () => CUDART,
  torch: ({ python }) => ({
    ...FRAMEWORK,
    program: pythonScript("torch_probe.py", python),
    env: {},
    // 862 MiB on an H100.
    contextBytes: 1024 * MIB,
  }),
  jax: ({ python }) => ({
    ...FRAMEWORK,
    phases: FRAMEWORK_PHASES.toSpliced(FRAMEWORK_PHASES.indexOf("first_inference"), 0, "compile"),
    program: pythonScript("jax_probe.py", python),
    env: { XLA_PYTHON_CLIENT_PREALLOCATE: "false" },
  }),
  tensorflow: ({ python }) => ({
    ...FRAMEWORK,
    program: pythonScript("tensorflow_probe.py", python),
    // Its notes on every start would push what went wrong out of the end of standard error that is kept.
    env: { TF_FORCE_GPU_ALLOW_GROWTH: "true", TF_CPP_MIN_LOG_LEVEL: "2" },
  }),
  command: ({ argv, phases }) => ({
    ...FRAMEWORK,
    phases: ["spawn", ...phases, "exit"],
    firstResult: phases.at(-1) ?? "",
    program: ownCommand(argv),
    env: {},
    contextBytes: 0,
  }),
};

/** What starts, and how. */
export function describeRuntime(options: RuntimeOptions): Runtime {
  return RUNTIMES[options.runtime](options);
}

/** The phases between its start and its first result, after each of which it can be paused. */
export function pausablePhases({ phases, firstResult }: Runtime): readonly string[] {
  return phases.slice(1, phases.indexOf(firstResult) + 1);
}

/** Those of them after which it holds something on the GPU that it did not hold before. */
export function holdingPhases(runtime: Runtime): readonly string[] {
  const phases = pausablePhases(runtime);
  return phases.slice(phases.indexOf("context")).filter((phase) => phase !== "compile");
}
