// @ts-check
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { ROOT } from "../../load/daemon.js";

/**
 * Cron expressions in place of those that are shipped, all on the second.
 * @typedef {object} Schedules
 * @property {string} coldStart shipped: every minute
 * @property {string} processMemory shipped: every 15 seconds
 * @property {string} others of footprint, function_ipc and cuda_ipc; shipped: every 10 minutes
 */

/**
 * The configuration that is shipped, with faster schedules and no budget that would thin them out.
 * @param {Schedules} schedules
 */
export async function defaultConfigWith(schedules) {
  return fasten(await readFile(join(ROOT, "config/cudaprobe.yml"), "utf8"), schedules);
}

/** @param {string} config @param {Schedules} schedules */
export function fasten(config, { coldStart, processMemory, others }) {
  return replaceAll(withSmallSizes(config), [
    ['schedule: "* * * * *"', `schedule: "${coldStart}"`],
    ['schedule: "*/15 * * * * *"', `schedule: "${processMemory}"`],
    ['schedule: "*/10 * * * *"', `schedule: "${others}"`],
    ["# duty_cycle: 2%", "duty_cycle: 100%"],
    ["# transferred_bytes_per_hour: 1024GiB", "transferred_bytes_per_hour: 1048576GiB"],
  ]);
}

/**
 * As many sizes to pass on as are shipped, but smaller ones: emulated memory is the host's, and its copies take the
 * processors' time that others of the same bench want.
 * @param {string} config
 */
export function withSmallSizes(config) {
  const shipped = "# sizes: [4KiB, 64KiB, 1MiB, 16MiB, 64MiB]";
  return replaceAll(config, [[shipped, "sizes: [4KiB, 8KiB, 16KiB, 32KiB, 64KiB]"]]);
}

/** @param {string} config @param {readonly (readonly [from: string, to: string])[]} changes */
function replaceAll(config, changes) {
  return changes.reduce((text, [from, to]) => {
    if (!text.includes(from)) throw new Error(`the configuration has no ${from}`);
    return text.replaceAll(from, to);
  }, config);
}
