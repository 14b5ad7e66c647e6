import { coldStart } from "./cold-start.ts";
import type { Measurement, ProbeContext } from "./kind.ts";

/** The cold start that an observer makes, or that an MPS daemon's first client is. */
export interface WorkerOptions {
  /** What a cold start takes as its options; what is left out has its default. */
  readonly coldStart?: Readonly<Record<string, unknown>>;
  readonly mps: boolean;
}

/** The sample that tells how long a daemon's first client took, which waits for the server to come up. */
export const FIRST_CLIENT_SAMPLE = "first_client_seconds";

/** A program, and what it is started with. */
export interface Worker extends Pick<Measurement, "args" | "env" | "needs"> {
  readonly file: (context: ProbeContext) => string;
}

/** The program of a kind, where it is built. */
export function programFile(name: string, nativeDirectory: string): string {
  return `${nativeDirectory}/probes/${name}`;
}

/** A process that does what a function does when it starts, on the same code path as the cold starts that are timed. */
export function makeWorker({ coldStart: options = {}, mps }: WorkerOptions): Worker {
  const { args, env, file, needs } = coldStart.measurement(options);
  return {
    file: (context) => file?.(context) ?? programFile(coldStart.program, context.nativeDirectory),
    ...(needs && { needs }),
    args: (context) => [...args(context), `--mps=${String(mps)}`],
    env,
  };
}

/** The options of a kind that has a cold start of its own, as those of the cold start. */
export function coldStartOptions({
  runtime,
  python,
  bytes,
  module_loading: moduleLoading,
}: {
  readonly runtime: string;
  readonly python: string;
  readonly bytes: number;
  readonly module_loading?: string;
}): Readonly<Record<string, unknown>> {
  return { runtime, python, bytes: `${String(bytes)}B`, module_loading: moduleLoading };
}

/** What an observer takes as its own arguments: where to look, and what its worker will have asked for, where that is known. */
export function observerArguments(
  requestedBytes: number | undefined,
  context: ProbeContext,
): readonly string[] {
  const { gpuUuid = "", libnvidiaMl, mpsServerPid } = context;
  return [
    `--device=${gpuUuid}`,
    ...(requestedBytes === undefined ? [] : [`--requested_bytes=${String(requestedBytes)}`]),
    ...(mpsServerPid === undefined ? [] : [`--mps_server=${String(mpsServerPid)}`]),
    ...(libnvidiaMl === undefined ? [] : [`--libnvidia_ml=${libnvidiaMl}`]),
  ];
}

/** The worker's command line, as an observer takes it after its own arguments. */
export function workerCommand(worker: Worker, context: ProbeContext): readonly string[] {
  return ["--", worker.file(context), ...worker.args(context)];
}
