import { describe, expect, it } from "vitest";
import { createLogger } from "../../src/base/logger.ts";
import { createBudget, type Budget } from "../../src/budget/budget.ts";
import type { Target } from "../../src/config/config.ts";
import type { EndedRun } from "../../src/history/record.ts";
import { openStorage } from "../../src/storage/storage.ts";
import { device, parse, target } from "../config/fixtures.ts";
import { makeEnd, makeInstance } from "../metrics/records.ts";
import { createDrivenClock, EPOCH_SECONDS } from "../scheduler/driven-time.ts";
import { makeTemporaryDirectory } from "../support/temporary-directory.ts";

const MINUTELY = 'kind: cold_start, schedule: "* * * * *"';
const A = target(`name: a, ${MINUTELY}`);
const B = target(`name: b, ${MINUTELY}`);
/** Of which a run is expected to take 22 s. */
const DEAR = target(`name: dear, ${MINUTELY}, concurrency: 64`);
const { limits } = parse("probes: []");

type Clock = ReturnType<typeof createDrivenClock>;

/** A budget over real files; a second one over the same directory is the daemon started again. */
async function open(directory: string, clock: Clock, targets = [A, B]): Promise<Budget> {
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
function ended(of: Target, seconds: number, bytes = 0): EndedRun {
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

async function make(budget: Budget, of: Target, seconds: number): Promise<void> {
  await budget.begin(of, []);
  await budget.end(ended(of, seconds));
}

describe("the budget of a GPU", () => {
  it("lets runs go while there is enough, and says what there was when there is not", async () => {
    await using directory = await makeTemporaryDirectory();
    const clock = createDrivenClock();
    const budget = await open(directory.path, clock);
    expect(budget.refuse(A)).toBeUndefined();
    await make(budget, A, 100);
    expect(budget.refuse(A)).toEqual({
      reason: "budget",
      message: "100 s expected, 0 s left of limits.duty_cycle",
    });
    // 72 s were saved, 28 s are owed, and 2 % of the time is for the runs.
    clock.advance(28 / 0.02 + 18 / 0.02 + 1);
    expect(budget.refuse(A)).toMatchObject({ reason: "budget" });
    clock.advance(3600);
    expect(budget.refuse(A)).toBeUndefined();
  });

  it("lets the first run of each target go although there is nothing left", async () => {
    await using directory = await makeTemporaryDirectory();
    const budget = await open(directory.path, createDrivenClock());
    await make(budget, A, 100);
    expect(budget.refuse(B)).toBeUndefined();
    await make(budget, B, 0.2);
    expect(budget.refuse(B)).toMatchObject({ reason: "budget" });
  });

  it("is of one GPU alone", async () => {
    await using directory = await makeTemporaryDirectory();
    const other = target(`name: a, ${MINUTELY}`, device(1, "GPU-b"));
    const budget = await open(directory.path, createDrivenClock(), [A, other]);
    await make(budget, other, 0.2);
    await make(budget, A, 100);
    expect(budget.refuse(A)).toMatchObject({ reason: "budget" });
    expect(budget.refuse(other)).toBeUndefined();
  });

  it("is used by a run of another GPU that reaches over to it", async () => {
    await using directory = await makeTemporaryDirectory();
    const other = target(`name: a, ${MINUTELY}`, device(1, "GPU-b"));
    const budget = await open(directory.path, createDrivenClock(), [A, other]);
    await make(budget, other, 0.2);
    await budget.begin(A, ["GPU-b"]);
    const run = ended(A, 100);
    await budget.end({ ...run, circumstances: { ...run.circumstances, peerGpuUuids: ["GPU-b"] } });
    expect(budget.refuse(other)).toMatchObject({ reason: "budget" });
  });

  it("has bytes as well as seconds", async () => {
    await using directory = await makeTemporaryDirectory();
    const budget = await open(directory.path, createDrivenClock());
    await budget.begin(A, []);
    await budget.end(ended(A, 0.2, 2 ** 41));
    expect(budget.refuse(A)).toEqual({
      reason: "budget",
      message: "2 TiB expected, 0 B left of limits.transferred_bytes_per_hour",
    });
  });

  it("is nothing to what runs for the whole host", async () => {
    await using directory = await makeTemporaryDirectory();
    const host = target('name: h, kind: census, schedule: "* * * * *"');
    const budget = await open(directory.path, createDrivenClock(), [host]);
    await make(budget, host, 100_000);
    expect(budget.refuse(host)).toBeUndefined();
  });

  it("is not used by what never started anything, which leaves the first run to come", async () => {
    await using directory = await makeTemporaryDirectory();
    const budget = await open(directory.path, createDrivenClock(), [DEAR, B]);
    const skip = { type: "skip", atSeconds: 0, reason: "lane_busy", message: "" } as const;
    for (let skips = 0; skips < 5; skips += 1) {
      // oxlint-disable-next-line no-await-in-loop -- one after the other
      await budget.begin(DEAR, []);
      // oxlint-disable-next-line no-await-in-loop
      await budget.end({ ...skip, target: DEAR });
    }
    await budget.begin(DEAR, []);
    const run = ended(DEAR, 0);
    const end = { ...run.end, outcome: "not_started", report: { instances: [] } } as const;
    await budget.end({ ...run, end });
    await make(budget, B, 1);
    expect(budget.refuse(B)).toBeUndefined();
    await make(budget, B, 100);
    expect(budget.refuse(DEAR)).toBeUndefined();
  });
});

describe("the budget over restarts", () => {
  it("has what was left, and what the time since then has added", async () => {
    await using directory = await makeTemporaryDirectory();
    const clock = createDrivenClock();
    await make(await open(directory.path, clock), A, 100);
    const second = await open(directory.path, clock);
    await make(second, A, 0);
    expect(second.refuse(A)).toMatchObject({ reason: "budget" });
    clock.advance(3600);
    const third = await open(directory.path, clock);
    await make(third, A, 0);
    expect(third.refuse(A)).toBeUndefined();
  });

  it("lets a daemon that dies in every first run make only so many of them", async () => {
    await using directory = await makeTemporaryDirectory();
    const clock = createDrivenClock();
    let made = 0;
    for (let start = 0; start < 100; start += 1) {
      // oxlint-disable-next-line no-await-in-loop -- one start after the other
      const budget = await open(directory.path, clock, [DEAR]);
      if (budget.refuse(DEAR) !== undefined) break;
      // oxlint-disable-next-line no-await-in-loop
      await budget.begin(DEAR, []);
      made += 1;
    }
    // 72 s that were saved and as much on credit.
    expect(made).toBe(7);
  });

  it("adds nothing for a clock that was set back, and no more than can be saved for one set forth", async () => {
    await using directory = await makeTemporaryDirectory();
    const clock = createDrivenClock();
    await make(await open(directory.path, clock), A, 300);
    const back = { ...clock, wallSeconds: () => EPOCH_SECONDS - 1e6 };
    const earlier = await open(directory.path, back);
    await make(earlier, A, 0);
    expect(earlier.refuse(A)).toMatchObject({ reason: "budget" });
    const forth = { ...clock, wallSeconds: () => EPOCH_SECONDS + 1e9 };
    const later = await open(directory.path, forth);
    await make(later, A, 100);
    expect(later.refuse(A)).toMatchObject({ reason: "budget" });
  });
});
