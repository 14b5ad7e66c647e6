import { join, resolve } from "node:path";
import type { Logger } from "../base/logger.ts";
import type { Lifecycle } from "../base/lifecycle.ts";
import type { Result } from "../base/result.ts";
import type { Config } from "../config/config.ts";
import { chooseBackend, type Backend, type DriverChoice } from "../devices/backend.ts";
import { prepareEmulator } from "../devices/emulator.ts";
import { isWsl } from "../devices/find-gpu.ts";
import { readHostState, type HostState } from "../devices/host-state.ts";
import { createDeviceLister } from "../devices/list-devices.ts";
import { buildEnvironment } from "../execution/environment.ts";
import { createFacts, type Facts } from "../execution/facts.ts";
import type { LaneHolder } from "../execution/hold-lane.ts";
import type { MpsModules } from "../execution/mps-run.ts";
import type { ProgramOptions } from "../execution/run-request.ts";
import { openWorkspace, type Workspace } from "../execution/workspace.ts";
import type { MpsFault } from "../mps/fault.ts";
import { findControl } from "../mps/find-control.ts";
import type { Runner } from "../runner/run.ts";
import { openStorage, type Storage } from "../storage/storage.ts";
import type { CommandIo } from "./io.ts";
import { findMpsPath, openRunners } from "./open-runners.ts";
import { findFrameworksDirectory, findNativeDirectory } from "./paths.ts";

/** What is needed to look at a host and to run probes on it. */
export interface Host {
  readonly backend: Backend;
  /** The driver is that of the Windows Subsystem for Linux; the emulator is not. */
  readonly isWsl: boolean;
  readonly storage: Storage;
  readonly workspace: Workspace;
  readonly runner: Runner;
  readonly mps: MpsModules;
  readonly holdLane: LaneHolder;
  /** MPS' control program, which runs under MPS need. */
  readonly findMpsControl: () => Promise<Result<string, MpsFault>>;
  readonly facts: Facts;
  /** Its memory and its load at the moment. */
  readonly readHostState: () => Promise<HostState>;
  readonly executorOptions: ProgramOptions;
}

/** How to open a host. */
export interface HostOptions {
  readonly driver: DriverChoice;
  readonly storageDirectory: string;
  readonly config: Config;
  /** Whether the next run is to find its launcher started; for who makes run after run. */
  readonly startsAhead?: true;
}

/** Opens the storage, chooses the backend, and puts the modules together that both the daemon and one-off commands use. */
export async function openHost(
  options: HostOptions,
  {
    io,
    logger,
    lifecycle,
  }: { readonly io: CommandIo; readonly logger: Logger; readonly lifecycle: Lifecycle },
): Promise<Host> {
  const storage = await openStorage({ directory: options.storageDirectory, logger });
  const workspace = await openWorkspace(storage.directory);
  lifecycle.add("workspace", workspace.close);
  const backend = await chooseBackend(options.driver, "/");
  const onWsl = backend === "nvidia" && (await isWsl("/"));
  const executorOptions = await locatePrograms(options.config, { backend, workspace, io });
  const places = { workspace, executorOptions };
  const { lookRunner, ...runners } = openRunners(options, places, { io, lifecycle });
  const { timeoutSeconds } = options.config.driver;
  const lister = makeLister(
    { ...executorOptions, timeoutSeconds },
    { runner: lookRunner, workspace, io },
  );
  const facts = createFacts({ lister, clock: io.clock });
  const findMpsControl = async (): ReturnType<Host["findMpsControl"]> =>
    findControl(findMpsPath(executorOptions));
  const modules = { storage, workspace, ...runners, findMpsControl, facts };
  return {
    backend,
    isWsl: onWsl,
    ...modules,
    readHostState: async () => readHostState("/"),
    executorOptions,
  };
}

async function locatePrograms(
  config: Config,
  {
    backend,
    workspace,
    io,
  }: { readonly backend: Backend; readonly workspace: Workspace; readonly io: CommandIo },
): Promise<ProgramOptions> {
  const nativeDirectory = findNativeDirectory(io);
  const places = { nativeDirectory, frameworksDirectory: findFrameworksDirectory(io) };
  if (backend === "nvidia") return { ...places, ...config.driver, emulatorDirectory: undefined };
  const directory = resolve(io.env["CUDAPROBE_EMULATOR"] ?? join(workspace.directory, "emulator"));
  const emulator = await prepareEmulator(nativeDirectory, directory);
  return { ...places, ...emulator, emulatorDirectory: emulator.directory };
}

function makeLister(
  options: ProgramOptions & { readonly timeoutSeconds: number },
  {
    runner,
    workspace,
    io,
  }: { readonly runner: Runner; readonly workspace: Workspace; readonly io: CommandIo },
): ReturnType<typeof createDeviceLister> {
  const directories = {
    home: workspace.home,
    mpsPipe: workspace.emptyMps,
    cudaCache: workspace.home,
    emulator: options.emulatorDirectory,
  };
  return createDeviceLister(
    {
      ...options,
      program: join(options.nativeDirectory, "probes/devices"),
      env: buildEnvironment(directories, {}),
    },
    { runner, clock: io.clock },
  );
}
