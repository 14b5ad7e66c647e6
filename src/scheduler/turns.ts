import type { Clock } from "../base/clock.ts";
import type { Logger } from "../base/logger.ts";
import { fail, ok, type Result } from "../base/result.ts";
import type { Target } from "../config/config.ts";
import type { Lane } from "../lane/lane.ts";
import type { Reason } from "../protocol/reasons.ts";

/** Why a turn was dropped: the one before it of the same target waits still, or runs still. */
export type Overlap = Extract<Reason, "lane_busy" | "in_flight">;

export interface TurnModules {
  readonly clock: Clock;
  readonly lane: Lane;
  /** Runs a target in the lane. `dueAtSeconds` is of CLOCK_MONOTONIC. Never rejects; a rejection is a bug, and is logged. */
  readonly execute: (target: Target, dueAtSeconds: number) => Promise<void>;
  /** Records a run that was dropped. */
  readonly skip: (target: Target, reason: Reason, message: string) => void;
  readonly log: Logger;
}

/** The runs that wait for the lane or are in it, at most one a target. */
export interface Turns {
  /** Queues a run that is due now, and fulfils when it has ended or was given up. */
  readonly take: (target: Target) => Promise<Result<undefined, Overlap>>;
  /** Gives up the wait of a target; a run in the lane goes on. */
  readonly giveUp: (targetId: string) => void;
}

/** Kinds that are so short, and so wanted, that they go before all others. */
const FIRST_KINDS: ReadonlySet<string> = new Set(["process_memory"]);

interface Turn {
  readonly controller: AbortController;
  readonly dueAtSeconds: number;
  state: "waiting" | "running";
}

/** No run waits or runs at first. */
export function createTurns(modules: TurnModules): Turns {
  const turns = new Map<string, Turn>();
  return {
    take: async (target) => {
      const before = turns.get(target.id);
      if (before !== undefined) return fail(drop(target, before, modules));
      const dueAtSeconds = modules.clock.monotonicSeconds();
      const turn: Turn = { controller: new AbortController(), dueAtSeconds, state: "waiting" };
      turns.set(target.id, turn);
      try {
        await runTurn(target, turn, modules);
      } finally {
        turns.delete(target.id);
      }
      return ok(undefined);
    },
    giveUp: (targetId) => turns.get(targetId)?.controller.abort(),
  };
}

function drop(target: Target, before: Turn, { skip }: TurnModules): Overlap {
  const reason = before.state === "waiting" ? "lane_busy" : "in_flight";
  const message =
    before.state === "waiting"
      ? "the run before it still waits for the lane"
      : "the run before it has not ended";
  skip(target, reason, message);
  return reason;
}

async function runTurn(target: Target, turn: Turn, modules: TurnModules): Promise<void> {
  const { lane, execute, log } = modules;
  const { signal } = turn.controller;
  const first = FIRST_KINDS.has(target.probe.kind.name);
  try {
    const leave = await lane.enter({ first, signal });
    turn.state = "running";
    await execute(target, turn.dueAtSeconds).finally(leave);
  } catch (error) {
    if (turn.state === "waiting" && signal.aborted) return;
    log.error({ err: error, target: target.id }, "a run rejected, which is a bug");
  }
}
