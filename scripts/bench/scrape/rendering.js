// @ts-check
import { setTimeout as wait } from "node:timers/promises";
import { medianOf } from "../rounds.js";
import { cpuSeconds } from "../machine.js";
import { fetchText } from "../../load/fetch.js";
import { withDefaultConfig } from "./daemons.js";
import { PROMETHEUS_HEADERS } from "../prometheus-headers.js";

/** As a Prometheus does by itself. */
const SCRAPE_SECONDS = 15;
const SCRAPES_A_ROUND = 4;

/**
 * The share of a core that scraping costs, in percent: what the daemon's threads spend from the request to the
 * answer's end, with all that happens to go on in it then. What changes between two scrapes does so at its own
 * rate.
 * @param {number} rounds
 */
export async function measureRendering(rounds) {
  return withDefaultConfig(async (daemon) => {
    /** @type {number[]} */
    const percents = [];
    for (let round = 0; round < rounds; round += 1) percents.push(await measureRound(daemon));
    return { percent: medianOf(percents, (percent) => percent), percents };
  });
}

/** @param {import("./daemons.js").LoadedDaemon} daemon */
async function measureRound({ address, pid }) {
  let spent = 0;
  for (let scrape = 0; scrape < SCRAPES_A_ROUND; scrape += 1) {
    await wait(SCRAPE_SECONDS * 1000);
    const before = await cpuSeconds(pid);
    await fetchText(`http://${address}/metrics`, { headers: PROMETHEUS_HEADERS });
    spent += (await cpuSeconds(pid)) - before;
  }
  return (spent / (SCRAPE_SECONDS * SCRAPES_A_ROUND)) * 100;
}
