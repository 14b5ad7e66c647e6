// @ts-check
import { join } from "node:path";
import { ROOT, withDaemon } from "../load/daemon.js";
import { untilMeasured } from "../load/scrape-many.js";
import { makeInstalled } from "./installed.js";
import { grow } from "./memory/growth.js";
import { withServer } from "./memory/server.js";
import { watchResident } from "./memory/watch.js";
import { medianOf } from "./rounds.js";
import { atMost, told } from "./row.js";

/** @typedef {import("./row.js").Row} Row */
/** @typedef {import("./memory/growth.js").Moment} Moment */

const MIB = 2 ** 20;
const WATCHED_SECONDS = 30;

/** What the daemon holds of the host's memory. @type {import("./row.js").Bench} */
export const memory = {
  name: "memory",
  run: async ({ rounds, runs, say }) => {
    const program = await makeInstalled(ROOT);
    say("  beside others");
    const held = await besideOthers(program, { rounds, say });
    say(`  ${runs} runs`);
    return [...held, ...growthRows(await grow(program, runs, say))];
  },
};

/** @param {string} program @param {Pick<import("./row.js").BenchOptions, "rounds" | "say">} options @returns {Promise<readonly Row[]>} */
async function besideOthers(program, { rounds, say }) {
  /** @type {(readonly number[])[]} */
  const results = [];
  for (let round = 0; round < rounds; round += 1) {
    const bytes = await watchRound(program);
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

/** All at once, which none of them minds: ours, what a person would write, and two exporters as Debian has them. @param {string} program */
async function watchRound(program) {
  return withDaemon(
    { program, emulator: ["gpus = 8", "time_scale = 0.1"], level: "info" },
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

/** @param {{ readonly early: Moment, readonly warm: Moment, readonly end: Moment }} moments @returns {readonly Row[]} */
function growthRows({ early, warm, end }) {
  const after = `after ${end.runs} runs`;
  const beside = (
    /** @type {string} */ what,
    /** @type {Moment} */ since,
    /** @type {(moment: Moment) => number} */ figure,
  ) => ({
    what: `${what} ${after}, beside after ${since.runs}`,
    ours: figure(end) / MIB,
    theirs: figure(since) / MIB,
    unit: "MiB",
  });
  return [
    atMost({ what: `resident ${after}`, ours: end.residentBytes / MIB, unit: "MiB" }, 128),
    atMost(beside("resident", warm, resident), 1.02),
    atMost(beside("alive", warm, alive), 1.02),
    told(beside("resident", early, resident)),
    told(beside("alive", early, alive)),
  ];
}

/** @param {Moment} moment */
function resident({ residentBytes }) {
  return residentBytes;
}

/** @param {Moment} moment */
function alive({ liveBytes }) {
  return liveBytes;
}
