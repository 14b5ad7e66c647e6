// @ts-check
// `npm run torture`: the built daemon on 8 emulated GPUs in a storm of faults, and whether what it
// promises holds: see docs/torture.md. The same seed draws the same faults; when they meet which run
// is the machine's affair. Exit code 1 when something does not hold.
//
//   npm run torture -- [--minutes=30] [--seed=1] [--p99-milliseconds=100] [--json=FILE] [--log=FILE]
import { createWriteStream } from "node:fs";
import { writeFile } from "node:fs/promises";
import { parseArgs } from "node:util";

import { makeRandom } from "./detection/random.js";
import { configText, NEVER } from "./torture/config.js";
import { readCounters } from "./torture/counters.js";
import { replaceFile, startDaemon } from "./torture/daemon.js";
import { pause } from "./torture/faults/fault.js";
import { judge } from "./torture/invariants.js";
import { measureLatency } from "./torture/latency.js";
import { findLeftFiles } from "./torture/leftovers.js";
import { settledMemory, watchMemory } from "./torture/memory.js";
import { makePlaces, removePlaces } from "./torture/places.js";
import { preferProcess } from "./torture/priority.js";
import { ownProcesses } from "./torture/processes.js";
import { print, toReport } from "./torture/report.js";
import { storm } from "./torture/storm.js";
import { watchProcesses } from "./torture/watch.js";

const { values: flags } = parseArgs({
  options: {
    minutes: { type: "string", default: "30" },
    seed: { type: "string", default: "1" },
    "p99-milliseconds": { type: "string", default: "100" },
    json: { type: "string" },
    log: { type: "string" },
  },
});
const seconds = Number(flags.minutes) * 60;
/** What follows grows to its size in it, and what the storm began comes to its end. */
const WARM_UP_SECONDS = Math.min(90, seconds / 4);
const CALM_SECONDS = 25;
const MEMORY_SECONDS = 5;
const LEAVE_SECONDS = 90;

const places = await makePlaces();
try {
  const daemon = await startDaemon(places);
  if (flags.log !== undefined) {
    const log = createWriteStream(flags.log);
    daemon.lines.on("line", (line) => log.write(`${line}\n`));
  }
  const result = await torture(daemon).catch((error) => {
    daemon.signal("SIGKILL");
    throw error;
  });
  print(flags, result);
  if (flags.json !== undefined) await writeFile(flags.json, toReport(result));
  process.exitCode = result.invariants.every(({ holds }) => holds) ? 0 : 1;
} finally {
  await removePlaces(places);
}

/** @param {import("./torture/daemon.js").Daemon} daemon */
async function torture(daemon) {
  const { random, pick } = openDice(Number(flags.seed));
  const watch = watchProcesses(daemon.pid);
  const memory = watchMemory(daemon.pid);
  /** @type {Map<string, Promise<void>>} */
  const going = new Map();
  const scrapes = measureLatency(daemon.port, () => going.keys());
  const preferred = [daemon.pid, scrapes.pid].map(preferProcess);
  const isPreferred = (await Promise.all(preferred)).every(Boolean);
  await pause(WARM_UP_SECONDS - MEMORY_SECONDS);
  const memoryBefore = await settledMemory(daemon.pid, MEMORY_SECONDS);
  const countersBefore = await readCounters(daemon.address);
  const stormSeconds = Math.max(0, seconds - WARM_UP_SECONDS - CALM_SECONDS);
  const done = await storm({ daemon, places, random, pick }, { seconds: stormSeconds, going });
  await pause(CALM_SECONDS - MEMORY_SECONDS);
  const memoryAfter = await settledMemory(daemon.pid, MEMORY_SECONDS);
  const left = await emptyHouse(daemon);
  scrapes.stop();
  watch.stop();
  memory.stop();
  const end = await stop(daemon);
  const observed = {
    latency: scrapes.figures(),
    minutes: seconds / 60,
    isPreferred,
    p99Limit: Number(flags["p99-milliseconds"]),
    tally: daemon.tally,
    countersBefore,
    watch,
    memoryBefore,
    memoryAfter,
    end,
    ...left,
  };
  const invariants = judge(observed);
  return { done, tally: daemon.tally, invariants, residentEachMinute: memory.eachMinute };
}

/** @param {number} seed */
function openDice(seed) {
  const random = makeRandom(seed);
  /** @template T @param {readonly T[]} from */
  const pick = (from) => {
    const [found] = from.slice(Math.floor(random() * from.length));
    if (found === undefined) throw new Error("there is nothing to pick from");
    return found;
  };
  return { random, pick };
}

/** Nothing is due any more: what is there then is left over, and the log says no more. @param {import("./torture/daemon.js").Daemon} daemon */
async function emptyHouse(daemon) {
  await replaceFile(places.config, configText(NEVER));
  daemon.signal("SIGHUP");
  let left = findLeft(daemon.pid);
  for (const end = performance.now() + LEAVE_SECONDS * 1000; performance.now() < end;) {
    await pause(2);
    left = findLeft(daemon.pid);
    const { begun, ended, leftOut } = daemon.tally.counts;
    if (left.length === 0 && begun === ended + leftOut) break;
  }
  const leftProcesses = left.map(
    ({ program, pid, state }) => `${program} (${pid}, state ${state})`,
  );
  const leftFiles = await findLeftFiles(places, daemon.pid);
  return { leftProcesses, leftFiles, counters: await readCounters(daemon.address) };
}

/** All but the one launcher that may wait for the next run. @param {number} daemon */
function findLeft(daemon) {
  const all = ownProcesses(daemon);
  const ahead = all.find(({ isAhead }) => isAhead);
  return all.filter((found) => found !== ahead);
}

/** @param {import("./torture/daemon.js").Daemon} daemon */
async function stop(daemon) {
  const began = performance.now();
  daemon.signal("SIGTERM");
  const late = setTimeout(() => daemon.signal("SIGKILL"), LEAVE_SECONDS * 1000);
  const end = await daemon.ended;
  clearTimeout(late);
  return { ...end, seconds: (performance.now() - began) / 1000 };
}
