// @ts-check
import { untilMeasured } from "../load/scrape-many.js";
import { AXES, IDLE } from "./scale/axes.js";
import { withDaemons } from "./scale/daemons.js";
import { growthRows } from "./scale/growth.js";
import { withSleepers } from "./scale/sleepers.js";
import { watch } from "./scale/window.js";

const WINDOW_SECONDS = 30;

/** How the cost grows with what there is on the host. @type {import("./row.js").Bench} */
export const scale = {
  name: "scale",
  run: async ({ rounds, say }) => {
    /** @type {import("./row.js").Row[]} */
    const rows = [];
    for (const axis of AXES) {
      say(`  ${axis.name}: ${axis.sizes.join(", ")} …`);
      rows.push(...growthRows(axis.name, await measure(axis, rounds)));
    }
    return rows;
  },
};

/** @param {import("./scale/axes.js").Axis} axis @param {number} rounds */
async function measure({ sizes, sleepers, make }, rounds) {
  return withSleepers(sleepers, async (pids) => {
    const busy = await Promise.all(sizes.map(async (size) => make(size, pids)));
    return withDaemons([IDLE, ...busy], async (running) => watchAll(running, rounds));
  });
}

/**
 * All at once, so that what slows the machine slows all of them.
 * @param {readonly import("./scale/daemons.js").Running[]} running @param {number} rounds
 * @returns {Promise<readonly import("./scale/growth.js").Watched[]>}
 */
async function watchAll(running, rounds) {
  const busy = running.filter(({ size }) => size > 0);
  await Promise.all(busy.map(async ({ daemon }) => untilMeasured(metricsOf(daemon))));
  /** @type {import("./scale/window.js").Cost[][]} */
  const windows = [];
  for (let round = 0; round < rounds; round += 1) {
    const window = running.map(async (one, index) =>
      watch(one, { seconds: WINDOW_SECONDS, offset: index / running.length }),
    );
    windows.push(await Promise.all(window));
  }
  /** @type {import("./scale/growth.js").Watched[]} */
  const watched = [];
  for (const [index, { size, daemon }] of running.entries()) {
    const own = windows.map((window) => window[index]).filter((cost) => cost !== undefined);
    watched.push({ size, windows: own, alive: await daemon.liveBytes() });
  }
  return watched;
}

/** @param {import("../load/daemon.js").LoadedDaemon} daemon */
function metricsOf(daemon) {
  return `http://${daemon.address}/metrics`;
}
