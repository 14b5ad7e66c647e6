import type { Clock } from "../base/clock.ts";
import type { Target } from "../config/config.ts";
import { nameOwners } from "../containers/name-owners.ts";
import type { Listing } from "../devices/device.ts";
import type { Circumstances, EndedRun, RunRecord } from "../history/record.ts";
import type { RunEnd } from "../runner/run.ts";
import { expectResult } from "./expect-result.ts";
import { findProgram } from "./find-program.ts";
import { makeRun, type MakeRunModules, type RunPlan } from "./make-run.ts";
import type { MpsRun } from "./mps-run.ts";
import { passGates, type GateModules, type SkipCause } from "./pass-gates.ts";
import { findPeers } from "./peers.ts";
import type { ProgramOptions } from "./run-request.ts";

export interface ExecutorModules extends GateModules, MakeRunModules {
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
    const usesPeers = target.probe.measurement.usesPeerGpus === true;
    const plan: RunPlan = {
      target,
      workspace,
      processesPerDevice: processesPerDevice(),
      peerGpuUuids: usesPeers ? findPeers(target, listing, decide) : [],
      neededProgram: program.value,
      driverVersion: listing.driver?.driverVersion ?? "",
    };
    const { cacheMiss, ...run } = await makeRun(plan, { options, modules }, signal);
    const notRun = describeNotRun(run.end);
    if (notRun !== undefined) return skip(target, notRun, clock);
    if (startsCuda(target)) facts.learn(run.end);
    const circumstances = {
      ...describePlace(listing, plan),
      cacheMiss,
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

/** The GPUs that the run was on, as its own one was before it. */
function describePlace(
  { devices }: Listing,
  { target, peerGpuUuids }: RunPlan,
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
