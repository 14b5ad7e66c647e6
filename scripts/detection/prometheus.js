// @ts-check
// A Prometheus over data that is there already, or that it scrapes, on a port of 127.0.0.1.
import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { execa } from "execa";

const LONGER_THAN_ANY_DATA = "10y";
/** Prometheus gives 11,000 at most. */
const MOST_POINTS = 10_000;

/**
 * Runs `work` with the address of a Prometheus that has the data of `directory` as it is now.
 * @template T
 * @param {string} directory
 * @param {(url: string) => Promise<T>} work
 * @param {{ readonly config?: string, readonly flags?: readonly string[] }} [options] Without a config it scrapes nothing.
 */
export async function withPrometheus(directory, work, { config = "{}\n", flags = [] } = {}) {
  const file = join(directory, "prometheus.yml");
  await writeFile(file, config);
  const address = `127.0.0.1:${await findFreePort()}`;
  const child = execa({ reject: false, buffer: false, stdin: "ignore", stdout: "ignore" })(
    "prometheus",
    [
      `--config.file=${file}`,
      `--storage.tsdb.path=${join(directory, "data")}`,
      `--storage.tsdb.retention.time=${LONGER_THAN_ANY_DATA}`,
      "--query.timeout=10m",
      `--web.listen-address=${address}`,
      ...flags,
    ],
  );
  try {
    await isReady(child.stderr);
    return await work(`http://${address}`);
  } finally {
    child.kill("SIGTERM");
    await child;
  }
}

/** @param {import("node:stream").Readable} log */
async function isReady(log) {
  for await (const line of createInterface(log)) {
    if (line.includes("Server is ready")) return;
  }
  throw new Error("prometheus did not start");
}

async function findFreePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (typeof address !== "object" || address === null) throw new Error("there is no free port");
  return address.port;
}

/**
 * When an expression had a value, by the label `instance`: seconds since 1970, a step of a minute.
 * @param {string} url
 * @param {string} expr
 * @param {{ beginSeconds: number, endSeconds: number }} range
 * @returns {Promise<Map<string, number[]>>}
 */
export async function timesOf(url, expr, { beginSeconds, endSeconds }) {
  /** @type {Map<string, number[]>} */
  const found = new Map();
  for (let start = beginSeconds; start < endSeconds; start += 60 * MOST_POINTS) {
    const end = Math.min(endSeconds, start + 60 * (MOST_POINTS - 1));
    for (const { metric, values } of await queryRange(url, { query: expr, start, end })) {
      const times = found.get(metric.instance) ?? [];
      found.set(metric.instance, times);
      for (const [time] of values) times.push(time);
    }
  }
  return found;
}

/**
 * @param {string} url
 * @param {{ query: string, start: number, end: number }} question
 * @returns {Promise<Array<{ metric: { instance: string }, values: Array<[number, string]> }>>}
 */
async function queryRange(url, { query, start, end }) {
  const body = new URLSearchParams({ query, start: String(start), end: String(end), step: "60" });
  const response = await fetch(`${url}/api/v1/query_range`, { method: "POST", body });
  /** @type {{ status: string, error: string, data: { result: Awaited<ReturnType<typeof queryRange>> } }} */
  const answer = JSON.parse(await response.text());
  if (answer.status !== "success") throw new Error(answer.error);
  return answer.data.result;
}
