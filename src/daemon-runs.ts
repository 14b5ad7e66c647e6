import type { BaselineKeeper } from "./baseline/baseline-keeper.ts";
import type { Clock } from "./base/clock.ts";
import type { Logger } from "./base/logger.ts";
import type { Budget } from "./budget/budget.ts";
import type { Config, Target } from "./config/config.ts";
import { createExecutor, type Executor } from "./execution/executor.ts";
import type { Facts } from "./execution/facts.ts";
import type { InFlight } from "./execution/in-flight.ts";
import { logRecord, logTurn } from "./execution/log-record.ts";
import type { LaneHolder } from "./execution/hold-lane.ts";
import type { MpsModules } from "./execution/mps-run.ts";
import type { Pause } from "./execution/pause.ts";
import type { ProgramOptions } from "./execution/run-request.ts";
import type { TargetList } from "./execution/target-list.ts";
import { unlessPaused } from "./execution/unless-paused.ts";
import type { Workspace } from "./execution/workspace.ts";
import { decideGo, type GateInput } from "./gates/decide-go.ts";
import type { History } from "./history/history.ts";
import { findLastFootprint } from "./history/last-footprint.ts";
import type { RunRecord } from "./history/record.ts";
import type { Lane } from "./lane/lane.ts";
import type { Metrics } from "./metrics/metrics.ts";
import type { Runner } from "./runner/run.ts";
import { createHold, type HoldModules } from "./scheduler/hold.ts";
import { createScheduler, type Scheduler } from "./scheduler/scheduler.ts";

export interface DaemonOptions {
  readonly config: Config;
  readonly hostname: string;
  readonly executor: ProgramOptions;
}

export interface DaemonModules
  extends Pick<GateInput, "isWsl">, Pick<HoldModules, "readHostState"> {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly lane: Lane;
  readonly runner: Runner;
  readonly mps: MpsModules;
  readonly holdLane: LaneHolder;
  readonly facts: Facts;
  readonly workspace: Workspace;
  readonly history: History;
  readonly baselines: BaselineKeeper;
  readonly budget: Budget;
  readonly metrics: Metrics;
}

/** What runs need of the daemon itself. */
export interface RunModules extends DaemonModules {
  readonly list: TargetList;
  readonly inFlight: InFlight;
  readonly pause: Pause;
  readonly signal: AbortSignal;
}

/** Makes what runs the targets when they are due, by the gates, and keeps what comes of it. */
export function createRunScheduler(
  { hostname, executor }: DaemonOptions,
  modules: RunModules,
): Scheduler {
  const { clock, lane, logger, signal, inFlight } = modules;
  const gated = withinBudget(createGatedExecutor(executor, modules), modules);
  const execute = unlessPaused(gated, modules);
  const keep = (record: RunRecord): void => {
    // What a stop has cut short says nothing about the host.
    if (signal.aborted) return;
    if (record.type === "run") inFlight.watch(record);
    modules.history.add(record);
    modules.metrics.recordRun(record);
    logRecord(logger, record);
  };
  const scheduler = createScheduler(
    { hostname },
    {
      clock,
      lane,
      log: logger,
      execute: createTurn(execute, modules, (record, dueAtSeconds) => {
        scheduler.note(record, dueAtSeconds);
        keep(record);
      }),
      skip: (target, reason, message) => {
        keep({ type: "skip", target, atSeconds: clock.wallSeconds(), reason, message });
      },
      onRetry: modules.metrics.setRetry,
    },
  );
  return scheduler;
}

/** One turn of a target in the lane. `take` gets what came of it, unless a stop has cut it short. */
function createTurn(
  execute: Executor,
  { logger, signal, budget, baselines }: RunModules,
  take: (record: RunRecord, dueAtSeconds: number) => void,
): (target: Target, dueAtSeconds: number) => Promise<RunRecord | undefined> {
  return async (target, dueAtSeconds) => {
    logTurn(logger, target);
    const record = await execute(target, dueAtSeconds, signal);
    const isWhole = !signal.aborted;
    if (isWhole) take(record, dueAtSeconds);
    // The disk's time is the lane's, and not that of whoever looks at the metrics.
    await budget.end(record);
    if (!isWhole) return undefined;
    await baselines.record(record);
    return record;
  };
}

/** What there is nothing left for is left out before anything is started for it. */
function withinBudget(
  execute: Executor,
  { budget, clock }: Pick<DaemonModules, "budget" | "clock">,
): Executor {
  return async (target, dueAtSeconds, signal) => {
    const refusal = budget.refuse(target);
    if (refusal !== undefined) {
      return { type: "skip", target, atSeconds: clock.wallSeconds(), ...refusal };
    }
    return execute(target, dueAtSeconds, signal);
  };
}

function createGatedExecutor(options: ProgramOptions, modules: RunModules): Executor {
  const { list, inFlight, history, isWsl, budget } = modules;
  return createExecutor(options, {
    ...modules,
    hold: createHold({ ...modules, gates: () => list.config().gates }),
    decide: (target, listing) => {
      const decision = decideGo({
        target,
        listing,
        gates: list.config().gates,
        isWsl,
        inFlight: inFlight.has(target.device?.gpuUuid),
        lastFootprintBytes: findLastFootprint(target.device, list.targets(), history),
      });
      // Asked for the other GPUs that a run would use as well as for its own.
      const refusal = decision.go ? budget.refuse(target) : undefined;
      return refusal === undefined ? decision : { go: false, ...refusal };
    },
    beforeStart: budget.begin,
    processesPerDevice: () => list.config().limits.processesPerDevice,
  });
}
