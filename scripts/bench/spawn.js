// @ts-check
import { join } from "node:path";
import { BUILD, make } from "./emulated.js";
import { alternate, medianOf } from "./rounds.js";
import { atMost, told } from "./row.js";
import { withStarter } from "./spawn/starter.js";

/** A start takes a millisecond, of which the machine's own doings may be a tenth: so many are made in a round. */
const STARTS = 40;
const MEGABYTES = { small: 60, large: 400 };

/**
 * The spawn phase: from the launcher's stamp before posix_spawn to the first line of the probe's main. It is measured beside that of
 * a C program that calls posix_spawn without a word more, and with a daemon of little and of much heap, which starts both through
 * the daemon's own runner. The probe is cold_start, which goes through its frame without the driver.
 * @type {import("./row.js").Bench}
 */
export const spawn = {
  name: "spawn",
  run: async ({ rounds, say }) => {
    await make(["bench/plain_spawn"]);
    const launcher = join(BUILD, "launcher");
    const plain = join(BUILD, "bench/plain_spawn");
    say(`heaps of ${MEGABYTES.small} and ${MEGABYTES.large} MB …`);
    return withStarter(MEGABYTES.small, async (small) =>
      withStarter(MEGABYTES.large, async (large) => {
        const beside = await alternate(rounds * STARTS, {
          ours: async () => small(launcher),
          theirs: async () => small(plain),
        });
        const heaps = await alternate(rounds * STARTS, {
          ours: async () => large(launcher),
          theirs: async () => small(launcher),
        });
        return [
          atMost(toMeasured("spawn phase, beside posix_spawn from C", beside, SPAWN), 1.2),
          atMost(toMeasured("spawn phase, 400 MB of heap beside 60 MB", heaps, SPAWN), 1.1),
          told(toMeasured("Node's start of the launcher, the same", heaps, BEFORE)),
        ];
      }),
    );
  },
};

/** @typedef {import("./spawn/starter.js").Start} Start */

const SPAWN = (/** @type {Start} */ { spawnSeconds }) => spawnSeconds;
const BEFORE = (/** @type {Start} */ { beforeSeconds }) => beforeSeconds;
const MICROSECONDS = 1e6;

/** @param {string} what @param {{ ours: Start[], theirs: Start[] }} starts @param {(start: Start) => number} figure */
function toMeasured(what, { ours, theirs }, figure) {
  return {
    what,
    ours: medianOf(ours, figure) * MICROSECONDS,
    theirs: medianOf(theirs, figure) * MICROSECONDS,
    unit: "µs",
    detail: { starts: ours.length },
  };
}
