import { describe, expect, it } from "vitest";
import { device, target } from "../config/fixtures.ts";
import { createDrivenClock } from "../scheduler/driven-time.ts";
import { makeTemporaryDirectory } from "../support/temporary-directory.ts";
import { A, B, DEAR, endedRun, makeRun, MINUTELY, openBudget } from "./budgets.ts";

describe("the budget of a GPU", () => {
  it("lets runs go while there is enough, and says what there was when there is not", async () => {
    await using directory = await makeTemporaryDirectory();
    const clock = createDrivenClock();
    const budget = await openBudget(directory.path, clock);
    expect(budget.refuse(A)).toBeUndefined();
    await makeRun(budget, A, 100);
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
    const budget = await openBudget(directory.path, createDrivenClock());
    await makeRun(budget, A, 100);
    expect(budget.refuse(B)).toBeUndefined();
    await makeRun(budget, B, 0.2);
    expect(budget.refuse(B)).toMatchObject({ reason: "budget" });
  });

  it("is of one GPU alone", async () => {
    await using directory = await makeTemporaryDirectory();
    const other = target(`name: a, ${MINUTELY}`, device(1, "GPU-b"));
    const budget = await openBudget(directory.path, createDrivenClock(), [A, other]);
    await makeRun(budget, other, 0.2);
    await makeRun(budget, A, 100);
    expect(budget.refuse(A)).toMatchObject({ reason: "budget" });
    expect(budget.refuse(other)).toBeUndefined();
  });

  it("is used by a run of another GPU that reaches over to it", async () => {
    await using directory = await makeTemporaryDirectory();
    const other = target(`name: a, ${MINUTELY}`, device(1, "GPU-b"));
    const budget = await openBudget(directory.path, createDrivenClock(), [A, other]);
    await makeRun(budget, other, 0.2);
    await budget.begin(A, ["GPU-b"]);
    const run = endedRun(A, 100);
    await budget.end({ ...run, circumstances: { ...run.circumstances, peerGpuUuids: ["GPU-b"] } });
    expect(budget.refuse(other)).toMatchObject({ reason: "budget" });
  });

  it("has bytes as well as seconds", async () => {
    await using directory = await makeTemporaryDirectory();
    const budget = await openBudget(directory.path, createDrivenClock());
    await budget.begin(A, []);
    await budget.end(endedRun(A, 0.2, 2 ** 41));
    expect(budget.refuse(A)).toEqual({
      reason: "budget",
      message: "2 TiB expected, 0 B left of limits.transferred_bytes_per_hour",
    });
  });

  it("is nothing to what runs for the whole host", async () => {
    await using directory = await makeTemporaryDirectory();
    const host = target('name: h, kind: census, schedule: "* * * * *"');
    const budget = await openBudget(directory.path, createDrivenClock(), [host]);
    await makeRun(budget, host, 100_000);
    expect(budget.refuse(host)).toBeUndefined();
  });

  it("is not used by what never started anything, which leaves the first run to come", async () => {
    await using directory = await makeTemporaryDirectory();
    const budget = await openBudget(directory.path, createDrivenClock(), [DEAR, B]);
    const skip = { type: "skip", atSeconds: 0, reason: "lane_busy", message: "" } as const;
    for (let skips = 0; skips < 5; skips += 1) {
      // oxlint-disable-next-line no-await-in-loop -- one after the other
      await budget.begin(DEAR, []);
      // oxlint-disable-next-line no-await-in-loop
      await budget.end({ ...skip, target: DEAR });
    }
    await budget.begin(DEAR, []);
    const run = endedRun(DEAR, 0);
    const end = { ...run.end, outcome: "not_started", report: { instances: [] } } as const;
    await budget.end({ ...run, end });
    await makeRun(budget, B, 1);
    expect(budget.refuse(B)).toBeUndefined();
    await makeRun(budget, B, 100);
    expect(budget.refuse(DEAR)).toBeUndefined();
  });
});
