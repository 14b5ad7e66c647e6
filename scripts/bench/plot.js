// @ts-check
// Draws what `npm run bench -- --only=scale --json=FILE` found: a sheet for what there may be more of, as
// pictures that stand for themselves. Needs `npm run build`.
//
//   node scripts/bench/plot.js FILE [DIRECTORY=docs/images]
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { growthCharts } from "./scale/charts.js";
import { makeSheet } from "./scale/sheet.js";

const [file, directory = "docs/images"] = process.argv.slice(2);
if (file === undefined) throw new Error("node scripts/bench/plot.js FILE [DIRECTORY]");

/** @type {{ parts: { scale?: readonly import("./scale/charts.js").GrowthRow[] } }} */
const { parts } = JSON.parse(await readFile(file, "utf8"));
for (const axis of ["devices", "processes"]) {
  const picture = join(directory, `benchmarks-${axis}.svg`);
  await writeFile(picture, makeSheet(growthCharts(parts.scale ?? [], axis)));
  process.stdout.write(`${picture}\n`);
}
