// @ts-check
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ROOT } from "../load/daemon.js";
import { fetchText } from "../load/fetch.js";
import { untilMeasured } from "../load/scrape-many.js";
import { store } from "./fleet/block.js";
import { fleetCost, seriesLeft } from "./fleet/cost.js";
import { HOSTS, SETTINGS } from "./fleet/settings.js";
import { told } from "./row.js";
import { withDaemons } from "./scale/daemons.js";
import { defaultConfigWith, withSmallSizes } from "./scale/faster.js";
import { withSleepers } from "./scale/sleepers.js";

/** On each GPU, of processes that are there, since others are not told. */
const PROCESSES = 4;

/**
 * A scrape a second that finds as much changed as one every 15 or 60 seconds does of the schedules that are shipped: so
 * many times as fast, or nearly so. The faster one has a GPU alone, since its runs take turns.
 */
const PACES = [
  {
    interval: 15,
    gpus: 8,
    schedules: {
      coldStart: "*/4 * * * * *",
      processMemory: "* * * * * *",
      others: "*/30 * * * * *",
    },
  },
  {
    interval: 60,
    gpus: 1,
    schedules: {
      coldStart: "* * * * * *",
      processMemory: "* * * * * *",
      others: "*/10 * * * * *",
    },
  },
];

/** What a fleet costs a Prometheus; all rows are told, none is judged. @type {import("./row.js").Bench} */
export const fleet = {
  name: "fleet",
  run: async ({ say }) => {
    const { stored, counts } = await withSleepers(PROCESSES, async (pids) => {
      say("  what a Prometheus makes of it …");
      const all = await storeAll(pids);
      say("  what each setting leaves of it …");
      return { stored: all, counts: await countAll(pids) };
    });
    const costs = SETTINGS.map(({ what, interval }, index) => ({
      what,
      interval,
      seriesOfHost: counts[index] ?? Number.NaN,
      bytesPerSample: stored.get(interval)?.bytesPerSample ?? Number.NaN,
    }));
    return [...[...stored].map(storedRow), ...costs.map(fleetRow)];
  },
};

/** @param {readonly number[]} pids @returns {Promise<ReadonlyMap<number, import("./fleet/block.js").Stored>>} by the interval that is meant */
async function storeAll(pids) {
  const directory = await mkdtemp(join(tmpdir(), "cudaprobe-fleet-"));
  const all = await Promise.all(
    PACES.map(async ({ interval, gpus, schedules }) => ({
      size: interval,
      config: await defaultConfigWith(schedules),
      host: { gpus, processes: gpus * PROCESSES, pids },
    })),
  );
  try {
    return await withDaemons(all, async (running) => {
      await Promise.all(running.map(isMeasured));
      const entries = running.map(async ({ size, daemon }) => {
        const stored = await store(daemon.address, join(directory, String(size)));
        return /** @type {const} */ ([size, stored]);
      });
      return new Map(await Promise.all(entries));
    });
  } finally {
    await rm(directory, { recursive: true });
  }
}

/** Series of a host with each of the settings, once all of its probes have run. @param {readonly number[]} pids */
async function countAll(pids) {
  const shipped = withSmallSizes(await readFile(join(ROOT, "config/cudaprobe.yml"), "utf8"));
  const all = SETTINGS.map(({ gpus, config, flags = [] }, size) => ({
    size,
    config: config(shipped),
    host: { gpus, processes: gpus * PROCESSES, pids },
    flags,
  }));
  return withDaemons(all, async (running) =>
    Promise.all(
      running.map(async (one, index) =>
        seriesLeft((await isMeasured(one)).text, SETTINGS[index]?.drop),
      ),
    ),
  );
}

/** @param {import("./scale/daemons.js").Running} running */
async function isMeasured({ daemon }) {
  const url = `http://${daemon.address}/metrics`;
  await untilMeasured(url);
  return fetchText(url, {});
}

/** @param {readonly [number, import("./fleet/block.js").Stored]} entry */
function storedRow([interval, stored]) {
  const what = `a sample on the disk of Prometheus, scraped every ${interval} s`;
  return told({ what, ours: stored.bytesPerSample, unit: "B", detail: { interval, ...stored } });
}

/** @param {{ readonly what: string, readonly interval: number, readonly seriesOfHost: number, readonly bytesPerSample: number }} facts */
function fleetRow({ what, ...facts }) {
  const cost = fleetCost({ hosts: HOSTS, ...facts });
  return told({
    what: `${HOSTS} hosts, ${what}`,
    ours: cost.bytesPerDay / 1e9,
    unit: "GB/day",
    detail: { ...facts, ...cost },
  });
}
