import type { Clock } from "../base/clock.ts";
import type { Logger } from "../base/logger.ts";
import { fail, ok, type Result } from "../base/result.ts";
import type { Target } from "../config/config.ts";
import type { RunRecord } from "../history/record.ts";
import type { Lane } from "../lane/lane.ts";
import type { Reason } from "../protocol/reasons.ts";

/** Why a turn was dropped: the one before it of the same target waits still, or runs still. */
export type Overlap = Extract<Reason, "lane_busy" | "in_flight">;

export interface TurnModules {
  readonly clock: Clock;
  readonly lane: Lane;
  /**
   * Runs a target in the lane; undefined when that was cut short and says nothing. `dueAtSeconds` is of CLOCK_MONOTONIC. Never rejects;
   * a rejection is a bug, and is logged.
   */
  readonly execute: (target: Target, dueAtSeconds: number) => Promise<RunRecord | undefined>;
  /** Records a run that was dropped. */
  readonly skip: (target: Target, reason: Reason, message: string) => void;
  readonly log: Logger;
}

/** What became of a run that was asked for; undefined when it was given up before it started, or cut short by a stop. */
export type AskedRun = Result<RunRecord | undefined, Overlap>;

/** The runs that wait for the lane or are in it, at most one a target. */
export interface Turns {
  /** Queues a run that is due now, and fulfils when it has ended or was given up. One that is dropped is a skip. */
  readonly take: (target: Target) => Promise<void>;
  /** Queues a run that somebody wants now, in the queue for as long as the signal lets it. One that cannot be had is no skip. */
  readonly ask: (target: Target, wait?: AbortSignal) => Promise<AskedRun>;
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
  const start = async (target: Target, wait?: AbortSignal): Promise<RunRecord | undefined> => {
    const dueAtSeconds = modules.clock.monotonicSeconds();
    const turn: Turn = { controller: new AbortController(), dueAtSeconds, state: "waiting" };
    turns.set(target.id, turn);
    const giveUp = (): void => turn.controller.abort();
    wait?.addEventListener("abort", giveUp, { once: true });
    try {
      return await runTurn(target, turn, modules);
    } finally {
      wait?.removeEventListener("abort", giveUp);
      turns.delete(target.id);
    }
  };
  return {
    take: async (target) => {
      const before = turns.get(target.id);
      if (before === undefined) await start(target);
      else drop(target, before, modules);
    },
    ask: async (target, wait) => {
      const before = turns.get(target.id);
      if (before !== undefined) return fail(overlapOf(before));
      return ok(wait?.aborted === true ? undefined : await start(target, wait));
    },
    giveUp: (targetId) => turns.get(targetId)?.controller.abort(),
  };
}

function overlapOf({ state }: Turn): Overlap {
  return state === "waiting" ? "lane_busy" : "in_flight";
}

function drop(target: Target, before: Turn, { skip }: TurnModules): void {
  const message =
    before.state === "waiting"
      ? "the run before it still waits for the lane"
      : "the run before it has not ended";
  skip(target, overlapOf(before), message);
}

async function runTurn(
  target: Target,
  turn: Turn,
  modules: TurnModules,
): Promise<RunRecord | undefined> {
  const { lane, execute, log } = modules;
  const { signal } = turn.controller;
  const first = FIRST_KINDS.has(target.probe.kind.name);
  try {
    const leave = await lane.enter({ first, signal });
    turn.state = "running";
    return await execute(target, turn.dueAtSeconds).finally(leave);
  } catch (error) {
    if (turn.state === "waiting" && signal.aborted) return undefined;
    log.error({ err: error, target: target.id }, "a run rejected, which is a bug");
    return undefined;
  }
}
