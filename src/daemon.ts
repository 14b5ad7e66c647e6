import type { Result } from "./base/result.ts";
import type { Config, ConfigProblem, Target } from "./config/config.ts";
import { checkGpus } from "./execution/check-gpus.ts";
import { lookUnlessPaused, watchDriver } from "./execution/driver-watch.ts";
import type { Facts } from "./execution/facts.ts";
import { createInFlight } from "./execution/in-flight.ts";
import { createListingLog } from "./execution/log-listing.ts";
import { createPause, type Pause } from "./execution/pause.ts";
import { createTargetList, type TargetList } from "./execution/target-list.ts";
import type { Lane } from "./lane/lane.ts";
import { intervalSeconds, loadCalendar } from "./scheduler/schedule.ts";
import { type Scheduler } from "./scheduler/scheduler.ts";
import { spareSleeping } from "./scheduler/spare-sleeping.ts";
import { createRunScheduler, type DaemonModules, type DaemonOptions } from "./daemon-runs.ts";

/** The daemon's work: what to run when, and what becomes of it. Serving is not its business. */
export interface Daemon {
  /** Looks at the host once, then schedules. Fails when the config names GPUs that a working driver does not have. */
  readonly start: () => Promise<Result<undefined, readonly ConfigProblem[]>>;
  /** Takes over another config; a run in flight goes on. Fails as `start` does, and then keeps the old one. */
  readonly replaceConfig: (config: Config) => Result<undefined, readonly ConfigProblem[]>;
  readonly config: () => Config;
  readonly targets: () => readonly Target[];
  /** Seconds since 1970. */
  readonly nextAtSeconds: (targetId: string) => number | undefined;
  /** Runs a target beside its schedule, as one that is due; see {@link Scheduler.runNow}. */
  readonly runNow: Scheduler["runNow"];
  /** Keeps everything from being started, the looks at the driver as well. */
  readonly pause: Pause;
  /** Whether no process of the daemon's is there, not even one that hangs. */
  readonly isIdle: () => boolean;
  /** Starts nothing more, ends the run in flight gracefully and waits for its end. */
  readonly stop: () => Promise<void>;
}

/** Wires the modules; nothing happens before `start`. */
export function createDaemon(options: DaemonOptions, modules: DaemonModules): Daemon {
  const { facts, lane, baselines, budget } = modules;
  const stopping = new AbortController();
  const { signal } = stopping;
  const list = createTargetList(options.config, spareSleeping);
  const pause = makePause(list, modules);
  const isPaused = async (): Promise<boolean> => (await pause.check()) !== undefined;
  const inFlight = createInFlight();
  const scheduler = createRunScheduler(options, { ...modules, list, inFlight, pause, signal });
  let isStarted = false;
  const schedule = (): void => {
    if (isStarted) applyTargets(list, { ...modules, scheduler });
  };
  followListings(list, modules, schedule);
  forgiveWhenBack(facts, scheduler);
  return {
    start: async () => {
      await Promise.all([baselines.open(), budget.open()]);
      await lookFirst({ lane, facts, signal, isPaused });
      const checked = checkGpus(options.config, facts);
      isStarted = checked.ok && !signal.aborted;
      schedule();
      if (isStarted) keepLooking(list, { ...modules, signal, isPaused });
      return checked;
    },
    replaceConfig: (config) => {
      const checked = checkGpus(config, facts);
      if (checked.ok) list.setConfig(config);
      schedule();
      return checked;
    },
    config: list.config,
    targets: list.targets,
    nextAtSeconds: scheduler.nextAtSeconds,
    runNow: scheduler.runNow,
    pause,
    isIdle: () => lane.isFree() && !inFlight.any() && !facts.isBegun() && !facts.lookHangs(),
    stop: async () => endRuns(scheduler, stopping, lane),
  };
}

/** What schedules need besides is loaded while the child that lists the devices is at work. */
async function lookFirst(modules: Parameters<typeof lookUnlessPaused>[0]): Promise<void> {
  const look = lookUnlessPaused(modules);
  loadCalendar();
  await look;
}

async function endRuns(scheduler: Scheduler, stopping: AbortController, lane: Lane): Promise<void> {
  scheduler.stop();
  stopping.abort();
  // The lane is free when the run in flight has ended.
  (await lane.enter({ first: true }))();
}

function makePause(list: TargetList, modules: DaemonModules): Pause {
  const file = (): string | undefined => list.config().gates.pauseFile;
  return createPause(file, { ...modules, changed: modules.metrics.setPaused });
}

function followListings(
  list: TargetList,
  { facts, metrics, logger }: DaemonModules,
  schedule: () => void,
): void {
  const logListing = createListingLog(logger);
  facts.subscribe((listing) => {
    metrics.setListing(listing, { named: list.namedGpus() });
    logListing(listing);
    if (list.learn(listing)) schedule();
  });
}

/** What failed for want of a driver says nothing of the one that answers now. */
function forgiveWhenBack(facts: Facts, scheduler: Scheduler): void {
  let wasDown = false;
  facts.subscribe(({ fault }) => {
    if (wasDown && fault === undefined) scheduler.forgive();
    wasDown = fault !== undefined;
  });
}

function keepLooking(
  list: TargetList,
  modules: DaemonModules & {
    readonly signal: AbortSignal;
    readonly isPaused: () => Promise<boolean>;
  },
): void {
  watchDriver(() => list.config().driver.refreshSeconds, {
    ...modules,
    onBug: (error) => {
      modules.logger.error({ err: error }, "looking at the driver rejected, which is a bug");
    },
  });
}

/** Makes the scheduler, the metrics, the history and the baselines speak of the targets that there are now. */
function applyTargets(
  list: TargetList,
  {
    scheduler,
    metrics,
    history,
    baselines,
    budget,
  }: DaemonModules & { readonly scheduler: Scheduler },
): void {
  const targets = list.targets();
  const schedules = new Map(targets.map(({ probe }) => [probe.name, probe.schedule]));
  const intervals = [...schedules].map(
    ([name, schedule]) => [name, intervalSeconds(schedule)] as const,
  );
  budget.setTargets(targets, list.config().limits);
  // Whose next attempt the scheduler tells has to be known to the metrics.
  metrics.setTargets(targets, new Map(intervals));
  scheduler.replace(targets);
  history.setLimit(list.config().limits.history);
  history.keepOnly(targets.map(({ id }) => id));
  baselines.setTargets(targets);
}
