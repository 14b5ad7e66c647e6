// @ts-check
import { countAllocations } from "./probes/allocations.js";
import { countInstructions } from "./probes/instructions.js";
import { measureSizes } from "./probes/sizes.js";

/**
 * What a probe brings along to where it measures: its size on disk, what it does before the driver is asked for
 * anything, and whether it asks for memory while a clock runs. All of it is counted, and on the emulator.
 * @type {import("./row.js").Bench}
 */
export const probes = {
  name: "probes",
  run: async ({ rounds, say }) => {
    say("sizes …");
    const sizes = await measureSizes();
    say("instructions …");
    const instructions = await countInstructions(rounds);
    say("allocations …");
    return [...sizes, ...instructions, ...(await countAllocations())];
  },
};
