// @ts-check
import { setTimeout as wait } from "node:timers/promises";
import { mean } from "simple-statistics";
import { withDaemon } from "../load/daemon.js";
import { untilMeasured } from "../load/scrape-many.js";
import { withBareNode } from "./idle/bare-node.js";
import { cpuSeconds } from "./machine.js";
import { medianOf } from "./rounds.js";
import { atMost, told } from "./row.js";

/** Five of them are the ten minutes in which each probe of the default configuration is due. */
const WINDOW_SECONDS = 120;
/** What is compiled of a program that has just started is not what it costs later. */
const SETTLING_SECONDS = 120;

/** What the daemon takes of a processor when nobody asks anything, the processes that it starts apart. @type {import("./row.js").Bench} */
export const idle = {
  name: "idle",
  run: async ({ rounds, say }) => {
    const setting = { emulator: ["gpus = 8", "time_scale = 0.1"], level: "info" };
    const shares = await withDaemon(setting, async (daemon) => {
      await untilMeasured(`http://${daemon.address}/metrics`);
      await wait(SETTLING_SECONDS * 1000);
      return withBareNode(async (bare) => watchBoth([daemon.pid, bare], { rounds, say }));
    });
    const above = medianOf(shares, ({ ours, theirs }) => ours - theirs);
    const row = { unit: "percentage points of a core", detail: { shares } };
    const what = "default configuration, 8 GPUs, above an idle Node";
    const all = mean(shares.map(({ ours, theirs }) => ours - theirs));
    return [
      atMost({ ...row, what, ours: above }, 0.5),
      told({ ...row, what: `${what}, mean of all rounds`, ours: all }),
    ];
  },
};

/** @param {readonly [number, number]} pids @param {Pick<import("./row.js").BenchOptions, "rounds" | "say">} options */
async function watchBoth([ours, theirs], { rounds, say }) {
  const results = [];
  for (let round = 0; round < rounds; round += 1) {
    // Both at once: who does next to nothing is not in another one's way.
    const [mine, bare] = await Promise.all([shareOf(ours), shareOf(theirs)]);
    say(`  ${mine.toFixed(3)} % beside ${bare.toFixed(3)} %`);
    results.push({ ours: mine, theirs: bare });
  }
  return results;
}

/** Percent of a core in one window. @param {number} pid */
async function shareOf(pid) {
  const before = await cpuSeconds(pid);
  await wait(WINDOW_SECONDS * 1000);
  return (((await cpuSeconds(pid)) - before) / WINDOW_SECONDS) * 100;
}
