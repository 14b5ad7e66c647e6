import type { Target } from "../config/config.ts";
import type { ProbeContext } from "../probes/kind.ts";
import { makeWorker, programFile, type Worker } from "../probes/worker.ts";
import type { RunRequest } from "../runner/run.ts";
import { buildEnvironment } from "./environment.ts";
import type { PlannedStart } from "./several-starts.ts";
import type { Workspace } from "./workspace.ts";

/** Where the programs and the driver are. */
export interface ProgramOptions {
  /** The directory of the native programs. */
  readonly nativeDirectory: string;
  /** The directory of the scripts that start frameworks. */
  readonly frameworksDirectory: string;
  readonly libcuda: string | undefined;
  readonly libnvidiaMl: string | undefined;
  /** The emulator's state directory, where it stands in for the driver. */
  readonly emulatorDirectory: string | undefined;
}

/** What one run has of its own. */
export interface RunParts {
  readonly target: Target;
  readonly workspace: Workspace;
  readonly cudaCache: string;
  /** For copies of the driver's libraries, where the measurement makes some. */
  readonly libraryCopies: string | undefined;
  readonly processesPerDevice: number;
  readonly peerGpuUuids: readonly string[];
  /** See {@link ProbeContext.neededProgram}. */
  readonly neededProgram: string;
}

/** The MPS daemon of a run. */
export interface MpsPlace {
  readonly pipeDirectory: string;
  /** Undefined before the first client. */
  readonly serverPid: number | undefined;
}

/** The request for a run of a target. */
export function makeRunRequest(
  parts: RunParts,
  options: ProgramOptions,
  mps?: MpsPlace,
): RunRequest {
  const { measurement, timeoutSeconds } = parts.target.probe;
  const { args, env, instances, maxOutputBytes } = measurement;
  return {
    ...makeCommand({ file: fileOf(parts.target), args, env }, { parts, options, mps }),
    deadlineSeconds: timeoutSeconds,
    instances,
    ...(maxOutputBytes === undefined ? {} : { maxOutputBytes }),
  };
}

/** The requests for the starts of a run that consists of several, or undefined. */
export function makeStarts(
  parts: RunParts,
  options: ProgramOptions,
): readonly PlannedStart[] | undefined {
  const { measurement, timeoutSeconds } = parts.target.probe;
  const { env } = measurement;
  return measurement.starts?.map(({ role, instances, barrier, program, args }) => ({
    role,
    request: {
      ...makeCommand(
        { file: fileOf(parts.target, program), args, env },
        { parts, options, mps: undefined },
      ),
      deadlineSeconds: timeoutSeconds,
      instances,
      ...(barrier && { barrier }),
    },
  }));
}

/** What is started: a native program where one is named, else what the measurement has in its place, else the kind's own. */
function fileOf({ probe: { kind, measurement } }: Target, program?: string): Worker["file"] {
  if (program === undefined && measurement.file !== undefined) return measurement.file;
  return ({ nativeDirectory }) => programFile(program ?? kind.program, nativeDirectory);
}

/** The request for the client that makes an MPS daemon start its server. */
export function makeFirstClientRequest(
  parts: RunParts,
  options: ProgramOptions,
  mps: MpsPlace,
): RunRequest {
  const command = makeCommand(makeWorker({ mps: true }), { parts, options, mps });
  return { ...command, deadlineSeconds: parts.target.probe.timeoutSeconds };
}

interface Surroundings {
  readonly parts: RunParts;
  readonly options: ProgramOptions;
  readonly mps: MpsPlace | undefined;
}

function makeCommand(
  { file, args, env }: Worker,
  { parts, options, mps }: Surroundings,
): Pick<RunRequest, "file" | "args" | "env"> {
  const { target, workspace, cudaCache } = parts;
  const context: ProbeContext = {
    gpuUuid: target.device?.gpuUuid,
    peerGpuUuids: parts.peerGpuUuids,
    libcuda: options.libcuda,
    libnvidiaMl: options.libnvidiaMl,
    nativeDirectory: options.nativeDirectory,
    frameworksDirectory: options.frameworksDirectory,
    neededProgram: parts.neededProgram,
    libraryCopies: parts.libraryCopies,
    processesPerDevice: parts.processesPerDevice,
    mpsServerPid: mps?.serverPid,
  };
  const directories = {
    home: workspace.home,
    mpsPipe: mps?.pipeDirectory ?? workspace.emptyMps,
    cudaCache,
    emulator: options.emulatorDirectory,
  };
  return {
    file: file(context),
    args: args(context),
    env: buildEnvironment(directories, env(context)),
  };
}
