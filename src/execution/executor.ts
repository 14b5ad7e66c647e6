import type { Clock } from "../base/clock.ts";
import type { Target } from "../config/config.ts";
import { nameOwners } from "../containers/name-owners.ts";
import type { Listing } from "../devices/device.ts";
import type { Circumstances, EndedRun, RunRecord } from "../history/record.ts";
import type { RunEnd, Runner } from "../runner/run.ts";
import { expectResult } from "./expect-result.ts";
import { findProgram } from "./find-program.ts";
import { runUnderMps, type MpsModules, type MpsPlan, type MpsRun } from "./mps-run.ts";
import type { LaneHolder } from "./hold-lane.ts";
import { passGates, type GateModules, type SkipCause } from "./pass-gates.ts";
import { findPeers } from "./peers.ts";
import {
  makeFirstClientRequest,
  makeRunRequest,
  makeStarts,
  type ProgramOptions,
  type RunParts,
} from "./run-request.ts";
import { runSeveralStarts } from "./several-starts.ts";
import type { RunCache, Workspace } from "./workspace.ts";

export interface ExecutorModules extends GateModules {
  readonly runner: Runner;
  readonly mps: MpsModules;
  /** Holds the host's lane over the starts of a run that consists of several. */
  readonly holdLane: LaneHolder;
  readonly workspace: Workspace;
  readonly clock: Clock;
  /** Hears of a run that is about to start, and of the other GPUs that it will use; the run waits for it. */
  readonly beforeStart?: (target: Target, peerGpuUuids: readonly string[]) => Promise<void>;
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
export function createExecutor(options: ProgramOptions, modules: ExecutorModules): Executor {
  const { facts, workspace, clock, decide, processesPerDevice } = modules;
  return async (target, dueAtSeconds, signal) => {
    const passed = await passGates(target, modules, signal);
    if (!passed.ok) return skip(target, passed.error, clock);
    const listing = passed.value;
    const program = await findProgram(target, options);
    if (!program.ok) return skip(target, program.error, clock);
    const cache = await workspace.cache(
      target.probe.measurement.cache,
      listing.driver?.driverVersion ?? "",
    );
    const parts: RunParts = {
      target,
      workspace,
      cudaCache: cache.directory,
      libraryCopies: undefined,
      processesPerDevice: processesPerDevice(),
      peerGpuUuids: findPeers(target, listing, decide),
      neededProgram: program.value,
    };
    await modules.beforeStart?.(target, parts.peerGpuUuids);
    const run = await inCache(cache, async () =>
      startWithCopies(parts, { options, modules }, signal),
    );
    const notRun = describeNotRun(run.end);
    if (notRun !== undefined) return skip(target, notRun, clock);
    if (startsCuda(target)) facts.learn(run.end);
    const circumstances = {
      ...describePlace(listing, parts),
      cacheMiss: cache.miss,
      laneWaitSeconds: laneWaitSeconds(firstStart(run), dueAtSeconds),
    };
    return { ...describeRun(target, run), atSeconds: clock.wallSeconds(), circumstances };
  };
}

function describeRun(target: Target, run: MpsRun): Omit<EndedRun, "atSeconds" | "circumstances"> {
  const end = expectResult(nameOwners(run.end), target.probe.measurement);
  return { type: "run", target, ...run, end };
}

/** What kept a run from starting anything, and says nothing about the GPU. */
function describeNotRun({ reason, message = "" }: RunEnd): SkipCause | undefined {
  const isCause = reason === "lane_busy" || reason === "mps_control_missing";
  return isCause ? { reason, message } : undefined;
}

/**
 * Other kinds look through NVML, as the listing does: they know nothing of CUDA, bad or good. What fails under MPS may be the fault of a
 * server alone, and what fails in a framework or a user's own program the fault of that.
 */
function startsCuda({ probe }: Target): boolean {
  const { mps, file, phases } = probe.measurement;
  const isOurs = mps === undefined && file === undefined;
  return isOurs && phases.includes("load_driver") && phases.includes("context");
}

function skip(target: Target, { reason, message }: SkipCause, clock: Clock): RunRecord {
  return { type: "skip", target, atSeconds: clock.wallSeconds(), reason, message };
}

/** What was made for this run alone goes with it, whatever becomes of it. */
async function inCache(cache: RunCache, work: () => Promise<MpsRun>): Promise<MpsRun> {
  try {
    return await work();
  } finally {
    await cache.release();
  }
}

async function startWithCopies(
  ...[parts, ...others]: Parameters<typeof startRun>
): Promise<MpsRun> {
  const { workspace, target } = parts;
  if (target.probe.measurement.copiesLibraries !== true) return startRun(parts, ...others);
  return workspace.withLibraryCopies(async (libraryCopies) =>
    startRun({ ...parts, libraryCopies }, ...others),
  );
}

async function startRun(
  parts: RunParts,
  { options, modules }: { readonly options: ProgramOptions; readonly modules: ExecutorModules },
  signal: AbortSignal | undefined,
): Promise<MpsRun> {
  const request = makeRunRequest(parts, options);
  const { mps } = parts.target.probe.measurement;
  const starts = makeStarts(parts, options);
  if (starts !== undefined) {
    const { holdLane, clock } = modules;
    const { runner } = modules.mps;
    return { end: await runSeveralStarts(starts, { holdLane, runner, clock }, signal) };
  }
  if (mps === undefined) return { end: await modules.runner(request, signal) };
  const plan: MpsPlan = {
    order: { ...mps, env: request.env },
    firstClient: (place) => makeFirstClientRequest(parts, options, place),
    run: (place) => makeRunRequest(parts, options, place),
  };
  return runUnderMps(plan, { ...modules.mps, clock: modules.clock }, signal);
}

/** The GPUs that the run was on, as its own one was before it. */
function describePlace(
  { devices }: Listing,
  { target, peerGpuUuids }: RunParts,
): Omit<Circumstances, "cacheMiss" | "laneWaitSeconds"> {
  const device = devices.find(({ gpuUuid }) => gpuUuid === target.device?.gpuUuid);
  return {
    otherProcesses: device?.processes,
    utilizationRatio: device?.utilizationRatio,
    ...(target.probe.measurement.usesPeerGpus === true && { peerGpuUuids }),
  };
}

function firstStart({ end, firstClient }: MpsRun): RunEnd {
  return firstClient ?? end.companions?.[0]?.end ?? end;
}

function laneWaitSeconds(end: RunEnd, dueAtSeconds: number): number {
  const spawnedAtSeconds = end.report.instances[0]?.spawnedAtSeconds ?? end.startedAtSeconds;
  return Math.max(0, spawnedAtSeconds - dueAtSeconds);
}
