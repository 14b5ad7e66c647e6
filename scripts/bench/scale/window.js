// @ts-check
import { Agent } from "node:http";
import { setTimeout as wait } from "node:timers/promises";
import { median } from "simple-statistics";
import { sumOf } from "../../load/scrape-many.js";
import { cpuSeconds, residentBytes } from "../machine.js";
import { PROMETHEUS_HEADERS } from "../prometheus-headers.js";
import { countSeries, scrape } from "./scrape.js";
import { writeTurn } from "./tenants.js";

/** The seconds between two scrapes, and between two states of the emulated processes. */
const SCRAPE_SECONDS = 5;

/**
 * What a daemon cost in one window.
 * @typedef {object} Cost
 * @property {number} cpu seconds of a processor in a minute, of the daemon's own process
 * @property {number} memory bytes that are resident, the least that was seen
 * @property {number} runs in a minute
 * @property {number} series
 * @property {number} bytes of an answer in the text format
 * @property {number} scrape seconds that an answer as Prometheus asks for it takes, the median
 */

/**
 * Watches one daemon for so long, and scrapes it meanwhile.
 * @param {import("./daemons.js").Running} running
 * @param {{ readonly seconds: number, readonly offset: number }} window The offset is the share of the time between two
 *   scrapes by which they are late, so that several daemons are not scraped at once.
 * @returns {Promise<Cost>}
 */
export async function watch({ daemon, directory, host }, { seconds, offset }) {
  const url = `http://${daemon.address}/metrics`;
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const turns = Math.round(seconds / SCRAPE_SECONDS);
  /** @type {number[]} */
  const took = [];
  let memory = Infinity;
  await wait(offset * SCRAPE_SECONDS * 1000);
  const began = performance.now();
  const before = { runs: await countRuns(url), cpu: await cpuSeconds(daemon.pid) };
  for (let turn = 1; turn <= turns; turn += 1) {
    await writeTurn(directory, host, turn);
    await wait(Math.max(0, began + turn * SCRAPE_SECONDS * 1000 - performance.now()));
    took.push((await scrape(url, { agent, headers: PROMETHEUS_HEADERS })).seconds);
    memory = Math.min(memory, await residentBytes(daemon.pid));
  }
  const minutes = (performance.now() - began) / 60_000;
  const cpu = ((await cpuSeconds(daemon.pid)) - before.cpu) / minutes;
  const runs = ((await countRuns(url)) - before.runs) / minutes;
  const { body } = await scrape(url, { agent });
  agent.destroy();
  const series = countSeries(body.toString());
  return { cpu, memory, runs, series, bytes: body.length, scrape: median(took) };
}

/** @param {string} url */
async function countRuns(url) {
  return sumOf((await scrape(url, {})).body.toString(), "cudaprobe_runs_total");
}
