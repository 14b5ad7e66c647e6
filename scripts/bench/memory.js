// @ts-check
import { join } from "node:path";
import { withDaemon } from "../load/daemon.js";
import { untilMeasured } from "../load/scrape-many.js";
import { growInstantly, growReally } from "./memory/growth.js";
import { withServer } from "./memory/server.js";
import { watchResident } from "./memory/watch.js";
import { medianOf } from "./rounds.js";
import { atMost, told } from "./row.js";

/** @typedef {import("./row.js").Row} Row */
/** @typedef {import("./memory/growth.js").Moment} Moment */

const MIB = 2 ** 20;
const WATCHED_SECONDS = 30;
/** Of so many runs that end at once one is made again with a real process, which takes some fifty times as long. */
const REAL_SHARE = 0.05;

/** What the daemon holds of the host's memory. @type {import("./row.js").Bench} */
export const memory = {
  name: "memory",
  run: async ({ rounds, runs, say }) => {
    say("  beside others");
    const resident = await besideOthers(rounds, say);
    say(`  ${runs} runs that end at once`);
    const instant = await growInstantly(runs, say);
    const real = Math.round(runs * REAL_SHARE);
    say(`  ${real} runs with processes`);
    const really = await growReally(real, say);
    return [
      ...resident,
      ...growthRows("runs that end at once", instant),
      ...growthRows("runs with processes", really),
    ];
  },
};

/** @param {number} rounds @param {(line: string) => void} say @returns {Promise<readonly Row[]>} */
async function besideOthers(rounds, say) {
  /** @type {(readonly number[])[]} */
  const results = [];
  for (let round = 0; round < rounds; round += 1) {
    const bytes = await watchRound();
    say(`    ${bytes.map((value) => (value / MIB).toFixed(1)).join(", ")} MiB`);
    results.push(bytes);
  }
  const [ours = Number.NaN, ...others] = [0, 1, 2, 3].map(
    (index) => medianOf(results, (bytes) => bytes[index] ?? Number.NaN) / MIB,
  );
  const what = "resident, default configuration, 8 GPUs";
  const beside = (/** @type {number} */ index, /** @type {string} */ name) => ({
    what: `${what}, beside ${name}`,
    ours,
    theirs: others[index] ?? Number.NaN,
    unit: "MiB",
  });
  return [
    atMost(beside(0, "the same dependencies and series"), 1.25),
    atMost({ what, ours, unit: "MiB", detail: { results } }, 128),
    told(beside(1, "node_exporter")),
    told(beside(2, "blackbox_exporter")),
  ];
}

/** All at once, which none of them minds: ours, what a person would write, and two exporters as Debian has them. */
async function watchRound() {
  return withDaemon(
    { emulator: ["gpus = 8", "time_scale = 0.1"], level: "info" },
    async (daemon) => {
      await untilMeasured(`http://${daemon.address}/metrics`);
      const beside = [
        process.execPath,
        join(import.meta.dirname, "memory/beside.js"),
        daemon.address,
      ];
      const listening = "--web.listen-address=127.0.0.1:0";
      const blackbox = [
        "prometheus-blackbox-exporter",
        "--config.file=/etc/prometheus/blackbox.yml",
        listening,
      ];
      return withServer(beside, async (other) =>
        withServer(["prometheus-node-exporter", listening], async (node) =>
          withServer(blackbox, async (prober) =>
            watchResident([daemon, other, node, prober], WATCHED_SECONDS),
          ),
        ),
      );
    },
  );
}

/** @param {string} of @param {{ readonly warm: Moment, readonly end: Moment }} moments @returns {readonly Row[]} */
function growthRows(of, { warm, end }) {
  const after = `after ${end.runs} ${of}`;
  const since = `beside after ${warm.runs}`;
  const grown = (/** @type {(moment: Moment) => number} */ figure) => ({
    ours: figure(end) / MIB,
    theirs: figure(warm) / MIB,
    unit: "MiB",
  });
  return [
    atMost({ what: `resident ${after}`, ours: end.residentBytes / MIB, unit: "MiB" }, 128),
    atMost(
      { what: `resident ${after}, ${since}`, ...grown((moment) => moment.residentBytes) },
      1.02,
    ),
    atMost({ what: `alive ${after}, ${since}`, ...grown((moment) => moment.liveBytes) }, 1.02),
  ];
}
