import { join } from "node:path";
import type { Clock } from "../base/clock.ts";
import type { Target } from "../config/config.ts";
import { nameOwners } from "../containers/name-owners.ts";
import type { Device, Listing } from "../devices/device.ts";
import type { NotListed } from "../devices/list-devices.ts";
import type { RunRecord } from "../history/record.ts";
import type { ProbeContext } from "../probes/kind.ts";
import type { RunEnd, Runner } from "../runner/run.ts";
import { buildEnvironment } from "./environment.ts";
import type { Facts } from "./facts.ts";
import type { GateDecision } from "../gates/decide-go.ts";
import type { RunCache, Workspace } from "./workspace.ts";

export interface ExecutorOptions {
  /** The directory of the native programs. */
  readonly nativeDirectory: string;
  readonly libcuda: string | undefined;
  readonly libnvidiaMl: string | undefined;
  /** The emulator's state directory, where it stands in for the driver. */
  readonly emulatorDirectory: string | undefined;
}

export interface ExecutorModules {
  readonly runner: Runner;
  readonly facts: Facts;
  readonly workspace: Workspace;
  readonly clock: Clock;
  /** The gates, asked with fresh facts right before a run. */
  readonly decide: (target: Target, listing: Listing) => GateDecision;
  /** The config's limit, which a reload may change. */
  readonly processesPerDevice: () => number;
}

/**
 * Makes one run of a target: fresh facts, the gates, the directories, the run, the record. The caller holds the lane; `dueAtSeconds` is
 * the CLOCK_MONOTONIC second since when the run has waited. Never rejects for what a driver, a probe or a gate does.
 */
export type Executor = (
  target: Target,
  dueAtSeconds: number,
  signal?: AbortSignal,
) => Promise<RunRecord>;

/** Makes an executor over its modules. */
export function createExecutor(options: ExecutorOptions, modules: ExecutorModules): Executor {
  const { facts, workspace, clock, decide } = modules;
  return async (target, dueAtSeconds, signal) => {
    const fresh = await facts.fresh(signal);
    if (!fresh.ok) return skip(target, describeNotListed(fresh.error), clock);
    const listing = fresh.value;
    const decision = decide(target, listing);
    if (!decision.go) return skip(target, decision, clock);
    const cache = await workspace.cache(
      target.probe.measurement.cache,
      listing.driver?.driverVersion ?? "",
    );
    const end = nameOwners(await startRun({ target, cache }, { options, modules }, signal));
    await cache.release();
    if (end.reason === "lane_busy") return skip(target, describeNotListed(end.reason), clock);
    // A kind of the host looks through NVML, as the listing does: it knows nothing of CUDA, bad or good.
    if (target.device !== undefined) facts.learn(end);
    const device = listing.devices.find(({ gpuUuid }) => gpuUuid === target.device?.gpuUuid);
    return {
      type: "run",
      target,
      atSeconds: clock.wallSeconds(),
      end,
      circumstances: {
        ...describeDevice(device),
        cacheMiss: cache.miss,
        laneWaitSeconds: laneWaitSeconds(end, dueAtSeconds),
      },
    };
  };
}

function describeNotListed(reason: NotListed): {
  readonly reason: NotListed;
  readonly message: string;
} {
  return { reason, message: reason === "cancelled" ? "cut short" : "another process has the lane" };
}

function skip(
  target: Target,
  { reason, message }: Pick<Extract<RunRecord, { type: "skip" }>, "reason" | "message">,
  clock: Clock,
): RunRecord {
  return { type: "skip", target, atSeconds: clock.wallSeconds(), reason, message };
}

async function startRun(
  { target, cache }: { readonly target: Target; readonly cache: RunCache },
  { options, modules }: { readonly options: ExecutorOptions; readonly modules: ExecutorModules },
  signal: AbortSignal | undefined,
): Promise<RunEnd> {
  const { measurement, kind, timeoutSeconds } = target.probe;
  const context: ProbeContext = {
    gpuUuid: target.device?.gpuUuid,
    libcuda: options.libcuda,
    libnvidiaMl: options.libnvidiaMl,
    nativeDirectory: options.nativeDirectory,
    processesPerDevice: modules.processesPerDevice(),
    mpsServerPid: undefined,
  };
  const directories = {
    home: modules.workspace.home,
    mpsPipe: modules.workspace.emptyMps,
    cudaCache: cache.directory,
    emulator: options.emulatorDirectory,
  };
  return modules.runner(
    {
      file: join(options.nativeDirectory, "probes", kind.program),
      args: measurement.args(context),
      env: buildEnvironment(directories, measurement.env(context)),
      deadlineSeconds: timeoutSeconds,
      instances: measurement.instances,
      ...(measurement.maxOutputBytes === undefined
        ? {}
        : { maxOutputBytes: measurement.maxOutputBytes }),
    },
    signal,
  );
}

function describeDevice(device: Device | undefined): {
  readonly otherProcesses: number | undefined;
  readonly utilizationRatio: number | undefined;
} {
  return { otherProcesses: device?.processes, utilizationRatio: device?.utilizationRatio };
}

function laneWaitSeconds(end: RunEnd, dueAtSeconds: number): number {
  const spawnedAtSeconds = end.report.instances[0]?.spawnedAtSeconds ?? end.startedAtSeconds;
  return Math.max(0, spawnedAtSeconds - dueAtSeconds);
}
