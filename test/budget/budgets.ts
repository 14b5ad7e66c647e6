import { createLogger } from "../../src/base/logger.ts";
import { createBudget, type Budget } from "../../src/budget/budget.ts";
import type { Target } from "../../src/config/config.ts";
import type { EndedRun } from "../../src/history/record.ts";
import { openStorage } from "../../src/storage/storage.ts";
import { parse, target } from "../config/fixtures.ts";
import { makeEnd, makeInstance } from "../metrics/records.ts";
import { createDrivenClock } from "../scheduler/driven-time.ts";

export const MINUTELY = 'kind: cold_start, schedule: "* * * * *"';
export const A = target(`name: a, ${MINUTELY}`);
export const B = target(`name: b, ${MINUTELY}`);
/** Of which a run is expected to take 22 s. */
export const DEAR = target(`name: dear, ${MINUTELY}, concurrency: 64`);
const { limits } = parse("probes: []");

type Clock = ReturnType<typeof createDrivenClock>;

/** A budget over real files; a second one over the same directory is the daemon started again. */
export async function openBudget(
  directory: string,
  clock: Clock,
  targets = [A, B],
): Promise<Budget> {
  const logger = createLogger({
    level: "error",
    format: "json",
    destination: { write: () => undefined },
  });
  const storage = await openStorage({ directory, logger, clock });
  const budget = createBudget(limits, { storage, clock, logger });
  await budget.open();
  budget.setTargets(targets, limits);
  return budget;
}

/** A run that held a context for so many seconds. */
export function endedRun(of: Target, seconds: number, bytes = 0): EndedRun {
  const instance = makeInstance(1000);
  const context = { phase: "context", beganAtSeconds: 1000, endedAtSeconds: 1000.05 };
  const reaped = { atSeconds: 1000 + seconds, cpuSeconds: 0, majorFaults: 0, maxRssBytes: 0 };
  const samples = [{ name: "bytes", value: bytes, labels: {} }];
  return {
    type: "run",
    target: of,
    atSeconds: 0,
    end: makeEnd(createDrivenClock(), {
      report: { instances: [{ ...instance, phases: [context], samples, reaped }] },
    }),
    circumstances: {
      otherProcesses: 0,
      utilizationRatio: 0,
      cacheMiss: false,
      laneWaitSeconds: 0,
    },
  };
}

export async function makeRun(budget: Budget, of: Target, seconds: number): Promise<void> {
  await budget.begin(of, []);
  await budget.end(endedRun(of, seconds));
}
