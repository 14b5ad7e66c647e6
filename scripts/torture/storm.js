// @ts-check
// One fault after the other, and some at once, drawn from a seed.
import { driverFault } from "./faults/driver.js";
import { pause } from "./faults/fault.js";
import { hostFaults } from "./faults/host.js";
import { httpFaults } from "./faults/http.js";
import { processFaults } from "./faults/processes.js";

/** Seconds between the beginnings of two faults. */
const BETWEEN = [0.3, 1.5];

/**
 * Lets it storm for so long, and mends everything at its end.
 * @param {import("./faults/fault.js").Surroundings} around
 * @param {{ seconds: number, going: Map<string, Promise<void>> }} options `going` has the faults of the moment, for who looks on.
 */
export async function storm(around, { seconds, going }) {
  const { random, pick, places } = around;
  const driver = driverFault(pick);
  const all = [driver.fault, ...processFaults, ...hostFaults, ...httpFaults];
  const missing = all.flatMap((fault) => describeMissing(fault, places));
  const possible = all.filter((fault) => fault.missing?.(places) === undefined);
  const weighted = possible.flatMap((fault) =>
    Array.from({ length: fault.weight ?? 1 }, () => fault),
  );
  /** @type {Record<string, number>} */
  const counts = Object.fromEntries(possible.map(({ name }) => [name, 0]));
  /** @type {string[]} */
  const failed = [];
  for (const end = performance.now() + seconds * 1000; performance.now() < end;) {
    const fault = pick(weighted);
    const lasts = between(fault.seconds ?? [0, 0], random);
    if (!going.has(fault.name)) {
      counts[fault.name] = (counts[fault.name] ?? 0) + 1;
      const over = make(fault, around, lasts)
        .catch((error) => failed.push(`${fault.name}: ${error}`))
        .then(() => void going.delete(fault.name));
      going.set(fault.name, over);
    }
    await pause(between(BETWEEN, random));
  }
  await Promise.all(going.values());
  return { counts, missing, failed, cases: driver.total, drawn: driver.drawn() };
}

/** @param {import("./faults/fault.js").Fault} fault @param {import("./faults/fault.js").Surroundings} around @param {number} seconds */
async function make(fault, around, seconds) {
  await fault.begin(around);
  if (fault.end === undefined) return;
  await pause(seconds);
  await fault.end(around);
}

/** @param {readonly number[]} range @param {() => number} random */
function between([least = 0, most = 0], random) {
  return least + random() * (most - least);
}

/** @param {import("./faults/fault.js").Fault} fault @param {import("./places.js").Places} places */
function describeMissing({ name, missing }, places) {
  const why = missing?.(places);
  return why === undefined ? [] : [`${name}: ${why}`];
}
