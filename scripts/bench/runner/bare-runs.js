// @ts-check
// The least that starts the launcher as often and reads when the probe was there and gone: node:child_process and nothing else.
// bare-runs.js LAUNCH RUNS, where LAUNCH is the JSON of { file, args, env }
import { spawn } from "node:child_process";
import { setTimeout as wait } from "node:timers/promises";
import { BETWEEN_RUNS_MILLISECONDS } from "./costs.js";

const [launch = "", count = "0"] = process.argv.slice(2);
/** @type {{ readonly file: string, readonly args: readonly string[], readonly env: Readonly<Record<string, string>> }} */
const { file, args, env } = JSON.parse(launch);

/** @type {import("./costs.js").RunCost[]} */
const costs = [];
while (costs.length < Number(count)) {
  // oxlint-disable-next-line no-await-in-loop -- a run waits for the one before it
  costs.push(await runOnce());
  // oxlint-disable-next-line no-await-in-loop -- as runs do that are due
  await wait(BETWEEN_RUNS_MILLISECONDS);
}
process.stdout.write(JSON.stringify({ costs }));

/** @returns {Promise<import("./costs.js").RunCost>} */
async function runOnce() {
  const dueAtSeconds = monotonicSeconds();
  const child = spawn(file, args, {
    env,
    cwd: "/",
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  child.stdout.on("data", (chunk) => (output += chunk));
  child.stderr.resume();
  await new Promise((resolve) => child.once("close", resolve));
  const closedAtSeconds = monotonicSeconds();
  /** @type {readonly Line[]} */
  const lines = output.trim().split("\n").map(toLine);
  const main = lines.find(({ type, phase }) => type === "end" && phase === "spawn");
  const reaped = lines.find(({ type }) => type === "reaped");
  if (main === undefined || reaped === undefined) throw new Error(output);
  return {
    beforeSeconds: main.at_seconds - dueAtSeconds,
    afterSeconds: closedAtSeconds - reaped.at_seconds,
    payingSeconds: 0,
    hasLooked: false,
  };
}

/** @typedef {{ readonly type: string, readonly phase?: string, readonly at_seconds: number }} Line */

/** @param {string} text @returns {Line} */
function toLine(text) {
  return JSON.parse(text);
}

function monotonicSeconds() {
  return Number(process.hrtime.bigint()) / 1e9;
}
