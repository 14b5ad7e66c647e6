// @ts-check
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { makeInstalled } from "./installed.js";
import { alternate, medianOf } from "./rounds.js";
import { atMost, told } from "./row.js";
import { findFreePort, secondsToEnd, secondsToReady } from "./start/seconds.js";

/** Starts a round. */
const STARTS = 15;

const ROOT = resolve(import.meta.dirname, "../..");
const BARE = join(import.meta.dirname, "start/bare.js");

/** Starts of what is installed, and of the compiled modules as `npm start` has them. @type {import("./row.js").Bench} */
export const start = {
  name: "start",
  run: async ({ rounds, say }) => {
    const installed = await makeInstalled(ROOT);
    const storage = await mkdtemp(join(tmpdir(), "cudaprobe-bench-"));
    const count = rounds * STARTS;
    try {
      say("serve");
      const serve = await compareServe(join(installed, "dist/main.js"), storage, count);
      const modules = await compareServe(join(ROOT, "dist/main.js"), storage, rounds);
      say("--help");
      const help = await compareHelp(join(installed, "dist/main.js"), count);
      const moduleHelp = await compareHelp(join(ROOT, "dist/main.js"), rounds);
      return [
        atMost({ what: "serve to ready, beside express and prom-client", ...serve }, 1.5),
        atMost({ what: "--help, beside node -e 0", ...help }, 1.5),
        told({ what: "serve to ready, modules one by one", ...modules }),
        told({ what: "--help, modules one by one", ...moduleHelp }),
      ];
    } finally {
      await rm(storage, { recursive: true });
    }
  },
};

/** @param {string} main @param {string} storage @param {number} count */
async function compareServe(main, storage, count) {
  const port = await findFreePort();
  const args = [
    "serve",
    "--driver=emulator",
    `--config.file=${join(ROOT, "config/cudaprobe.yml")}`,
    `--storage.path=${storage}`,
    `--web.listen-address=127.0.0.1:${port}`,
  ];
  const measured = await alternate(count, {
    ours: async () => secondsToReady([main, ...args], port),
    theirs: async () => secondsToReady([BARE, `${port}`], port),
  });
  return toMedians(measured);
}

/** @param {string} main @param {number} count */
async function compareHelp(main, count) {
  const measured = await alternate(count, {
    ours: async () => secondsToEnd([main, "--help"]),
    theirs: async () => secondsToEnd(["-e", "0"]),
  });
  return toMedians(measured);
}

/** @param {{ readonly ours: readonly number[], readonly theirs: readonly number[] }} seconds */
function toMedians({ ours, theirs }) {
  return {
    ours: medianOf(ours, toMilliseconds),
    theirs: medianOf(theirs, toMilliseconds),
    unit: "ms",
  };
}

/** @param {number} seconds */
function toMilliseconds(seconds) {
  return seconds * 1000;
}
