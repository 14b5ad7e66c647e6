// @ts-check
// `npm run load`: whether the built daemon stands what a bad day brings, on the emulator. First so many
// scrapers at once, each asking again as soon as it has its answer, of 8 GPUs with the default
// configuration; then so many runs of probes that end at once, one in eight of which always fails. Prints what
// came of it as JSON, and ends with 1 when an answer was not whole, a run was lost, or memory grew.
//
//   npm run load -- [--seconds=60] [--scrapers=50] [--runs=10000]
import { cpus } from "node:os";
import { parseArgs } from "node:util";
import { judge } from "./load/judge.js";
import { runMany } from "./load/run-many.js";
import { scrapeMany } from "./load/scrape-many.js";

const { values } = parseArgs({
  options: {
    seconds: { type: "string", default: "60" },
    scrapers: { type: "string", default: "50" },
    runs: { type: "string", default: "10000" },
  },
});
const machine = `${cpus().length} × ${cpus()[0]?.model ?? "unknown"}, Node ${process.version}`;
const scrapes = await scrapeMany({
  seconds: Number(values.seconds),
  scrapers: Number(values.scrapers),
});
const runs = await runMany({ runs: Number(values.runs) });
const problems = judge(scrapes, runs);
process.stdout.write(`${JSON.stringify({ machine, scrapes, runs, problems }, undefined, 1)}\n`);
process.exitCode = problems.length === 0 ? 0 : 1;
