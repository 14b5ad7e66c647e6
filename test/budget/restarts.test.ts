import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { createDrivenClock, EPOCH_SECONDS } from "../scheduler/driven-time.ts";
import { makeTemporaryDirectory } from "../support/temporary-directory.ts";
import { A, DEAR, makeRun, openBudget } from "./budgets.ts";

describe("the budget over restarts", () => {
  it("has what was left, and what the time since then has added", async () => {
    await using directory = await makeTemporaryDirectory();
    const clock = createDrivenClock();
    await makeRun(await openBudget(directory.path, clock), A, 100);
    const second = await openBudget(directory.path, clock);
    await makeRun(second, A, 0);
    expect(second.refuse(A)).toMatchObject({ reason: "budget" });
    clock.advance(3600);
    const third = await openBudget(directory.path, clock);
    await makeRun(third, A, 0);
    expect(third.refuse(A)).toBeUndefined();
  });

  it("lets a daemon that dies in every first run make only so many of them", async () => {
    await using directory = await makeTemporaryDirectory();
    const clock = createDrivenClock();
    let made = 0;
    for (let start = 0; start < 100; start += 1) {
      // oxlint-disable-next-line no-await-in-loop -- one start after the other
      const budget = await openBudget(directory.path, clock, [DEAR]);
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
    await makeRun(await openBudget(directory.path, clock), A, 300);
    const back = { ...clock, wallSeconds: () => EPOCH_SECONDS - 1e6 };
    const earlier = await openBudget(directory.path, back);
    await makeRun(earlier, A, 0);
    expect(earlier.refuse(A)).toMatchObject({ reason: "budget" });
    const forth = { ...clock, wallSeconds: () => EPOCH_SECONDS + 1e9 };
    const later = await openBudget(directory.path, forth);
    await makeRun(later, A, 100);
    expect(later.refuse(A)).toMatchObject({ reason: "budget" });
  });

  it("counts the run under way when the daemon dies, also with a clock that was set back", async () => {
    await using directory = await makeTemporaryDirectory();
    const clock = createDrivenClock();
    await makeRun(await openBudget(directory.path, clock, [DEAR]), DEAR, 60);
    const back = { ...clock, wallSeconds: () => EPOCH_SECONDS - 3600 };
    await (await openBudget(directory.path, back, [DEAR])).begin(DEAR, []);
    const next = await openBudget(directory.path, back, [DEAR]);
    await makeRun(next, DEAR, 0);
    expect(next.refuse(DEAR)).toMatchObject({ reason: "budget" });
  });

  it("counts what a run came to once it has ended", async () => {
    await using directory = await makeTemporaryDirectory();
    const clock = createDrivenClock();
    const budget = await openBudget(directory.path, clock, [DEAR]);
    await makeRun(budget, DEAR, 60);
    await makeRun(budget, DEAR, 0);
    const next = await openBudget(directory.path, clock, [DEAR]);
    await makeRun(next, DEAR, 0);
    expect(next.refuse(DEAR)).toBeUndefined();
  });

  it("is that of the last run's end when a power cut left nothing of use of one that had begun", async () => {
    await using directory = await makeTemporaryDirectory();
    const clock = createDrivenClock();
    await makeRun(await openBudget(directory.path, clock), A, 100);
    await writeFile(join(directory.path, "budget-begun.json"), "");
    const next = await openBudget(directory.path, clock);
    await makeRun(next, A, 0);
    expect(next.refuse(A)).toMatchObject({ reason: "budget" });
  });
});
