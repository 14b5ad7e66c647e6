// @ts-check
// Makes the data of a Prometheus: of series first, of recording rules then.
import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { execa } from "execa";

import { nameOf, startsOf } from "./cases.js";

const FAMILY = "cudaprobe_cold_start_last_duration_seconds";
const LABELS =
  'job="cudaprobe",gpu="0",gpu_uuid="GPU-0",mig_uuid="",probe="cold_start",runtime="driver",concurrency="1"';

/** @typedef {{ directory: string, beginSeconds: number, endSeconds: number }} Place */

/**
 * A sample a minute of each case, from `beginSeconds` on.
 * @param {readonly import("./cases.js").Case[]} cases
 * @param {readonly number[]} recorded
 * @param {Place} place
 */
export async function importStarts(cases, recorded, { directory, beginSeconds }) {
  const file = join(directory, "starts.txt");
  await mkdir(directory, { recursive: true });
  const stream = createWriteStream(file);
  stream.write(`# TYPE ${FAMILY} gauge\n`);
  for (const one of cases) {
    const lines = [...startsOf(one, recorded)].map(
      (seconds, minute) =>
        `${FAMILY}{instance="${nameOf(one)}",${LABELS}} ${seconds.toPrecision(6)} ${beginSeconds + 60 * minute}\n`,
    );
    if (!stream.write(lines.join(""))) await once(stream, "drain");
  }
  stream.end("# EOF\n");
  await once(stream, "close");
  await promtool(["openmetrics", "--max-block-duration=200h", file, join(directory, "data")]);
  await rm(file);
}

/**
 * What recording rules would have recorded, asked of a running Prometheus.
 * @param {string} rules The text of a file of rules.
 * @param {string} url
 * @param {Place} place
 */
export async function recordRules(rules, url, { directory, beginSeconds, endSeconds }) {
  const file = join(directory, "rules.yml");
  await writeFile(file, rules);
  await promtool([
    "rules",
    `--url=${url}`,
    `--start=${beginSeconds}`,
    `--end=${endSeconds}`,
    `--output-dir=${join(directory, "data")}`,
    file,
  ]);
}

/** @param {readonly string[]} args */
async function promtool(args) {
  await execa("promtool", ["tsdb", "create-blocks-from", ...args], { stdout: "ignore" });
}
