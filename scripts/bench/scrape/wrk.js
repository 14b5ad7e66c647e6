// @ts-check
import { join } from "node:path";
import { execa } from "execa";
import { cpuSeconds } from "../machine.js";
import { PROMETHEUS_HEADERS } from "../prometheus-headers.js";

/**
 * @typedef {object} Load
 * @property {number} responses
 * @property {number} bytes on the wire, headers and all
 * @property {number} seconds
 * @property {number} flawed responses, all of them
 * @property {number} p50Seconds
 * @property {number} p99Seconds
 * @property {number} cpuSeconds of the server
 */

/**
 * Scrapes as Prometheus does, on each connection again as soon as there is an answer.
 * @param {{ readonly address: string, readonly pid: number }} server
 * @param {{ readonly connections: number, readonly seconds: number }} options
 * @returns {Promise<Load>}
 */
export async function loadWithWrk({ address, pid }, { connections, seconds }) {
  const headers = Object.entries(PROMETHEUS_HEADERS).map(([name, value]) => `${name}: ${value}`);
  const before = await cpuSeconds(pid);
  const { stdout } = await execa("wrk", [
    "--threads=1",
    `--connections=${connections}`,
    `--duration=${seconds}s`,
    "--timeout=60s",
    `--script=${join(import.meta.dirname, "report.lua")}`,
    ...headers.map((header) => `--header=${header}`),
    `http://${address}/metrics`,
  ]);
  const spent = (await cpuSeconds(pid)) - before;
  /** @type {Omit<Load, "cpuSeconds">} */
  const load = JSON.parse(stdout.slice(stdout.lastIndexOf("{")));
  if (load.flawed > 0) throw new Error(`answers of ${address} were flawed: ${stdout}`);
  return { ...load, cpuSeconds: spent };
}
