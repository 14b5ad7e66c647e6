// @ts-check
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { median } from "simple-statistics";
import { ROOT, withDaemon } from "../../load/daemon.js";
import { fetchText } from "../../load/fetch.js";
import { sumOf } from "../../load/scrape-many.js";
import { LIVE_FLAGS, readLive } from "./live.js";
import { withRuns } from "./runs.js";
import { scrapeOnce, watchResident } from "./watch.js";

/** Each target has run by then, and some of them often. */
const LEAST_RUNS = 2000;
const EARLY_SHARE = 0.1;
/** The series of the page are full after 2,880 runs of each of the 8 targets that are asked for, and V8 has compiled what runs often. */
const WARM_SHARE = 0.25;
/** Over so many seconds is looked before each comparison: collections take resident memory up and down by some MiB. */
const WINDOW_SECONDS = 60;

/** So much may runs use of a GPU that the budget leaves none of them out. */
const LIMITS = "limits:\n  duty_cycle: 100%\n  transferred_bytes_per_hour: 1048576GiB\n";

const EMULATOR = ["gpus = 8", "time_scale = 0"];

/** @typedef {{ readonly runs: number, readonly residentBytes: number, readonly liveBytes: number }} Moment */
/** @typedef {import("../../load/daemon.js").LoadedDaemon} LoadedDaemon */

/** The configuration that is shipped, without a budget. */
export async function unlimitedConfig() {
  const text = await readFile(join(ROOT, "config/cudaprobe.yml"), "utf8");
  return text.replace(/^limits:\n/m, LIMITS);
}

/**
 * What a daemon holds after a tenth of so many runs, after a quarter, and after all of them.
 * @param {string} program the directory of it
 * @param {number} runs
 * @param {(line: string) => void} say
 * @returns {Promise<{ readonly early: Moment, readonly warm: Moment, readonly end: Moment }>}
 */
export async function grow(program, runs, say) {
  const setting = {
    program,
    config: await unlimitedConfig(),
    emulator: EMULATOR,
    level: "info",
    nodeFlags: LIVE_FLAGS,
    flags: ["--web.enable-lifecycle"],
  };
  return withDaemon(setting, async (daemon) => {
    await untilReady(daemon);
    return withRuns(daemon, async () => {
      const early = await momentAfter(daemon, Math.max(LEAST_RUNS, runs * EARLY_SHARE));
      say(`    ${early.runs} runs`);
      const warm = await momentAfter(daemon, runs * WARM_SHARE);
      say(`    warm after ${warm.runs}`);
      return { early, warm, end: await momentAfter(daemon, runs) };
    });
  });
}

/** It listens before it knows its targets. @param {LoadedDaemon} daemon */
async function untilReady({ address }) {
  while ((await fetchText(`http://${address}/-/ready`, {})).status !== 200) await wait(50);
}

/** @param {LoadedDaemon} daemon @param {number} runs @returns {Promise<Moment>} */
async function momentAfter(daemon, runs) {
  let resident = [0];
  let made = 0;
  while (made < runs) {
    resident = [...(await watchResident([daemon], WINDOW_SECONDS))];
    made = sumOf(await scrapeOnce(daemon), "cudaprobe_runs_total");
  }
  return { runs: made, residentBytes: median(resident), liveBytes: await readLive(daemon) };
}
