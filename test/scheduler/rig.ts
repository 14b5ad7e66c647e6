import { createLogger } from "../../src/base/logger.ts";
import { createDeferred, type Deferred } from "../../src/base/deferred.ts";
import type { Target } from "../../src/config/config.ts";
import { createLane } from "../../src/lane/lane.ts";
import { createScheduler, type Scheduler } from "../../src/scheduler/scheduler.ts";
import { createDrivenClock, createDrivenTicks } from "./driven-time.ts";

export const HOSTNAME = "node-1";

/** A scheduler over driven time and the real lane, whose runs end when the test says so. */
export interface Rig {
  readonly scheduler: Scheduler;
  readonly ticks: ReturnType<typeof createDrivenTicks>;
  /** Runs that were started, as `id at dueSeconds`. */
  readonly started: string[];
  /** Skips, as `id reason`. */
  readonly skipped: string[];
  readonly logged: string[];
  /** What was told of retries, as `id seconds`. */
  readonly retries: string[];
  /** Lets time pass, and what is due begin. */
  readonly advance: (seconds: number) => Promise<void>;
  /** Ends the run of a target, or makes it reject. */
  readonly end: (targetId: string, error?: Error) => Promise<void>;
}

export function createRig(): Rig {
  const clock = createDrivenClock();
  const ticks = createDrivenTicks();
  const started: string[] = [];
  const skipped: string[] = [];
  const logged: string[] = [];
  const retries: string[] = [];
  const runs = new Map<string, Deferred<Error | undefined>>();
  const scheduler = createScheduler(
    { hostname: HOSTNAME },
    {
      clock,
      startTicks: ticks.startTicks,
      lane: createLane(),
      log: createLogger({
        level: "debug",
        format: "json",
        destination: { write: (line) => logged.push(line) },
      }),
      onRetry: ({ id }, atSeconds) => retries.push(`${id} ${String(atSeconds)}`),
      skip: ({ id }, reason) => skipped.push(`${id} ${reason}`),
      execute: async ({ id }: Target, dueAtSeconds) => {
        const run = createDeferred<Error | undefined>();
        runs.set(id, run);
        started.push(`${id} at ${dueAtSeconds.toFixed(3)}`);
        const error = await run.promise;
        if (error !== undefined) throw error;
        return undefined;
      },
    },
  );
  return {
    scheduler,
    ticks,
    started,
    skipped,
    logged,
    retries,
    advance: async (seconds) => {
      clock.advance(seconds);
      await settle();
    },
    end: async (targetId, error) => {
      runs.get(targetId)?.resolve(error);
      await settle();
    },
  };
}

/** Lets everything happen that waits for nothing but its turn. */
export async function settle(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
