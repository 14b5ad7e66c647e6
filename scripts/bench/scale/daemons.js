// @ts-check
import { withDaemon } from "../../load/daemon.js";
import { emulatorLines } from "./tenants.js";

/**
 * @typedef {object} Sized
 * @property {number} size 0 for the one that has nothing to do
 * @property {string} config
 * @property {import("./tenants.js").EmulatedHost} host
 * @property {readonly string[]} [flags] of `cudaprobe serve`
 */

/**
 * @typedef {Sized & { readonly daemon: import("../../load/daemon.js").LoadedDaemon, readonly directory: string }} Running
 */

/**
 * Starts all of them, one after the other, does the work, and ends them.
 * @template Result
 * @param {readonly Sized[]} all @param {(running: readonly Running[]) => Promise<Result>} work
 * @param {readonly Running[]} [running]
 * @returns {Promise<Result>}
 */
export async function withDaemons(all, work, running = []) {
  const [next, ...rest] = all;
  if (next === undefined) return work(running);
  const { config, host, flags = [] } = next;
  const setting = { config, emulator: emulatorLines(host, 0), level: "info", flags };
  return withDaemon(setting, async (daemon, directory) =>
    withDaemons(rest, work, [...running, { ...next, daemon, directory }]),
  );
}
