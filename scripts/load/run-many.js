// @ts-check
import { readdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { ROOT, withDaemon } from "./daemon.js";
import { fetchText } from "./fetch.js";
import { sumOf } from "./scrape-many.js";

/** A fault that never comes, which makes the emulator count the starts. */
const COUNTED = "fault = call=cuInit nth=1000000000 scope=host slow_seconds=0.001";

/** Each due in every second: more than there is time for. Seven of eight start the driver, the others fail at once, and so wait longer and longer. */
const PROBES = Array.from({ length: 32 }, (_, index) => index);

/** How often is looked, and every how many of these looks is a scrape, as from a Prometheus. */
const LOOK_MILLISECONDS = 250;
const LOOKS_A_SCRAPE = 40;

/** @typedef {Awaited<ReturnType<typeof runMany>>} RunResult */

/**
 * So many runs and a few more. Of every tenth of them there is the least resident memory that was seen in it, and at half of them and
 * at the end what is alive of the heap.
 * @param {{ readonly runs: number }} options
 */
export async function runMany({ runs }) {
  const setting = { emulator: ["gpus = 1", "time_scale = 0", COUNTED], level: "info" };
  return withDaemon({ ...setting, config: "probes: []\n" }, async (daemon, directory) => {
    const failures = join(directory, "failures");
    await writeFile(failures, "");
    await writeFile(join(directory, "cudaprobe.yml"), makeConfig(failures));
    process.kill(daemon.pid, "SIGHUP");
    const url = `http://${daemon.address}/metrics`;
    const began = performance.now();
    /** @type {{ runs: number, residentBytes: number, liveBytes?: number }[]} */
    const memory = [];
    for (let least = Infinity, look = 1; memory.length < 10; look += 1) {
      await wait(LOOK_MILLISECONDS);
      if (look % LOOKS_A_SCRAPE === 0) await fetchText(url, {});
      least = Math.min(least, await daemon.residentBytes());
      const started = await countStarts(directory, failures);
      if (started < ((memory.length + 1) * runs) / 10) continue;
      const live = [4, 9].includes(memory.length) ? { liveBytes: await daemon.liveBytes() } : {};
      memory.push({ runs: started, residentBytes: least, ...live });
      least = Infinity;
    }
    const seconds = Math.round((performance.now() - began) / 1000);
    const counts = await settledCounts(url, { daemon, directory, failures });
    // On a host that is too busy a start may fail by itself.
    const others = daemon.log.filter((line) => /"probe":"start_.*"msg":"run failed"/.test(line));
    return { ...counts, others: others.slice(0, 5), seconds, memory };
  });
}

/** @param {string} failures */
function makeConfig(failures) {
  const common = 'kind: cold_start, schedule: "* * * * * *"';
  const argv = JSON.stringify(["/bin/sh", join(ROOT, "scripts/load/fail-at-once.sh"), failures]);
  const failing = `runtime: command, argv: ${argv}, phases: [work]`;
  const probes = PROBES.map((index) =>
    index % 8 === 0
      ? `  - { name: fail_${index}, ${common}, ${failing} }`
      : `  - { name: start_${index}, ${common} }`,
  );
  // What is kept of runs is full long before a tenth of them, and nobody else wants the GPU.
  return `probes:\n${probes.join("\n")}\nlimits: { history: 2, duty_cycle: 100% }\n`;
}

/**
 * Between two runs all counts agree; as long as one is under way they do not, and if one is lost they never do.
 * @param {string} url
 * @param {{ daemon: import("./daemon.js").LoadedDaemon, directory: string, failures: string }} sources
 */
async function settledCounts(url, { daemon, directory, failures }) {
  const count = async () => {
    const startsBefore = await countStarts(directory, failures);
    const { text } = await fetchText(url, {});
    const started = await countStarts(directory, failures);
    return {
      started,
      isStill: started === startsBefore,
      ended: sumOf(text, "cudaprobe_runs_total"),
      failed: sumOf(text, "cudaprobe_run_failures_total"),
      failuresStarted: (await stat(failures)).size,
      failuresLogged: daemon.log.filter((line) => line.includes('"msg":"run failed"')).length,
    };
  };
  let last = await count();
  const deadline = performance.now() + 60_000;
  while (performance.now() < deadline) {
    const { isStill, started, ended, failed, failuresStarted, failuresLogged } = last;
    if (isStill && started === ended && failed >= failuresStarted && failed === failuresLogged)
      break;
    await wait(20);
    last = await count();
  }
  return last;
}

/** @param {string} directory @param {string} failures */
async function countStarts(directory, failures) {
  const names = await readdir(directory);
  const counters = names.filter((name) => name.startsWith("fault-"));
  const counts = await Promise.all(
    counters.map(async (name) => Number((await readFile(join(directory, name))).readBigUInt64LE())),
  );
  return counts.reduce((sum, value) => sum + value, 0) + (await stat(failures)).size;
}
