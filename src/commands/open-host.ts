import { join } from "node:path";
import type { Logger } from "../base/logger.ts";
import type { Lifecycle } from "../base/lifecycle.ts";
import type { Config } from "../config/config.ts";
import { chooseBackend, type Backend, type DriverChoice } from "../devices/backend.ts";
import { prepareEmulator } from "../devices/emulator.ts";
import { createDeviceLister } from "../devices/list-devices.ts";
import { buildEnvironment } from "../execution/environment.ts";
import type { ExecutorOptions } from "../execution/executor.ts";
import { createFacts, type Facts } from "../execution/facts.ts";
import { openWorkspace, type Workspace } from "../execution/workspace.ts";
import { createRunner } from "../runner/runner.ts";
import type { Runner } from "../runner/run.ts";
import { openStorage, type Storage } from "../storage/storage.ts";
import type { CommandIo } from "./io.ts";
import { findNativeDirectory } from "./paths.ts";

/** What is needed to look at a host and to run probes on it. */
export interface Host {
  readonly backend: Backend;
  readonly storage: Storage;
  readonly workspace: Workspace;
  readonly runner: Runner;
  readonly facts: Facts;
  readonly executorOptions: ExecutorOptions;
}

/** How to open a host. */
export interface HostOptions {
  readonly driver: DriverChoice;
  readonly storageDirectory: string;
  readonly config: Config;
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
  const executorOptions = await locatePrograms(options.config, { backend, workspace, io });
  const runner = createRunner(
    {
      launcher: join(executorOptions.nativeDirectory, "launcher"),
      laneLock: { file: workspace.laneFile, timeoutSeconds: options.config.limits.laneWaitSeconds },
    },
    { clock: io.clock },
  );
  const { timeoutSeconds } = options.config.driver;
  const lister = makeLister({ ...executorOptions, timeoutSeconds }, { runner, workspace, io });
  const facts = createFacts({ lister, clock: io.clock });
  return { backend, storage, workspace, runner, facts, executorOptions };
}

async function locatePrograms(
  config: Config,
  {
    backend,
    workspace,
    io,
  }: { readonly backend: Backend; readonly workspace: Workspace; readonly io: CommandIo },
): Promise<ExecutorOptions> {
  const nativeDirectory = findNativeDirectory(io);
  if (backend === "nvidia")
    return { nativeDirectory, ...config.driver, emulatorDirectory: undefined };
  const directory = io.env["CUDAPROBE_EMULATOR"] ?? join(workspace.directory, "emulator");
  const emulator = await prepareEmulator(nativeDirectory, directory);
  return { nativeDirectory, ...emulator, emulatorDirectory: emulator.directory };
}

function makeLister(
  options: ExecutorOptions & { readonly timeoutSeconds: number },
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
