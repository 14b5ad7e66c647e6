import { fail, type Result } from "../base/result.ts";
import type { Target } from "../config/config.ts";
import type { RunRecord } from "../history/record.ts";
import { createLaneBackOff } from "./lane-back-off.ts";
import type { RetryModules } from "./retry.ts";
import { type StartTicks, startTicks } from "./ticks.ts";
import { startTimetable, type Timetable, type TimetableModules } from "./timetable.ts";
import { createTurns, type AskedRun, type TurnModules, type Turns } from "./turns.ts";

export type SchedulerModules = TurnModules & {
  /** Where ticks come from; node-cron when left out. */
  readonly startTicks?: StartTicks;
} & Pick<RetryModules, "onRetry">;

/** Runs targets when they are due, one at a time. */
export interface Scheduler {
  /**
   * Schedules exactly these targets. Those that stay keep their timers, those that go lose theirs and their place before the lane while a
   * run of theirs goes on, and new ones run soon.
   */
  readonly replace: (targets: readonly Target[]) => void;
  /** When a target is due next, in seconds since 1970; undefined for a target that is not scheduled. */
  readonly nextAtSeconds: (targetId: string) => number | undefined;
  /**
   * Queues a run at once, beside the schedule, and fulfils when it has ended. The signal ends the wait in the queue; a run that has
   * started goes on. What cannot be had, because the target waits or runs already, is no skip. It does not mind that a target waits after
   * failures of its own; while all wait because the driver hangs, it waits as well.
   */
  readonly runNow: (
    targetId: string,
    wait?: AbortSignal,
  ) => Promise<AskedRun | Result<never, "unknown_target" | "driver_hangs">>;
  /**
   * Takes what became of a run that had been due then, by the monotonic clock: a target that goes on failing waits longer and longer, and
   * so do all when what hangs is not one device alone.
   */
  readonly note: (record: RunRecord, dueAtSeconds: number) => void;
  /** Forgets all failures: they were those of a driver that is another now. */
  readonly forgive: () => void;
  /** Starts no further run, now and later; does not wait for the one that runs. */
  readonly stop: () => void;
}

/** A scheduler of no targets. The hostname decides about the offsets. */
export function createScheduler(
  { hostname }: { readonly hostname: string },
  modules: SchedulerModules,
): Scheduler {
  const turns = createTurns(modules);
  const timetables = createTimetables(hostname, {
    clock: modules.clock,
    startTicks: modules.startTicks ?? startTicks,
    onDue: (target) => void turns.take(target),
    ...(modules.onRetry && { onRetry: modules.onRetry }),
  });
  const backOffs = createBackOffs({ timetables, turns }, modules);
  let isStopped = false;

  const replace = (targets: readonly Target[]): void => {
    const gone = timetables.replace(targets);
    for (const targetId of gone) turns.giveUp(targetId);
    backOffs.keepWaiting();
  };
  return {
    replace: (targets) => {
      if (!isStopped) replace(targets);
    },
    nextAtSeconds: (targetId) => timetables.get(targetId)?.nextAtSeconds(),
    runNow: async (targetId, wait) => {
      const target = timetables.get(targetId)?.target();
      if (target === undefined) return fail("unknown_target");
      return backOffs.allWait() ? fail("driver_hangs") : turns.ask(target, wait);
    },
    note: backOffs.note,
    forgive: backOffs.forgive,
    stop: () => {
      isStopped = true;
      replace([]);
    },
  };
}

/** What makes targets that fail wait, one by one and all together. */
interface BackOffs extends Pick<Scheduler, "note" | "forgive"> {
  /** Whether nothing may run because what hangs is not one device alone. */
  readonly allWait: () => boolean;
  /** While all wait, those that are new or have another probe do, too. */
  readonly keepWaiting: () => void;
}

function createBackOffs(
  { timetables, turns }: { readonly timetables: Timetables; readonly turns: Turns },
  { clock, log }: SchedulerModules,
): BackOffs {
  const laneBackOff = createLaneBackOff();
  let untilSeconds = Number.NEGATIVE_INFINITY;
  const allWait = (): boolean => clock.monotonicSeconds() < untilSeconds;
  const keepWaiting = (): void => {
    if (!allWait()) return;
    for (const timetable of timetables.all()) timetable.postpone(untilSeconds);
  };
  return {
    allWait,
    keepWaiting,
    note: (record, dueAtSeconds) => {
      noteEnd(record, timetables.get(record.target.id), dueAtSeconds);
      const seconds = laneBackOff.note(record);
      if (seconds === undefined) return;
      log.warn({ seconds }, "runs on more than one device hang: all wait");
      untilSeconds = clock.monotonicSeconds() + seconds;
      for (const timetable of timetables.all()) turns.giveUp(timetable.target().id);
      keepWaiting();
    },
    forgive: () => {
      laneBackOff.forget();
      untilSeconds = Number.NEGATIVE_INFINITY;
      for (const timetable of timetables.all()) timetable.forgive();
    },
  };
}

/** A skip says nothing of how runs go. */
function noteEnd(record: RunRecord, timetable: Timetable | undefined, dueAtSeconds: number): void {
  if (record.type === "skip" || record.end.outcome === "skipped") return;
  if (record.end.outcome === "success") timetable?.forgive();
  else timetable?.failed(dueAtSeconds);
}

interface Timetables {
  readonly get: (targetId: string) => Timetable | undefined;
  readonly all: () => Iterable<Timetable>;
  /** Returns the ids of the targets that are gone. */
  readonly replace: (targets: readonly Target[]) => readonly string[];
}

function createTimetables(hostname: string, modules: TimetableModules): Timetables {
  const timetables = new Map<string, Timetable>();
  const keep = (target: Target): void => {
    const timetable = timetables.get(target.id);
    if (timetable === undefined) {
      timetables.set(target.id, startTimetable({ target, hostname }, modules));
    } else {
      timetable.update(target);
    }
  };
  const remove = (targetId: string): void => {
    timetables.get(targetId)?.stop();
    timetables.delete(targetId);
  };
  return {
    get: (targetId) => timetables.get(targetId),
    all: () => timetables.values(),
    replace: (targets) => {
      const ids = new Set(targets.map(({ id }) => id));
      const gone = [...timetables.keys()].filter((id) => !ids.has(id));
      for (const targetId of gone) remove(targetId);
      for (const target of targets) keep(target);
      return gone;
    },
  };
}
