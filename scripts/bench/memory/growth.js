// @ts-check
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { median } from "simple-statistics";
import { ROOT, withDaemon } from "../../load/daemon.js";
import { sumOf, untilMeasured } from "../../load/scrape-many.js";
import { withTemporaryDirectory } from "./directory.js";
import { LIVE_FLAGS, readLive } from "./live.js";
import { withServer } from "./server.js";
import { scrapeOnce, watchResident } from "./watch.js";

/** What is kept of runs is full by then, where all of it is 50 of each of 33 targets and they take turns. */
const WARM_UP_RUNS = 2000;
const WARM_UP_SHARE = 0.1;
/** Over so many seconds is looked before each comparison. */
const WINDOW_SECONDS = 10;

/** So much may runs use of a GPU that the budget leaves none of them out. */
const LIMITS = "limits:\n  duty_cycle: 100%\n  transferred_bytes_per_hour: 1048576GiB\n";

const EMULATOR = ["gpus = 8", "time_scale = 0"];

/** @typedef {{ readonly runs: number, readonly residentBytes: number, readonly liveBytes: number }} Moment */
/** @typedef {{ readonly pid: number, readonly address: string, readonly log: readonly string[] }} Asked */

/** The configuration that is shipped, without a budget. */
export async function unlimitedConfig() {
  const text = await readFile(join(ROOT, "config/cudaprobe.yml"), "utf8");
  return text.replace(/^limits:\n/m, LIMITS);
}

/** A daemon whose runs end at once, and which makes so many. @param {number} runs @param {(line: string) => void} say */
export async function growInstantly(runs, say) {
  return withTemporaryDirectory(async (directory) => {
    const config = join(directory, "cudaprobe.yml");
    await writeFile(config, await unlimitedConfig());
    const lines = ["profile = h100", ...EMULATOR];
    await writeFile(join(directory, "emulator.conf"), `${lines.join("\n")}\n`);
    const program = join(import.meta.dirname, "instant-daemon.js");
    // A few more than are looked for, so that none of the looks is at a daemon that rests.
    const args = [config, join(directory, "state"), String(Math.ceil(runs * 1.1))];
    return withServer(
      [process.execPath, ...LIVE_FLAGS, program, ...args],
      async (daemon) => compareMoments(daemon, runs, say),
      { CUDAPROBE_EMULATOR: directory },
    );
  });
}

/** @param {Asked} daemon @param {number} runs @param {(line: string) => void} say */
async function compareMoments(daemon, runs, say) {
  await untilMeasured(`http://${daemon.address}/metrics`);
  const warm = await momentAfter(daemon, Math.max(WARM_UP_RUNS, runs * WARM_UP_SHARE));
  say(`    warm after ${warm.runs} runs`);
  const end = await momentAfter(daemon, runs);
  return { warm, end };
}

/** @param {Asked} daemon @param {number} runs @returns {Promise<Moment>} */
async function momentAfter(daemon, runs) {
  let resident = [0];
  let made = 0;
  while (made < runs) {
    resident = [...(await watchResident([daemon], WINDOW_SECONDS))];
    made = sumOf(await scrapeOnce(daemon), "cudaprobe_runs_total");
  }
  return { runs: made, residentBytes: median(resident), liveBytes: await readLive(daemon) };
}

/** The daemon itself, with real processes: as many a second as it starts. @param {number} runs @param {(line: string) => void} say */
export async function growReally(runs, say) {
  const config = (await unlimitedConfig()).replaceAll(
    /schedule: "[^"]*"/g,
    'schedule: "* * * * * *"',
  );
  const setting = { config, emulator: EMULATOR, level: "info", nodeFlags: LIVE_FLAGS };
  return withDaemon(setting, async (daemon) => compareMoments(daemon, runs, say));
}
