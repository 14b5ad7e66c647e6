import { describe, expect, it } from "vitest";
import type { EndedRun } from "../../src/history/record.ts";
import { footprint } from "../../src/probes/footprint.ts";
import { makeRun, makeSkip, makeTarget, makeTimeout } from "../metrics/records.ts";
import { makeTemporaryDirectory } from "../support/temporary-directory.ts";
import { clock, openKeeper, target, took } from "./keeper-bench.ts";

const KEY = {
  model: target.device?.name,
  probe: "cold_start",
  runtime: "driver",
  concurrency: "1",
};

function missed(run: EndedRun): EndedRun {
  return { ...run, circumstances: { ...run.circumstances, cacheMiss: true } };
}

describe("a baseline that is pinned by itself", () => {
  it("is the median of 100 good runs, and not there after 99", async () => {
    await using directory = await makeTemporaryDirectory();
    const keeper = await openKeeper(directory);
    await keeper.runs(50, 0.25);
    await keeper.runs(49, 0.75);
    expect(keeper.published()).toEqual([]);
    expect(await keeper.store.read()).toEqual([]);
    await keeper.runs(1, 0.75);
    expect(keeper.published()).toEqual([[target.id, 0.5]]);
    expect(await keeper.store.read()).toEqual([
      {
        ...KEY,
        seconds: 0.5,
        driverVersion: "580.1",
        atSeconds: clock.wallSeconds(),
        runs: 100,
      },
    ]);
    expect(keeper.lines).toEqual([
      expect.stringMatching(/level=info .*baseline pinned.* seconds=0.5 .*runs=100/),
    ]);
  });

  it("is not of runs that failed, were left out or had to compile", async () => {
    await using directory = await makeTemporaryDirectory();
    const keeper = await openKeeper({ ...directory, runsToPin: 2 });
    await keeper.runs(1);
    await keeper.record(makeTimeout(target, clock));
    await keeper.record(makeSkip(target, clock));
    await keeper.record(missed(took(0.25)));
    await keeper.record(makeRun(target, clock, { outcome: "skipped", reason: "not_supported" }));
    expect(keeper.published()).toEqual([]);
    await keeper.runs(1);
    expect(keeper.published()).toEqual([[target.id, 0.25]]);
  });

  it("stays when runs are slower, when they fail, and with another driver", async () => {
    await using directory = await makeTemporaryDirectory();
    const keeper = await openKeeper({ ...directory, runsToPin: 2 });
    await keeper.runs(2, 0.25);
    keeper.changeDriver("590.1");
    await keeper.runs(5, 0.5);
    await keeper.record(makeTimeout(target, clock));
    expect(keeper.published()).toEqual([[target.id, 0.25]]);
    expect(await keeper.store.read()).toMatchObject([{ seconds: 0.25, driverVersion: "580.1" }]);
  });

  it("is of one driver: another one in between starts the count anew", async () => {
    await using directory = await makeTemporaryDirectory();
    const keeper = await openKeeper({ ...directory, runsToPin: 2 });
    await keeper.runs(1, 0.25);
    keeper.changeDriver("590.1");
    await keeper.runs(1, 0.5);
    expect(keeper.published()).toEqual([]);
    await keeper.runs(1, 0.5);
    expect(await keeper.store.read()).toMatchObject([{ seconds: 0.5, driverVersion: "590.1" }]);
  });

  it("is of one configuration of its probe", async () => {
    await using directory = await makeTemporaryDirectory();
    const keeper = await openKeeper({ ...directory, runsToPin: 2 });
    await keeper.runs(1, 0.25);
    await keeper.runs(1, 0.5, makeTarget(0, { options: { module_loading: "eager" } }));
    expect(keeper.published()).toEqual([]);
  });

  it("is shared by the GPUs of a model: the first to have enough runs pins it", async () => {
    await using directory = await makeTemporaryDirectory();
    const other = makeTarget(1);
    const keeper = await openKeeper({ ...directory, runsToPin: 2, targets: [target, other] });
    await keeper.runs(1, 0.25);
    await keeper.runs(1, 0.5, other);
    expect(keeper.published()).toEqual([]);
    await keeper.runs(1, 0.5, other);
    await keeper.runs(2, 0.25);
    expect(keeper.published()).toEqual([
      [target.id, 0.5],
      [other.id, 0.5],
    ]);
  });

  it("is not shared with an emulated GPU, nor with another probe", async () => {
    await using directory = await makeTemporaryDirectory();
    const device = { gpu: 0, gpuUuid: "GPU-e", migUuid: "", name: `EMULATED ${KEY.model}` };
    const emulated = { ...target, id: "cold_start@GPU-e", device };
    const warm = makeTarget(0, { name: "warm" });
    const targets = [target, emulated, warm];
    const keeper = await openKeeper({ ...directory, runsToPin: 1, targets });
    await keeper.runs(1, 0.0625, emulated);
    expect(keeper.published()).toEqual([[emulated.id, 0.0625]]);
    await keeper.runs(1, 0.25);
    await keeper.runs(1, 0.375, warm);
    expect(keeper.published()).toEqual([
      [target.id, 0.25],
      [emulated.id, 0.0625],
      [warm.id, 0.375],
    ]);
  });

  it("is not made of other kinds", async () => {
    await using directory = await makeTemporaryDirectory();
    const other = makeTarget(0, { kind: footprint });
    const keeper = await openKeeper({ ...directory, runsToPin: 1, targets: [other] });
    await keeper.runs(2, 0.25, other);
    expect(await keeper.store.read()).toEqual([]);
  });
});

describe("a restart", () => {
  it("keeps what is pinned, and counts from 0 what is not", async () => {
    await using directory = await makeTemporaryDirectory();
    const other = makeTarget(0, { name: "warm" });
    const setting = { ...directory, runsToPin: 2, targets: [target, other] };
    const before = await openKeeper(setting);
    await before.runs(2, 0.25);
    await before.runs(1, 0.375, other);
    const after = await openKeeper(setting);
    expect(after.published()).toEqual([[target.id, 0.25]]);
    await after.runs(1, 0.375, other);
    expect(after.published()).toEqual([[target.id, 0.25]]);
  });
});

describe("what a command does to the file meanwhile", () => {
  it("is seen when the next run ends, whatever becomes of it", async () => {
    await using directory = await makeTemporaryDirectory();
    const keeper = await openKeeper({ ...directory, runsToPin: 2 });
    await keeper.runs(2, 0.25);
    const [pinned] = await keeper.store.read();
    if (pinned === undefined) throw new Error("nothing is pinned");
    const command = await openKeeper(directory);
    await command.store.pin({ ...pinned, seconds: 0.7, runs: 0 });
    await keeper.record(makeTimeout(target, clock));
    expect(keeper.published()).toEqual([[target.id, 0.7]]);
  });

  it("lets a baseline that was cleared be pinned anew, of as many new runs", async () => {
    await using directory = await makeTemporaryDirectory();
    const keeper = await openKeeper({ ...directory, runsToPin: 2 });
    await keeper.runs(3, 0.25);
    await (await openKeeper(directory)).store.clear(() => true);
    await keeper.runs(1, 0.5);
    expect(keeper.published()).toEqual([]);
    await keeper.runs(1, 0.5);
    expect(keeper.published()).toEqual([[target.id, 0.5]]);
  });
});

describe("a storage that cannot be written", () => {
  it("costs one warning of the keeper, and nothing is published that is not kept", async () => {
    const keeper = await openKeeper({ path: "/proc", runsToPin: 2 });
    await keeper.runs(5);
    expect(keeper.published()).toEqual([]);
    const warnings = keeper.lines.filter((line) => line.includes("a baseline cannot be kept"));
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toMatch(/level=warn .*error="the storage directory cannot be written/);
  });
});
