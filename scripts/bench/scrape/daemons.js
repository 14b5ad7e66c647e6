// @ts-check
import { withDaemon } from "../../load/daemon.js";
import { untilMeasured } from "../../load/scrape-many.js";

/** The highest numbers that Linux gives, which it comes to last of all: hardly a process of this machine is meant. */
const LAST_PID = 4_194_303;

const MIB = 2 ** 20;

/** Every kind, each as often as in the configuration that is shipped; density, which that has not, as rarely as it asks for. */
const ALL_KINDS = `probes:
  - { name: cold_start, kind: cold_start, schedule: "* * * * *" }
  - { name: process_memory, kind: process_memory, schedule: "*/15 * * * * *" }
  - { name: footprint, kind: footprint, schedule: "*/10 * * * *" }
  - { name: function_ipc, kind: function_ipc, schedule: "*/10 * * * *" }
  - { name: cuda_ipc, kind: cuda_ipc, schedule: "*/10 * * * *" }
  - { name: density, kind: density, schedule: "30 3 * * *", max_instances: 2 }
`;

/** One run soon after the start and the next in a year, so that nothing changes meanwhile. */
const ONCE = `probes:
  - { name: process_memory, kind: process_memory, schedule: "0 0 1 1 *" }
driver: { refresh: 1h }
`;

/** @typedef {import("../../load/daemon.js").LoadedDaemon} LoadedDaemon */

/** 16 GPUs with 64 processes each, and all kinds. @template Result @param {(daemon: LoadedDaemon) => Promise<Result>} work */
export async function withManySeries(work) {
  return withSettled({ gpus: 16, config: ALL_KINDS, processes: 64 }, work);
}

/** The processes of so many GPUs, 64 each, of which nothing changes any more. @template Result @param {{ readonly gpus: number, readonly nodeFlags: readonly string[] }} options @param {(daemon: LoadedDaemon) => Promise<Result>} work */
export async function withUnchanged(options, work) {
  return withSettled({ ...options, config: ONCE, processes: 64 }, work);
}

/** The configuration that is shipped, 8 GPUs, and a few processes on each. @template Result @param {(daemon: LoadedDaemon) => Promise<Result>} work */
export async function withDefaultConfig(work) {
  return withSettled({ gpus: 8, processes: 8 }, work);
}

/**
 * With everything measured once, so that the answers are as long as they get.
 * @template Result
 * @param {{ readonly gpus: number, readonly config?: string, readonly processes: number, readonly nodeFlags?: readonly string[] }} options
 * @param {(daemon: LoadedDaemon) => Promise<Result>} work
 */
async function withSettled({ gpus, processes, ...setting }, work) {
  const emulator = [`gpus = ${gpus}`, "time_scale = 0.1", ...tenants(gpus, processes)];
  return withDaemon({ ...setting, emulator, level: "info" }, async (daemon) => {
    await untilMeasured(`http://${daemon.address}/metrics`);
    return work(daemon);
  });
}

/** @param {number} gpus @param {number} processes on each */
function tenants(gpus, processes) {
  return Array.from({ length: gpus * processes }, (_, index) => {
    const gpu = index % gpus;
    return `tenant = gpu=${gpu} pid=${LAST_PID - index} bytes=${256 * MIB} type=compute`;
  });
}
