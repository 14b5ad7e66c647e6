// @ts-check
// The emulator's faults, each for some seconds, drawn like cards: none comes again before all have come.
import { join } from "node:path";

import { emulatorText } from "../config.js";
import { replaceFile } from "../daemon.js";
import { driverCases } from "./driver-cases.js";

/** @param {<T>(from: readonly T[]) => T} pick */
export function driverFault(pick) {
  const all = driverCases(pick);
  /** @type {import("./driver-cases.js").DriverCase[]} */
  let deck = [];
  /** @type {Set<import("./driver-cases.js").DriverCase>} */
  const drawn = new Set();
  /** @type {import("./fault.js").Fault} */
  const fault = {
    name: "driver",
    seconds: [1, 3],
    weight: 6,
    begin: async (around) => {
      if (deck.length === 0) deck = [...all];
      const next = pick(deck);
      deck = deck.filter((other) => other !== next);
      drawn.add(next);
      await configure(around, [next.line]);
    },
    end: async (around) => configure(around, []),
  };
  return { fault, total: all.length, drawn: () => [...drawn] };
}

/** @param {import("./fault.js").Surroundings} around @param {readonly string[]} lines */
async function configure({ places }, lines) {
  await replaceFile(join(places.emulator, "emulator.conf"), emulatorText(lines));
}
