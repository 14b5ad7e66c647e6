// @ts-check
// `npm run bench`: what cudaprobe costs, beside what people would use instead, on this machine, now. Each figure
// is measured in turns with the other one of its ratio, and is the median of the rounds. docs/benchmarks.md
// says how each comes about. Exit code 1 when a target is missed.
//
//   npm run bench -- [--only=start,scrape] [--rounds=5] [--runs=100000] [--json=FILE]
import { writeFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { BENCHES } from "./bench/benches.js";
import { describeMachine } from "./bench/machine.js";
import { toMarkdown } from "./bench/table.js";

const { values: flags } = parseArgs({
  options: {
    only: { type: "string" },
    rounds: { type: "string", default: "5" },
    runs: { type: "string", default: "100000" },
    json: { type: "string" },
  },
});

/** @type {Record<string, readonly import("./bench/row.js").Row[]>} */
const parts = {};
const say = (/** @type {string} */ line) => process.stderr.write(`${line}\n`);
for (const bench of chosen(flags.only)) {
  say(`${bench.name} …`);
  parts[bench.name] = await bench.run({
    rounds: Number(flags.rounds),
    runs: Number(flags.runs),
    say,
  });
}
const report = {
  machine: describeMachine(),
  date: new Date().toISOString(),
  rounds: Number(flags.rounds),
  parts,
};
process.stdout.write(
  `${report.machine}, ${flags.rounds} rounds, ${report.date}\n\n${toMarkdown(parts)}`,
);
if (flags.json !== undefined)
  await writeFile(flags.json, `${JSON.stringify(report, undefined, 1)}\n`);
process.exitCode = Object.values(parts)
  .flat()
  .every(({ met }) => met !== false)
  ? 0
  : 1;

/** @param {string | undefined} only */
function chosen(only) {
  if (only === undefined) return BENCHES;
  return only.split(",").map((name) => {
    const found = BENCHES.find((bench) => bench.name === name);
    if (found === undefined)
      throw new Error(
        `there is no bench ${name}: ${BENCHES.map((bench) => bench.name).join(", ")}`,
      );
    return found;
  });
}
