// @ts-check
// What lies about after the daemon has ended: nothing but what it is meant to keep.
import { readdir } from "node:fs/promises";
import { join } from "node:path";

/** Directories and files of docs/operations.md that stay. */
/** Of the library that makes the clock step. */
const FAKETIME = /^(sem\.)?faketime_/;

const KEPT = /^(home|no-mps|cuda-cache|cuda-cache-any|lane\.lock|[\w-]+\.json)$/;

/**
 * A file system that is a mount of the daemon's alone goes with it, so this is asked while it lives, with nothing due any more.
 * @param {import("./places.js").Places} places @param {number} daemon Its pid.
 */
export async function findLeftFiles({ state, temporary, ownMounts }, daemon) {
  const root = ownMounts ? `/proc/${daemon}/root` : "";
  const shared = ownMounts ? await list(join(root, "/dev/shm")) : [];
  const kept = await list(join(root, state));
  return [
    ...kept.filter((name) => !KEPT.test(name)),
    ...(await list(join(root, state, "home"))).map((name) => `home/${name}`),
    ...(await list(join(root, state, "no-mps"))).map((name) => `no-mps/${name}`),
    ...(await list(join(root, temporary))).map((name) => `tmp/${name}`),
    ...shared.filter((name) => !FAKETIME.test(name)).map((name) => `/dev/shm/${name}`),
  ];
}

/** @param {string} directory */
async function list(directory) {
  return readdir(directory).catch(() => []);
}
