// @ts-check
// A process with the built daemon in it, HTTP apart, that makes so many runs of one instant probe, each when the one before
// it can be seen in the metrics. Prints what the daemon added to each, and how the launcher was started:
// daemon-runs.js STORAGE RUNS
import { mkdir, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { join, resolve } from "node:path";
import { systemClock } from "../../../dist/base/clock.js";
import { createLifecycle } from "../../../dist/base/lifecycle.js";
import { createLogger } from "../../../dist/base/logger.js";
import { openDaemonState } from "../../../dist/commands/daemon-state.js";
import { openHost } from "../../../dist/commands/open-host.js";
import { readConfig } from "../../../dist/commands/session.js";
import { createDaemon } from "../../../dist/daemon.js";
import { createLane } from "../../../dist/lane/lane.js";

const CONFIG = `probes:\n  - { name: start, kind: cold_start, schedule: "0 0 1 1 *" }\n`;
const EMULATOR = "profile = h100\ngpus = 1\ntime_scale = 0\n";

const [storage = "", count = "0"] = process.argv.slice(2);
const configFile = join(storage, "cudaprobe.yml");
await mkdir(join(storage, "emulator"), { recursive: true });
await writeFile(join(storage, "emulator/emulator.conf"), EMULATOR);
await writeFile(configFile, CONFIG);

const io = {
  out: (/** @type {string} */ text) => process.stdout.write(text),
  error: (/** @type {string} */ text) => process.stderr.write(text),
  isTerminal: false,
  env: {},
  hostname: hostname(),
  pid: process.pid,
  nodeVersion: process.version,
  revision: "bench",
  clock: systemClock,
  packageDirectory: resolve(import.meta.dirname, "../../.."),
  onSignal: () => () => undefined,
  exitNow: (/** @type {number} */ code) => process.exit(code),
};
/** @type {import("../../../dist/commands/serve-flags.js").ServeFlags} */
const flags = {
  driver: "emulator",
  "config.file": configFile,
  "storage.path": storage,
  "web.listenAddress": [],
  "web.telemetryPath": "/metrics",
  "web.maxRequests": 40,
  "log.level": "info",
  "log.format": "logfmt",
};
const read = await readConfig(flags, io);
if (!read.ok) throw new Error(`${configFile} is no configuration`);
const config = read.value;
const logger = createLogger({ level: "info", format: "logfmt" });
const lifecycle = createLifecycle();
const host = await openHost(
  { driver: "emulator", storageDirectory: storage, config },
  { io, logger, lifecycle },
);
const state = openDaemonState(host, { flags, config, version: "0.0.0" }, { io, logger });

/** @type {import("../../../dist/runner/run.js").RunRequest | undefined} */
let request;
let seenAtSeconds = 0;
let looks = 0;
host.facts.subscribe(() => (looks += 1));
const daemon = createDaemon(
  { config, hostname: io.hostname, executor: host.executorOptions },
  {
    ...host,
    ...state,
    // Nothing is changed on the way: it is looked at from where its caller is.
    runner: async (asked, signal) => host.runner((request = asked), signal),
    metrics: {
      ...state.metrics,
      recordRun: (record) => {
        state.metrics.recordRun(record);
        seenAtSeconds = systemClock.monotonicSeconds();
      },
    },
    clock: systemClock,
    logger,
    lane: createLane(),
  },
);
const started = await daemon.start();
if (!started.ok) throw new Error("the daemon did not start");
/** @type {import("./costs.js").RunCost[]} */
const costs = [];
while (costs.length < Number(count)) {
  // oxlint-disable-next-line no-await-in-loop -- a run waits for the one before it
  costs.push(...(await runOnce()));
}
await daemon.stop();
await lifecycle.close();
process.stdout.write(JSON.stringify({ costs, request, laneFile: host.workspace.laneFile }));

/** Nothing where the target was at work already. @returns {Promise<readonly import("./costs.js").RunCost[]>} */
async function runOnce() {
  const [target] = daemon.targets();
  const looksBefore = looks;
  const dueAtSeconds = systemClock.monotonicSeconds();
  const asked = await daemon.runNow(target?.id ?? "");
  const record = asked.ok ? asked.value : undefined;
  if (record?.type !== "run") return [];
  const [instance] = record.end.report.instances;
  const main = instance?.phases.find(({ phase }) => phase === "spawn")?.endedAtSeconds;
  const reaped = instance?.reaped?.atSeconds;
  if (main === undefined || reaped === undefined) throw new Error(JSON.stringify(record.end));
  return [
    {
      beforeSeconds: main - dueAtSeconds,
      afterSeconds: seenAtSeconds - reaped,
      hasLooked: looks > looksBefore,
    },
  ];
}
