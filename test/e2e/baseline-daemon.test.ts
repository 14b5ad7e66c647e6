import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { createBaselineKeeper } from "../../src/baseline/baseline-keeper.ts";
import { createBaselineStore } from "../../src/baseline/store.ts";
import { systemClock } from "../../src/base/clock.ts";
import { createLifecycle } from "../../src/base/lifecycle.ts";
import { createLogger } from "../../src/base/logger.ts";
import type { CommandIo } from "../../src/commands/io.ts";
import { openHost } from "../../src/commands/open-host.ts";
import { createBudget } from "../../src/budget/budget.ts";
import { createDaemon } from "../../src/daemon.ts";
import { createHistory } from "../../src/history/history.ts";
import { createLane } from "../../src/lane/lane.ts";
import { parse } from "../config/fixtures.ts";
import { makeMetrics, value } from "../metrics/exposition-text.ts";
import { startDaemon } from "../support/daemon.ts";
import { makeEmulator, type EmulatorDirectory } from "../support/emulator.ts";
import { nativeFile } from "../support/native.ts";
import { makeTemporaryDirectory } from "../support/temporary-directory.ts";
import { until } from "../support/until.ts";
import { GIVEN, makeBench, MODEL, PROBES } from "./baseline-bench.ts";

const BASELINE = "cudaprobe_cold_start_baseline_duration_seconds";

test("a daemon follows what a command pins and clears, and keeps it while runs fail", async () => {
  await using bench = await makeBench();
  const { emulator } = bench;
  await using daemon = await startDaemon({ config: PROBES, emulator });
  const here = [`--storage.path=${daemon.storageDirectory}`, `--config.file=${daemon.configFile}`];
  const pinned = async (): Promise<number | undefined> =>
    value(await daemon.scrape(), BASELINE, { gpu: "0", probe: "cold", runtime: "driver" });
  await daemon.logged(["run succeeded", "probe=cold"]);
  expect(await pinned()).toBeUndefined();
  await bench.baseline([...GIVEN, ...here]);
  await until("the baseline", async () => (await pinned()) === 0.25);
  await emulator.configure(["fault = call=cuMemAlloc_v2 nth=1 code=2"]);
  const failed = await daemon.logged(["run failed", "probe=cold"]);
  await daemon.logged(["run failed", "probe=cold"], failed + 1);
  expect(await pinned()).toBe(0.25);
  await bench.baseline(["clear", "--all", ...here]);
  await until("the end of the baseline", async () => (await pinned()) === undefined);
});

test("a daemon has at its start what was pinned before, and survives a file of no use", async () => {
  await using bench = await makeBench();
  await using directory = await makeTemporaryDirectory();
  const setting = { config: PROBES, emulator: bench.emulator, storageDirectory: directory.path };
  await bench.baseline([...GIVEN, `--storage.path=${directory.path}`]);
  await using daemon = await startDaemon(setting);
  const pinned = async (): Promise<number | undefined> =>
    value(await daemon.scrape(), BASELINE, { probe: "cold" });
  await until("the first targets", async () => (await pinned()) !== undefined);
  expect(await pinned()).toBe(0.25);
  await writeFile(join(directory.path, "baselines.json"), "{half");
  await daemon.logged(["level=warn", "was set aside", "baselines.json.corrupt-"]);
  await until("the end of the baseline", async () => (await pinned()) === undefined);
  await daemon.logged(["run succeeded", "probe=cold"], daemon.log.length);
});

test("a daemon pins the median of its first good runs, and says so", async () => {
  await using directory = await makeTemporaryDirectory();
  await using emulator = await makeEmulator();
  await using daemon = await startPinningDaemon(3, { directory: directory.path, emulator });
  await until("the pinned baseline", () => daemon.log.some((line) => line.includes("pinned")));
  const line = daemon.log.find((said) => said.includes("baseline pinned")) ?? "";
  const [, seconds] = / seconds=([\d.e-]+) .*driverVersion=580\.159\.04 runs=3/.exec(line) ?? [];
  expect(line).toContain(`model="${MODEL}" probe=cold`);
  const pinned = async (): Promise<number | undefined> => value(await daemon.scrape(), BASELINE);
  await until("its metric", async () => (await pinned()) !== undefined);
  expect(await pinned()).toBe(Number(seconds));
  const text = await readFile(join(directory.path, "baselines.json"), "utf8");
  expect(JSON.parse(text)).toMatchObject({ value: [{ seconds: Number(seconds), runs: 3 }] });
});

/** The daemon's own wiring, which pins after so many runs rather than a hundred. */
async function startPinningDaemon(
  runsToPin: number,
  { directory, emulator }: { readonly directory: string; readonly emulator: EmulatorDirectory },
): Promise<
  AsyncDisposable & { readonly log: readonly string[]; readonly scrape: () => Promise<string> }
> {
  const log: string[] = [];
  const write = (line: string): number => log.push(line);
  const logger = createLogger({ level: "info", format: "logfmt", destination: { write } });
  const io = makeIo(emulator);
  const { clock, hostname } = io;
  const config = parse('probes: [{ name: cold, kind: cold_start, schedule: "* * * * * *" }]');
  const lifecycle = createLifecycle();
  const options = { driver: "emulator", storageDirectory: directory, config } as const;
  const host = await openHost(options, { io, logger, lifecycle });
  const metrics = makeMetrics(clock);
  const baselines = createBaselineKeeper(
    { runsToPin },
    {
      store: createBaselineStore(host.storage),
      clock,
      logger,
      driverVersion: () => host.facts.latest()?.driver?.driverVersion ?? "",
      publish: metrics.setBaselines,
    },
  );
  const budget = createBudget(config.limits, { storage: host.storage, clock, logger });
  const kept = { history: createHistory({ limit: 10 }), baselines, budget };
  const parts = { ...kept, lane: createLane(), metrics };
  const daemon = createDaemon(
    { config, hostname, executor: host.executorOptions },
    { ...host, ...parts, clock, logger },
  );
  await daemon.start();
  return {
    log,
    scrape: metrics.text,
    [Symbol.asyncDispose]: async () => {
      await daemon.stop();
      await lifecycle.close();
    },
  };
}

function makeIo(emulator: EmulatorDirectory): CommandIo {
  return {
    out: () => undefined,
    error: () => undefined,
    isTerminal: false,
    env: { CUDAPROBE_NATIVE_BUILD: nativeFile("."), CUDAPROBE_EMULATOR: emulator.path },
    hostname: "test",
    nodeVersion: process.version,
    revision: "unknown",
    clock: systemClock,
    packageDirectory: "",
    pid: process.pid,
    onSignal: () => () => undefined,
    exitNow: () => undefined,
  };
}
