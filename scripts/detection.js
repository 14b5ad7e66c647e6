// @ts-check
// `npm run detection`: how soon the shipped alerts see a cold start regress, and how often they cry
// wolf. Makes series of starts, a minute each, of recorded and of modelled noise; has a real
// Prometheus record what the rules of deploy/prometheus record, and ask what their alerts ask; prints
// a table, or with --json all of it. Takes some minutes. Needs Debian's prometheus.
//
//   npm run detection -- [--series=12] [--days=30] [--noises=recorded,quiet,noisy] [--json]
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";

import { importStarts, recordRules } from "./detection/blocks.js";
import { LEAD_MINUTES, makeCases, nameOf } from "./detection/cases.js";
import { firingsOf } from "./detection/firings.js";
import { recordingPasses, regressionAlerts } from "./detection/passes.js";
import { timesOf, withPrometheus } from "./detection/prometheus.js";
import { summarize, toMarkdown } from "./detection/table.js";

const root = resolve(import.meta.dirname, "..");
const { values: flags } = parseArgs({
  options: {
    series: { type: "string", default: "12" },
    days: { type: "string", default: "30" },
    noises: { type: "string", default: "recorded,quiet,noisy" },
    json: { type: "boolean", default: false },
  },
});
const options = {
  series: Number(flags.series),
  days: Number(flags.days),
  noises: flags.noises.split(","),
};

const directory = await mkdtemp(join(tmpdir(), "cudaprobe-detection-"));
try {
  const summary = summarize(await tryAll(), options);
  process.stdout.write(
    flags.json ? `${JSON.stringify(summary, undefined, 1)}\n` : toMarkdown(summary),
  );
} finally {
  await rm(directory, { recursive: true, force: true });
}

/** Every case, with when which alert began to fire. */
async function tryAll() {
  const cases = makeCases(options);
  const rules = await readFile(join(root, "deploy/prometheus/cudaprobe.rules.yml"), "utf8");
  const minutes = Math.max(...cases.map((one) => one.minutes));
  const endSeconds = Math.floor(Date.now() / 86_400_000) * 86_400;
  const place = { directory, beginSeconds: endSeconds - 60 * minutes, endSeconds };
  await importStarts(cases, await readRecorded(), place);
  for (const pass of recordingPasses(rules)) {
    say(`recording ${pass.match(/record: .*/g)?.join(", ")}`);
    await withPrometheus(directory, async (url) => recordRules(pass, url, place));
  }
  const fired = await withPrometheus(directory, async (url) => askAlerts(rules, url, place));
  return cases.map((one) => ({ ...one, firings: firingsIn(one, fired, place.beginSeconds) }));
}

/**
 * When each alert began to fire, by its severity and the label `instance`.
 * @param {string} rules
 * @param {string} url
 * @param {import("./detection/blocks.js").Place} place
 */
async function askAlerts(rules, url, place) {
  /** @type {Array<{ severity: string, times: Map<string, number[]> }>} */
  const fired = [];
  for (const { severity, expr, forSeconds } of regressionAlerts(rules)) {
    say(`asking for ${severity}`);
    const times = await timesOf(url, expr, place);
    for (const [instance, held] of times) times.set(instance, firingsOf(held, forSeconds));
    fired.push({ severity, times });
  }
  return fired;
}

/**
 * @param {import("./detection/cases.js").Case} one
 * @param {Awaited<ReturnType<typeof askAlerts>>} fired
 * @param {number} beginSeconds
 */
function firingsIn(one, fired, beginSeconds) {
  return Object.fromEntries(
    fired.map(({ severity, times }) => [
      severity,
      (times.get(nameOf(one)) ?? [])
        .map((time) => (time - beginSeconds) / 60)
        .filter((minute) => minute >= LEAD_MINUTES),
    ]),
  );
}

/** Cold starts of an H100 in the order in which they were made, as multiples of their median. */
async function readRecorded() {
  const text = await readFile(join(root, "test/fixtures/h100-cold-starts.csv"), "utf8");
  const [header = "", ...rows] = text
    .trim()
    .split("\n")
    .filter((line) => !line.startsWith("#"));
  const column = header.split(",").indexOf("total_ms");
  const starts = rows.map((row) => Number(row.split(",")[column]));
  const middle = starts.toSorted((a, b) => a - b)[Math.floor(starts.length / 2)] ?? Number.NaN;
  return starts.map((milliseconds) => milliseconds / middle);
}

/** @param {string} text */
function say(text) {
  process.stderr.write(`${text}\n`);
}
