// @ts-check
import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { summarizeCosts } from "./runner/costs.js";
import { alternate, medianOf } from "./rounds.js";
import { atMost, told } from "./row.js";

/** @typedef {import("./runner/costs.js").CostSummary} CostSummary */
/** @typedef {{ readonly file: string, readonly args: readonly string[], readonly env: Readonly<Record<string, string>> }} Launch */

const RUNS = 100;

const run = promisify(execFile);

/** What the daemon adds to a run, beside a bare spawn of the same launcher with the same probe. @type {import("./row.js").Bench} */
export const runner = {
  name: "runner",
  run: async ({ rounds }) => {
    const storage = await mkdtemp(join(tmpdir(), "cudaprobe-bench-"));
    try {
      const { launch } = await runDaemon(storage, 1);
      const measured = await alternate(rounds, {
        ours: async () => (await runDaemon(storage, RUNS)).costs,
        theirs: async () => runBare(launch),
      });
      return toRows(measured);
    } finally {
      await rm(storage, { recursive: true });
    }
  },
};

/** @param {{ readonly ours: readonly CostSummary[], readonly theirs: readonly CostSummary[] }} measured */
function toRows({ ours, theirs }) {
  /** @param {string} what @param {(cost: CostSummary) => number | undefined} figure */
  const row = (what, figure) => ({
    what,
    ours: medianOf(ours, (cost) => figure(cost) ?? Number.NaN),
    theirs: medianOf(theirs, (cost) => figure(cost) ?? Number.NaN),
    unit: "ms",
  });
  const { theirs: _none, ...looking } = row(
    "both, and a look at the GPUs",
    ({ looking: ms }) => ms,
  );
  const { theirs: _no, ...paying } = row("until it is paid for", ({ paying: ms }) => ms);
  return [
    atMost(
      row("from due to the probe's main, and from its end to the metrics", ({ both }) => both),
      2,
    ),
    told(row("from due to the probe's main", ({ before }) => before)),
    told(row("from its end to the metrics", ({ after }) => after)),
    told(paying),
    // Often no run has had to look.
    ...(Number.isNaN(looking.ours) ? [] : [told(looking)]),
  ];
}

/** @param {string} storage @param {number} runs */
async function runDaemon(storage, runs) {
  const { costs, request, laneFile } = await runScript("daemon-runs.js", [storage, `${runs}`]);
  const lane = [`--lane_lock=${laneFile}`, "--lane_timeout_seconds=60"];
  const file = resolve(import.meta.dirname, "../../native/build/launcher");
  /** @type {Launch} */
  const launch = { file, args: [...lane, "--", request.file, ...request.args], env: request.env };
  return { launch, costs: summarizeCosts(costs) };
}

/** @param {Launch} launch */
async function runBare(launch) {
  const { costs } = await runScript("bare-runs.js", [JSON.stringify(launch), `${RUNS}`]);
  return summarizeCosts(costs);
}

/**
 * @typedef {object} Printed what both scripts print, and what the daemon's does beside it
 * @property {readonly import("./runner/costs.js").RunCost[]} costs
 * @property {Launch} request
 * @property {string} laneFile
 */

/** @param {string} name @param {readonly string[]} args @returns {Promise<Printed>} */
async function runScript(name, args) {
  const file = join(import.meta.dirname, "runner", name);
  const { stdout } = await run(process.execPath, [file, ...args], { timeout: 300_000 });
  return JSON.parse(stdout);
}
