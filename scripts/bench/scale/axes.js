// @ts-check
import { defaultConfigWith } from "./faster.js";

/**
 * What a run costs does not depend on when it is, so that schedules are made faster: in a window of half a minute the
 * processes are listed six times, and all else is measured once on each GPU.
 */
const SCHEDULES = {
  coldStart: "*/30 * * * * *",
  processMemory: "*/5 * * * * *",
  others: "*/30 * * * * *",
};

/** As many as a list of NVML's is read to, on each GPU. */
const LISTING = `probes:
  - { name: process_memory, kind: process_memory, schedule: "*/5 * * * * *" }
limits: { processes_per_device: 950 }
`;
const GPUS = 8;
const PROCESSES_OF_GPU = 4;

/** A daemon that measures nothing. @type {import("./daemons.js").Sized} */
export const IDLE = { size: 0, config: "probes: []\n", host: { gpus: 1, processes: 0, pids: [] } };

/**
 * What there may be more of.
 * @typedef {object} Axis
 * @property {string} name
 * @property {readonly number[]} sizes going up
 * @property {number} sleepers so many processes it wants
 * @property {(size: number, pids: readonly number[]) => Promise<import("./daemons.js").Sized>} make
 */

/** @type {readonly Axis[]} */
export const AXES = [
  {
    name: "devices",
    sizes: [1, 2, 4, 8, 16],
    sleepers: PROCESSES_OF_GPU,
    make: async (size, pids) => ({
      size,
      config: await defaultConfigWith(SCHEDULES),
      host: { gpus: size, processes: size * PROCESSES_OF_GPU, pids },
    }),
  },
  {
    name: "processes",
    sizes: [10, 100, 1000, 7600],
    sleepers: 7600 / GPUS,
    make: async (size, pids) => ({
      size,
      config: LISTING,
      host: { gpus: GPUS, processes: size, pids },
    }),
  },
];
