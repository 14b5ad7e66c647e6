// @ts-check
import { Agent } from "node:http";
import { setTimeout as wait } from "node:timers/promises";
import { withDaemon } from "./daemon.js";
import { fetchText } from "./fetch.js";
import { findFlaw } from "./find-flaw.js";

const OPEN_METRICS = "application/openmetrics-text; version=1.0.0";

/** What scrapers ask for, in turn. */
const WISHES = [
  { accept: OPEN_METRICS, "accept-encoding": "gzip" },
  { accept: "text/plain" },
  { accept: OPEN_METRICS },
  { accept: "text/plain", "accept-encoding": "gzip" },
];

/** @typedef {Awaited<ReturnType<typeof scrapeMany>>} ScrapeResult */

/**
 * So many at once, each on a connection of its own that it keeps.
 * @param {{ readonly seconds: number, readonly scrapers: number }} options
 */
export async function scrapeMany({ seconds, scrapers }) {
  return withDaemon(
    { emulator: ["gpus = 8", "time_scale = 0.01"], level: "info" },
    async (daemon) => {
      const url = `http://${daemon.address}/metrics`;
      await untilMeasured(url);
      const deadline = performance.now() + seconds * 1000;
      /** @type {number[]} */
      const took = [];
      /** @type {string[]} */
      const flaws = [];
      const scrape = async (/** @type {number} */ scraper) => {
        const agent = new Agent({ keepAlive: true, maxSockets: 1 });
        for (let turn = scraper; performance.now() < deadline; turn += 1) {
          const began = performance.now();
          const flaw = await ask(url, { agent, headers: WISHES[turn % WISHES.length] });
          took.push((performance.now() - began) / 1000);
          if (flaw !== undefined) flaws.push(flaw);
        }
        agent.destroy();
      };
      await Promise.all(Array.from({ length: scrapers }, async (_, index) => scrape(index)));
      const { text } = await fetchText(url, {});
      took.sort((left, right) => left - right);
      return {
        scrapers,
        seconds,
        answers: took.length,
        flawed: flaws.length,
        flaws: flaws.slice(0, 5),
        samples: text.split("\n").filter((line) => !line.startsWith("#")).length - 1,
        medianSeconds: round(took[Math.floor(took.length / 2)]),
        p99Seconds: round(took[Math.floor(took.length * 0.99)]),
        failedRuns: sumOf(text, "cudaprobe_run_failures_total"),
        residentBytes: await daemon.residentBytes(),
      };
    },
  );
}

/** Each kind has had a run, so that the answers are as long as they get. @param {string} url */
export async function untilMeasured(url) {
  for (;;) {
    const { text } = await fetchText(url, {});
    const ended = text.split("\n").filter((line) => /^cudaprobe_runs_total\{.*\} [1-9]/.test(line));
    const all = text.split("\n").filter((line) => line.startsWith("cudaprobe_runs_total{"));
    if (all.length > 0 && ended.length === all.length) return;
    await wait(200);
  }
}

/** What was wrong with an answer. @param {string} url @param {import("node:http").RequestOptions} options */
async function ask(url, options) {
  try {
    const { status, text } = await fetchText(url, options);
    if (status !== 200) return `status ${status}`;
    return findFlaw(text, Reflect.get(options.headers ?? {}, "accept") === OPEN_METRICS);
  } catch (error) {
    return String(error);
  }
}

/** The sum of a family. @param {string} text @param {string} family */
export function sumOf(text, family) {
  const lines = text.split("\n").filter((line) => line.startsWith(`${family}{`));
  return lines.reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(" "))), 0);
}

/** @param {number} [seconds] */
function round(seconds = 0) {
  return Math.round(seconds * 1000) / 1000;
}
