// @ts-check
import { setTimeout as wait } from "node:timers/promises";
import { median } from "simple-statistics";
import { fetchText } from "../../load/fetch.js";
import { residentBytes } from "../machine.js";

const SCRAPE_SECONDS = 5;
const LOOKS_A_SCRAPE = 10;

/** @typedef {{ readonly pid: number, readonly address: string }} Watched */

/**
 * The resident memory of each while all are scraped, every few seconds, as long as it takes: the median of many looks, since what nobody has
 * needed to collect yet comes and goes.
 * @param {readonly Watched[]} all @param {number} seconds
 * @returns {Promise<readonly number[]>}
 */
export async function watchResident(all, seconds) {
  /** @type {number[][]} */
  const looks = all.map(() => []);
  for (let scrape = 0; scrape < seconds / SCRAPE_SECONDS; scrape += 1) {
    await Promise.all(all.map(scrapeOnce));
    for (let look = 0; look < LOOKS_A_SCRAPE; look += 1) {
      await wait((SCRAPE_SECONDS * 1000) / LOOKS_A_SCRAPE);
      const bytes = await Promise.all(all.map(async ({ pid }) => residentBytes(pid)));
      for (const [index, value] of bytes.entries()) looks[index]?.push(value);
    }
  }
  return looks.map((values) => median(values));
}

/** @param {Watched} watched */
export async function scrapeOnce({ address }) {
  return (await fetchText(`http://${address}/metrics`, {})).text;
}
