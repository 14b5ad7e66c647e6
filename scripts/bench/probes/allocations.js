// @ts-check
import { join } from "node:path";
import { execa } from "execa";
import { make, NATIVE, withEmulatedGpu } from "../emulated.js";
import { atMost } from "../row.js";

/** Those whose phases, or what lies within them, are told as times. */
const PROGRAMS = [
  { name: "cold_start", args: ["cold_start"] },
  ...["shm", "unix", "tcp"].map((mechanism) => transfer("function_ipc", mechanism)),
  ...["legacy", "vmm_fd"].map((mechanism) => transfer("cuda_ipc", mechanism)),
];

/** One of each of the ways that it takes with what is small and what is large. @param {string} probe @param {string} mechanism */
function transfer(probe, mechanism) {
  const args = [probe, `--mechanism=${mechanism}`, "--sizes=4096,67108864", "--samples=5"];
  return { name: `${probe} ${mechanism}`, args };
}

/**
 * How often probes ask for memory between the two readings of the clock that a phase is told by, with a library preloaded that
 * keeps a log of who asks. What the emulator, in the driver's place, and the loader ask for inside a call is not counted, but told.
 */
export async function countAllocations() {
  await make(["test/preload/allocations.so"]);
  return withEmulatedGpu([], async ({ directory, uuid }) => {
    /** @type {import("../row.js").Row[]} */
    const rows = [];
    for (const { name, args } of PROGRAMS) {
      const [probe = "", ...options] = args;
      const { stdout } = await execa(
        join(NATIVE, "test/allocations/count.sh"),
        [directory, join("build/probes", probe), `--device=${uuid}`, ...options],
        { cwd: NATIVE, env: { BUILD_DIR: "build" } },
      );
      rows.push(toRow(name, stdout));
    }
    return rows;
  });
}

/** @param {string} name @param {string} text lines `PHASE OURS THEIRS` */
export function toRow(name, text) {
  const phases = text.split("\n").map((line) => {
    const [phase = "", ours, theirs] = line.split(" ");
    return { phase, ours: Number(ours), theirs: Number(theirs) };
  });
  const measured = {
    what: `allocations between clock readings, ${name}`,
    ours: phases.reduce((sum, { ours }) => sum + ours, 0),
    unit: "calls",
    detail: phases,
  };
  return atMost(measured, 0);
}
