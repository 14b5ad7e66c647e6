// What does it cost to list the processes of a busy host? Starts so many sleeping processes, gives
// them to emulated GPUs as their tenants, runs process_memory through the launcher, and tells what
// the probe takes, and what it takes the daemon to make series of what the probe says. It needs no
// GPU, and uses none.
//
//   node native/bench/process-memory.js [--package=DIR] [--native=DIR] [--iterations=20]
//   [--processes=1000] [--gpus=8] > process-memory.json
import { spawnSync } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";

import { startSleepers } from "./sleepers.js";

const { values: flags } = parseArgs({
  options: {
    package: { type: "string", default: "." },
    native: { type: "string", default: "native/build" },
    iterations: { type: "string", default: "20" },
    processes: { type: "string", default: "1000" },
    gpus: { type: "string", default: "8" },
  },
});

const importFrom = (module) => import(resolve(flags.package, "dist", module));
const { systemClock } = await importFrom("base/clock.js");
const { nameOwners } = await importFrom("containers/name-owners.js");
const { createMetrics } = await importFrom("metrics/metrics.js");
const { processMemory } = await importFrom("probes/process-memory.js");
const { createOutput } = await importFrom("runner/output.js");
const { summarize } = await importFrom("statistics/summary.js");

const measurement = processMemory.measurement({});
const BUILD = { version: "", revision: "", node: "" };
const target = { id: "bench", probe: { name: "bench", kind: processMemory, measurement } };
const directory = await mkdtemp(join(tmpdir(), "cudaprobe-bench-"));
const sleepers = await startSleepers(Number(flags.processes));
try {
  await writeFile(join(directory, "emulator.conf"), describeGpus(sleepers.pids));
  // Fills the page cache, and has the daemon's part compiled as in a daemon that has been up for long.
  for (let index = 0; index < 10; index += 1) await measure();
  const runs = [];
  for (let index = 0; index < Number(flags.iterations); index += 1) runs.push(await measure());
  process.stdout.write(`${JSON.stringify(report(runs), undefined, 1)}\n`);
} finally {
  await sleepers.stop();
  await rm(directory, { recursive: true });
}

function describeGpus(pids) {
  const tenants = pids.map((pid, index) => {
    const bytes = 2 ** 20 * (16 + (index % 97));
    return `tenant = gpu=${index % Number(flags.gpus)} pid=${pid} type=compute bytes=${bytes}`;
  });
  return ["profile = h100", `gpus = ${flags.gpus}`, "time_scale = 0", ...tenants, ""].join("\n");
}

async function measure() {
  const text = runProbe();
  const metrics = createMetrics(
    { kinds: [processMemory], build: BUILD, exporterMetrics: false },
    { clock: systemClock },
  );
  metrics.setTargets([target], new Map());
  const laps = startLaps();
  const output = fold(text);
  laps.mark("fold");
  const end = nameOwners({ outcome: "success", report: output.report() });
  laps.mark("owners");
  const circumstances = { cacheMiss: false, laneWaitSeconds: 0 };
  metrics.recordRun({ type: "run", target, atSeconds: 0, end, circumstances });
  laps.mark("record");
  // Every series is new to these metrics: a daemon has less to do.
  const page = await metrics.text();
  laps.mark("render");
  const [instance] = end.report.instances;
  if (instance?.result?.outcome !== "success") throw new Error(text.toString());
  return { instance, outputBytes: text.length, pageBytes: page.length, laps: laps.seconds };
}

function runProbe() {
  const library = resolve(flags.native, "emulator/libnvidia-ml.so.1");
  const args = measurement.args({ processesPerDevice: 64, libnvidiaMl: library });
  const { stdout, stderr, error } = spawnSync(
    resolve(flags.native, "launcher"),
    ["--", resolve(flags.native, "probes/process_memory"), ...args],
    {
      env: { PATH: "/usr/bin:/bin", CUDAPROBE_EMULATOR: directory },
      maxBuffer: measurement.maxOutputBytes,
    },
  );
  if (error !== undefined) throw error;
  process.stderr.write(stderr);
  return stdout;
}

function fold(text) {
  const listeners = { onLine: () => undefined, onProblem: () => undefined };
  const maxBytes = measurement.maxOutputBytes;
  const output = createOutput({ instances: 1, maxBytes, ...listeners });
  output.write(text);
  output.end();
  return output;
}

function startLaps() {
  const seconds = {};
  let before = performance.now();
  return {
    seconds,
    mark: (name) => {
      const now = performance.now();
      seconds[name] = (now - before) / 1000;
      before = now;
    },
  };
}

function report(runs) {
  const each = (pick) => summarize(runs.map(pick));
  const [{ instance, outputBytes, pageBytes }] = runs;
  const laps = Object.keys(runs[0].laps);
  return {
    limits: { probeCpuSeconds: 0.05, probeWallSeconds: 0.06, daemonSeconds: 0.02 },
    processes: Number(flags.processes),
    gpus: Number(flags.gpus),
    listed: instance.samples.filter(({ name }) => name === "process_memory_bytes").length,
    outputBytes,
    pageBytes,
    probeCpuSeconds: each((run) => run.instance.reaped.cpuSeconds),
    probeWallSeconds: each((run) => run.instance.reaped.atSeconds - run.instance.spawnedAtSeconds),
    daemonSeconds: each((run) => laps.reduce((sum, name) => sum + run.laps[name], 0)),
    daemonParts: Object.fromEntries(laps.map((name) => [name, each((run) => run.laps[name])])),
  };
}
