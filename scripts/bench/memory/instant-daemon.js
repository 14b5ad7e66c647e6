// What is compiled has no types, so those of the source are written here and not checked against it.
// A process with the built daemon in it, all of it real but for one thing: of each target the first run alone
// starts a process. Further ones have the same end at once, and no budget refuses them. Makes so many runs, as fast as they go, through the daemon's
// own queue, gates, executor, budget, history and metrics, and is scraped meanwhile:
// instant-daemon.js CONFIG STORAGE RUNS
import { setTimeout as wait } from "node:timers/promises";
import { systemClock } from "../../../dist/base/clock.js";
import { keepOldSpaceSmall, keepYoungSpaceSmall } from "../../../dist/base/small-heap.js";
import { viewPast } from "../../../dist/commands/past-view.js";
import { viewStatus } from "../../../dist/commands/view-status.js";
import { createDaemon } from "../../../dist/daemon.js";
import { createApp } from "../../../dist/http/app.js";
import { listen } from "../../../dist/http/listen.js";
import { createLane } from "../../../dist/lane/lane.js";
import { openBuilt } from "../open-built.js";
import { makeInstant } from "./instant-runner.js";

const BUSY_MILLISECONDS = 20;

keepYoungSpaceSmall();
const [configFile = "", storage = "", runs = "0"] = process.argv.slice(2);
const { io, config, logger, host, state } = await openBuilt(configFile, storage);
// Runs that end at once have the context times of those that did not, which are more than there is time for.
const budget = { ...state.budget, refuse: () => undefined };
const parts = { ...host, ...state, budget, clock: systemClock, logger, lane: createLane() };
/** @type {import("../../../src/daemon.ts").Daemon} */
const daemon = createDaemon(
  { config, hostname: io.hostname, executor: host.executorOptions },
  { ...parts, runner: makeInstant(host.runner) },
);
const app = createApp(
  { telemetryPath: "/metrics", maxRequests: 40, enableLifecycle: false, version: "0.0.0" },
  {
    logger,
    clock: systemClock,
    metrics: state.metrics,
    ready: () => ({ ok: true, value: undefined }),
    status: () => viewStatus(host, { ...state, daemon }, io),
    reload: async () => ({ ok: true, value: "unchanged" }),
    targets: daemon.targets,
    runNow: daemon.runNow,
    pause: daemon.pause,
    isIdle: daemon.isIdle,
    past: viewPast({ ...state, targets: daemon.targets }),
  },
);
await listen(app, ["127.0.0.1:0"], { logger, clock: systemClock, secure: undefined });
await daemon.start();
// As `cudaprobe serve` does when it is ready.
keepOldSpaceSmall();
await Promise.all(daemon.targets().map(runAgainAndAgain));

/** @param {{ readonly id: string }} target @param {number} _ @param {readonly unknown[]} targets */
async function runAgainAndAgain({ id }, _, { length }) {
  for (let run = 0; run < Number(runs) / length;) {
    // oxlint-disable-next-line no-await-in-loop -- a target runs once at a time
    const asked = await daemon.runNow(id);
    if (asked.ok) run += 1;
    // What is due by its schedule comes first.
    // oxlint-disable-next-line no-await-in-loop
    else await wait(BUSY_MILLISECONDS);
  }
}
