// @ts-check
import { readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";

const LIMIT_MILLISECONDS = 60_000;

/** What a daemon is started with, so that it can be asked. @param {string} directory */
export function snapshotFlags(directory) {
  return ["--heapsnapshot-signal=SIGUSR2", `--diagnostic-dir=${directory}`];
}

/**
 * Bytes that the daemon can still reach. Resident memory has garbage in it that nobody has needed to collect yet; a heap snapshot is of
 * what is left after a collection.
 * @param {number} pid @param {string} directory Where the daemon puts its snapshots.
 */
export async function readLiveBytes(pid, directory) {
  process.kill(pid, "SIGUSR2");
  const deadline = performance.now() + LIMIT_MILLISECONDS;
  while (performance.now() < deadline) {
    await wait(250);
    const name = (await readdir(directory)).find((file) => file.endsWith(".heapsnapshot"));
    if (name === undefined) continue;
    const bytes = sumSnapshot(await readFile(join(directory, name), "utf8"));
    if (bytes === undefined) continue;
    await rm(join(directory, name));
    return bytes;
  }
  throw new Error("the daemon has written no heap snapshot");
}

/**
 * @typedef {object} Snapshot
 * @property {{ readonly meta: { readonly node_fields: readonly string[] } }} snapshot
 * @property {readonly number[]} nodes so many numbers a node as there are fields
 */

/** The sum of all sizes in it; undefined while it is being written. @param {string} text */
function sumSnapshot(text) {
  const parsed = parse(text);
  if (parsed === undefined) return undefined;
  const fields = parsed.snapshot.meta.node_fields;
  const sizes = parsed.nodes.filter(
    (_, index) => index % fields.length === fields.indexOf("self_size"),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}

/** @param {string} text @returns {Snapshot | undefined} */
function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    // Not all of it is there yet.
    return undefined;
  }
}
