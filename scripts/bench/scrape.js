// @ts-check
import { fetchText } from "../load/fetch.js";
import { alternate, medianOf } from "./rounds.js";
import { atLeast, atMost, told } from "./row.js";
import { measureAllocation } from "./scrape/allocation.js";
import { withManySeries } from "./scrape/daemons.js";
import { measureRendering } from "./scrape/rendering.js";
import { withNodeExporter, withPromClient } from "./scrape/servers.js";
import { PROMETHEUS_HEADERS } from "./prometheus-headers.js";
import { loadWithWrk } from "./scrape/wrk.js";

/** @typedef {import("./row.js").Row} Row */
/** @typedef {import("./scrape/servers.js").Server} Server */
/** @typedef {import("./scrape/wrk.js").Load & { readonly textBytes: number }} Load */

const SECONDS = 3;
/** What renders everything anew needs longer for 32 answers than others for thousands. */
const SLOW_SECONDS = { 1: 5, 32: 30 };
const CONNECTIONS = /** @type {const} */ ([1, 32]);

/** What a scrape costs, beside node_exporter and prom-client. Debian has what it needs: prometheus-node-exporter and wrk. @type {import("./row.js").Bench} */
export const scrape = {
  name: "scrape",
  run: async ({ rounds, say }) => {
    /** @type {Row[]} */
    const rows = [];
    await withManySeries(async (daemon) => {
      for (const connections of CONNECTIONS) {
        say(`  ${connections} beside node_exporter`);
        rows.push(...(await besideNodeExporter(daemon, { connections, rounds })));
        say(`  ${connections} beside prom-client`);
        rows.push(...(await besidePromClient(daemon, { connections, rounds })));
      }
    });
    say("  at the default configuration");
    rows.push(await ofRendering(rounds));
    say("  allocated");
    rows.push(await ofAllocation(rounds));
    return rows;
  },
};

/** @typedef {{ readonly connections: 1 | 32, readonly rounds: number }} Options */

/** @param {Server} ours @param {Options} options @returns {Promise<readonly Row[]>} */
async function besideNodeExporter(ours, { connections, rounds }) {
  const options = { connections, seconds: SECONDS };
  return withNodeExporter(async (theirs) => {
    const results = await alternate(rounds, {
      ours: async () => load(ours, options),
      theirs: async () => load(theirs, options),
    });
    const compare = comparer("node_exporter", connections, results);
    return [
      atLeast(compare("compressed bytes served", "MB/s", wireRate), 10),
      told(compare("the same, decompressed", "MB/s", textRate)),
      told(compare("size of an answer, decompressed", "MB", ({ textBytes }) => textBytes / 1e6)),
      atMost(
        compare("p99", "ms", ({ p99Seconds }) => p99Seconds * 1e3),
        1,
      ),
      atMost(compare("processor time for a compressed GB", "s", cpuOfBytes), 1),
    ];
  });
}

/** @param {Server} ours @param {Options} options @returns {Promise<readonly Row[]>} */
async function besidePromClient(ours, { connections, rounds }) {
  return withPromClient(ours.address, async (theirs) => {
    const results = await alternate(rounds, {
      ours: async () => load(ours, { connections, seconds: SECONDS }),
      theirs: async () => load(theirs, { connections, seconds: SLOW_SECONDS[connections] }),
    });
    const compare = comparer("prom-client", connections, results);
    return [
      atLeast(compare("compressed bytes served", "MB/s", wireRate), 20),
      atLeast(compare("the same, decompressed", "MB/s", textRate), 20),
    ];
  });
}

/** @param {Server} server @param {{ readonly connections: number, readonly seconds: number }} options @returns {Promise<Load>} */
async function load(server, options) {
  const result = await loadWithWrk(server, options);
  const { text } = await fetchText(`http://${server.address}/metrics`, {
    headers: PROMETHEUS_HEADERS,
  });
  return { ...result, textBytes: Buffer.byteLength(text) };
}

/** @param {string} beside @param {number} connections @param {{ ours: Load[], theirs: Load[] }} results */
function comparer(beside, connections, results) {
  const on = connections === 1 ? "1 connection" : `${connections} connections`;
  /** @param {string} what @param {string} unit @param {(load: Load) => number} figure */
  return (what, unit, figure) => ({
    what: `${what}, ${on}, beside ${beside}`,
    ours: medianOf(results.ours, figure),
    theirs: medianOf(results.theirs, figure),
    unit,
    detail: results,
  });
}

/** @param {Load} load */
function wireRate({ bytes, seconds }) {
  return bytes / seconds / 1e6;
}

/** @param {Load} load */
function textRate({ responses, textBytes, seconds }) {
  return (responses * textBytes) / seconds / 1e6;
}

/** @param {Load} load */
function cpuOfBytes({ cpuSeconds, bytes }) {
  return (cpuSeconds / bytes) * 1e9;
}

/** @param {number} rounds */
async function ofRendering(rounds) {
  const { percent, percents } = await measureRendering(rounds);
  const what = "answering a scrape every 15 s, default configuration, 8 GPUs";
  return atMost({ what, ours: percent, unit: "% of a core", detail: { percents } }, 0.3);
}

/** @param {number} rounds */
async function ofAllocation(rounds) {
  const { many, one } = await measureAllocation(rounds);
  const what = "heap allocated for an unchanged scrape of 16 GPUs, beside one of 1 GPU";
  return atMost({ what, ours: many / 1e3, theirs: one / 1e3, unit: "kB" }, 1.1);
}
