import type { Clock } from "../base/clock.ts";
import type { CompanionEnd, RunEnd, Runner, RunRequest } from "../runner/run.ts";
import type { StartRole } from "../probes/start-order.ts";
import type { LaneFault, LaneHolder } from "./hold-lane.ts";
import { neverRan } from "./never-ran.ts";

/** What runs of several starts are made with. */
export interface SeveralStartsModules {
  readonly holdLane: LaneHolder;
  /** It leaves the host's lane alone, which is held for all of them. */
  readonly runner: Runner;
  readonly clock: Clock;
}

/** One of the starts that a run consists of. */
export interface PlannedStart {
  readonly role: StartRole;
  readonly request: RunRequest;
}

/**
 * Makes a run of several starts in one holding of the host's lane. They have one deadline, and one outcome: that of the first which is no
 * success, after which none is made, else of the measured one. Never rejects for what a probe or the lane does.
 */
export async function runSeveralStarts(
  starts: readonly PlannedStart[],
  { holdLane, runner, clock }: SeveralStartsModules,
  signal?: AbortSignal,
): Promise<RunEnd> {
  const lane = await holdLane(signal);
  if (!lane.ok) return withoutLane(lane.error, clock);
  const leave = lane.value;
  try {
    return await makeStarts(starts, { runner, clock }, signal);
  } finally {
    await leave();
  }
}

async function makeStarts(
  starts: readonly PlannedStart[],
  { runner, clock }: Omit<SeveralStartsModules, "holdLane">,
  signal: AbortSignal | undefined,
): Promise<RunEnd> {
  const companions: CompanionEnd[] = [];
  const beganAtSeconds = clock.monotonicSeconds();
  let measured: RunEnd | undefined;
  for (const { role, request } of starts) {
    const spentSeconds = clock.monotonicSeconds() - beganAtSeconds;
    const deadlineSeconds = Math.max(0, request.deadlineSeconds - spentSeconds);
    // In turn: what starts at the same time is measured together.
    // oxlint-disable-next-line no-await-in-loop
    const end = await runner({ ...request, deadlineSeconds }, signal);
    if (end.outcome !== "success") return { ...end, companions };
    if (role === "measured") measured = end;
    else companions.push({ role, end });
  }
  if (measured === undefined) throw new Error("none of a run's starts is the measured one");
  return { ...measured, companions };
}

/** The end of a run that did not get the lane. */
function withoutLane({ reason, message }: LaneFault, clock: Clock): RunEnd {
  const outcome = reason === "not_started" ? "not_started" : "skipped";
  return neverRan({ outcome, reason, message }, clock);
}
