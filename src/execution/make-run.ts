import type { Clock } from "../base/clock.ts";
import { errorText } from "../base/errors.ts";
import { fail, ok, type Result } from "../base/result.ts";
import type { Target } from "../config/config.ts";
import type { RunEnd, Runner } from "../runner/run.ts";
import type { LaneHolder } from "./hold-lane.ts";
import { runUnderMps, type MpsModules, type MpsPlan, type MpsRun } from "./mps-run.ts";
import { neverRan } from "./never-ran.ts";
import {
  makeFirstClientRequest,
  makeRunRequest,
  makeStarts,
  type ProgramOptions,
  type RunParts,
} from "./run-request.ts";
import { runSeveralStarts } from "./several-starts.ts";
import type { Workspace } from "./workspace.ts";

/** What is known of a run before it has directories of its own. */
export interface RunPlan extends Omit<RunParts, "cudaCache" | "libraryCopies"> {
  readonly driverVersion: string;
}

export interface MakeRunModules {
  readonly runner: Runner;
  readonly mps: MpsModules;
  /** Holds the host's lane over the starts of a run that consists of several. */
  readonly holdLane: LaneHolder;
  readonly workspace: Workspace;
  readonly clock: Clock;
  /** Hears of a run that is about to start, and of the other GPUs that it will use; the run waits for it. */
  readonly beforeStart?: (target: Target, peerGpuUuids: readonly string[]) => Promise<void>;
}

interface RunTools {
  readonly options: ProgramOptions;
  readonly modules: MakeRunModules;
}

/** Makes the directories and the run in them. A run that cannot have them, as on a full disk, is one that could not be started. */
export async function makeRun(
  { driverVersion, ...plan }: RunPlan,
  tools: RunTools,
  signal: AbortSignal | undefined,
): Promise<MpsRun & { readonly cacheMiss: boolean }> {
  const { workspace, beforeStart, clock } = tools.modules;
  const { target, peerGpuUuids } = plan;
  const cache = await made(workspace.cache(target.probe.measurement.cache, driverVersion));
  if (!cache.ok) return { end: withoutPlace(cache.error, clock), cacheMiss: false };
  await beforeStart?.(target, peerGpuUuids);
  const parts = { ...plan, cudaCache: cache.value.directory, libraryCopies: undefined };
  try {
    return { ...(await startWithCopies(parts, tools, signal)), cacheMiss: cache.value.miss };
  } finally {
    await cache.value.release();
  }
}

async function startWithCopies(
  parts: RunParts,
  tools: RunTools,
  signal: AbortSignal | undefined,
): Promise<MpsRun> {
  const { workspace, target } = parts;
  if (target.probe.measurement.copiesLibraries !== true) return startRun(parts, tools, signal);
  const copies = await made(workspace.libraryCopies());
  if (!copies.ok) return { end: withoutPlace(copies.error, tools.modules.clock) };
  try {
    return await startRun({ ...parts, libraryCopies: copies.value.directory }, tools, signal);
  } finally {
    await copies.value.release();
  }
}

/** What the file system lets us make, or why it does not. */
async function made<Place>(making: Promise<Place>): Promise<Result<Place>> {
  return making.then(ok, (error: unknown) => fail(errorText(error)));
}

function withoutPlace(why: string, clock: Clock): RunEnd {
  const message = `the run's directories could not be made: ${why}`;
  return neverRan({ outcome: "not_started", reason: "not_started", message }, clock);
}

async function startRun(
  parts: RunParts,
  { options, modules }: RunTools,
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
