// @ts-check
import { mkdir, readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { withPrometheus } from "../../detection/prometheus.js";

/** A sample fewer than Prometheus puts into a chunk, so that each series has one, and that is nearly full. */
const SCRAPES = 119;

/**
 * What a real Prometheus made of it.
 * @typedef {object} Stored
 * @property {number} series
 * @property {number} samples
 * @property {number} bytesPerSample of the files of chunks
 * @property {number} indexBytesPerSeries of the block
 * @property {number} walBytesPerSample of the log that is written first
 * @property {number} heapBytesPerSeries of Prometheus' own memory after a collection, above that before the first scrape
 */

/**
 * Has a Prometheus of its own scrape an address every second, write what it has as a block, and measures that.
 * @param {string} address @param {string} directory a new one for its data
 * @returns {Promise<Stored>}
 */
export async function store(address, directory) {
  await mkdir(directory);
  return withPrometheus(
    directory,
    async (url) => {
      const empty = await liveHeap(url);
      for (;;) {
        await wait(500);
        if ((await query(url, `count_over_time(cudaprobe_up[1h])`)) >= SCRAPES) break;
      }
      const heap = await liveHeap(url);
      const wal = await sizeOf(join(directory, "data/wal"));
      const block = await snapshot(url, directory);
      return { ...measure(block, wal), heapBytesPerSeries: (heap - empty) / block.series };
    },
    { config: configuration(address), flags: ["--web.enable-admin-api"] },
  );
}

/** @param {string} address */
function configuration(address) {
  return `global: { scrape_interval: 1s, scrape_timeout: 1s }
scrape_configs:
  - job_name: cudaprobe
    static_configs: [{ targets: ["${address}"] }]
`;
}

/** @param {Awaited<ReturnType<typeof snapshot>>} block @param {number} wal */
function measure({ series, samples, chunkBytes, indexBytes }, wal) {
  return {
    series,
    samples,
    bytesPerSample: chunkBytes / samples,
    indexBytesPerSeries: indexBytes / series,
    walBytesPerSample: wal / samples,
  };
}

/** @param {string} url @param {string} directory */
async function snapshot(url, directory) {
  const response = await fetch(`${url}/api/v1/admin/tsdb/snapshot`, { method: "POST" });
  /** @type {{ data: { name: string } }} */
  const { data } = JSON.parse(await response.text());
  const snapshots = join(directory, "data/snapshots", data.name);
  const [block] = await readdir(snapshots);
  if (block === undefined) throw new Error("the snapshot has no block");
  const path = join(snapshots, block);
  /** @type {{ stats: { numSeries: number, numSamples: number } }} */
  const { stats } = JSON.parse(await readFile(join(path, "meta.json"), "utf8"));
  return {
    series: stats.numSeries,
    samples: stats.numSamples,
    chunkBytes: await sizeOf(join(path, "chunks")),
    indexBytes: (await stat(join(path, "index"))).size,
  };
}

/** Of the files in it. @param {string} directory */
async function sizeOf(directory) {
  const entries = await readdir(directory, { withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  const stats = await Promise.all(files.map(async ({ name }) => stat(join(directory, name))));
  return stats.reduce((sum, { size }) => sum + size, 0);
}

/** 0 where there is nothing yet. @param {string} url @param {string} expression */
async function query(url, expression) {
  const response = await fetch(`${url}/api/v1/query?query=${encodeURIComponent(expression)}`);
  /** @type {{ data: { result: readonly { value: readonly [number, string] }[] } }} */
  const { data } = JSON.parse(await response.text());
  return Number(data.result[0]?.value[1] ?? 0);
}

/** What Prometheus can still reach: its profiler collects what it cannot when it is asked to. @param {string} url */
async function liveHeap(url) {
  await (await fetch(`${url}/debug/pprof/heap?gc=1`)).arrayBuffer();
  const text = await (await fetch(`${url}/metrics`)).text();
  return Number(/^go_memstats_alloc_bytes (\S+)$/m.exec(text)?.[1]);
}
