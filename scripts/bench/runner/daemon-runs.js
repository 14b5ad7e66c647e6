// What is compiled has no types, so those of the source are written here and not checked against it.
// A process with the built daemon in it, HTTP apart, that makes so many runs of one instant probe, each when the one before
// it can be seen in the metrics. Prints what the daemon added to each, and how the launcher was started:
// daemon-runs.js STORAGE RUNS
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { systemClock } from "../../../dist/base/clock.js";
import { keepOldSpaceSmall, keepYoungSpaceSmall } from "../../../dist/base/small-heap.js";
import { createDaemon } from "../../../dist/daemon.js";
import { createLane } from "../../../dist/lane/lane.js";
import { BETWEEN_RUNS_MILLISECONDS } from "./costs.js";
import { openBuilt } from "./open-built.js";

const CONFIG = `probes:\n  - { name: start, kind: cold_start, schedule: "0 0 1 1 *" }\n`;
const EMULATOR = "profile = h100\ngpus = 1\ntime_scale = 0\n";

keepYoungSpaceSmall();
const [storage = "", count = "0"] = process.argv.slice(2);
const configFile = join(storage, "cudaprobe.yml");
await mkdir(join(storage, "emulator"), { recursive: true });
await writeFile(join(storage, "emulator/emulator.conf"), EMULATOR);
await writeFile(configFile, CONFIG);

const { io, config, logger, lifecycle, host, state } = await openBuilt(configFile, storage);

/** @type {import("../../../src/runner/run.ts").RunRequest | undefined} */
let request;
let seenAtSeconds = 0;
let payingSeconds = 0;
let looks = 0;
host.facts.subscribe(() => (looks += 1));
/** @type {import("../../../src/daemon.ts").Daemon} */
const daemon = createDaemon(
  { config, hostname: io.hostname, executor: host.executorOptions },
  {
    ...host,
    ...state,
    // Nothing is changed on the way: it is looked at from where its caller is.
    runner: watchRunner(host.runner),
    metrics: watchMetrics(state.metrics),
    budget: watchBudget(state.budget),
    clock: systemClock,
    logger,
    lane: createLane(),
  },
);
const started = await daemon.start();
// As `cudaprobe serve` does when it is ready.
keepOldSpaceSmall();
if (!started.ok) throw new Error("the daemon did not start");
/** @type {import("./costs.js").RunCost[]} */
const costs = [];
while (costs.length < Number(count)) {
  // oxlint-disable-next-line no-await-in-loop -- a run waits for the one before it
  costs.push(...(await runOnce()));
  // oxlint-disable-next-line no-await-in-loop -- as runs do that are due
  await wait(BETWEEN_RUNS_MILLISECONDS);
}
await daemon.stop();
await lifecycle.close();
process.stdout.write(JSON.stringify({ costs, request, laneFile: host.workspace.laneFile }));

/** @param {import("../../../src/runner/run.ts").Runner} runner @returns {import("../../../src/runner/run.ts").Runner} */
function watchRunner(runner) {
  return async (asked, signal) => runner((request = asked), signal);
}

/** @param {import("../../../src/metrics/metrics.ts").Metrics} metrics @returns {import("../../../src/metrics/metrics.ts").Metrics} */
function watchMetrics(metrics) {
  return {
    ...metrics,
    recordRun: (record) => {
      metrics.recordRun(record);
      seenAtSeconds = systemClock.monotonicSeconds();
    },
  };
}

/** @param {import("../../../src/budget/budget.ts").Budget} budget @returns {import("../../../src/budget/budget.ts").Budget} */
function watchBudget(budget) {
  return {
    ...budget,
    begin: async (target, peers) => {
      const began = systemClock.monotonicSeconds();
      await budget.begin(target, peers);
      payingSeconds = systemClock.monotonicSeconds() - began;
    },
  };
}

/** Nothing where the target was at work already. @returns {Promise<readonly import("./costs.js").RunCost[]>} */
async function runOnce() {
  const [target] = daemon.targets();
  const looksBefore = looks;
  const dueAtSeconds = systemClock.monotonicSeconds();
  const asked = await daemon.runNow(target?.id ?? "");
  const record = asked.ok ? asked.value : undefined;
  if (record?.type !== "run") return [];
  return [{ ...toCost(record.end, dueAtSeconds), hasLooked: looks > looksBefore }];
}

/** @param {import("../../../src/runner/run.ts").RunEnd} end @param {number} dueAtSeconds */
function toCost(end, dueAtSeconds) {
  const [instance] = end.report.instances;
  const main = instance?.phases.find(({ phase }) => phase === "spawn")?.endedAtSeconds;
  const reaped = instance?.reaped?.atSeconds;
  if (main === undefined || reaped === undefined) throw new Error(JSON.stringify(end));
  return {
    beforeSeconds: main - dueAtSeconds,
    afterSeconds: seenAtSeconds - reaped,
    payingSeconds,
  };
}
