// @ts-check
// Where a tortured daemon lives: directories of its own and, where that is allowed, a mount namespace
// in which its disk and /dev/shm are small and its /proc can be hidden.
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { existsSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";

const DISK = "24m";
const SHARED_MEMORY = "16m";

/**
 * @typedef {object} Places
 * @property {string} base
 * @property {string} state Its --storage.path.
 * @property {string} temporary
 * @property {string} emulator
 * @property {string} config
 * @property {string} clock What its clock is told to add.
 * @property {boolean} ownMounts
 * @property {string | undefined} faketime The library that makes the clock step.
 */

/** @returns {Promise<Places>} */
export async function makePlaces() {
  const base = await mkdtemp(join(tmpdir(), "cudaprobe-torture-"));
  const state = join(base, "state");
  const temporary = join(base, "tmp");
  const emulator = join(base, "emulator");
  await Promise.all([state, temporary, emulator].map(async (path) => mkdir(path)));
  const tried = await execa("unshare", ["--mount", "true"], { reject: false });
  return {
    base,
    state,
    temporary,
    emulator,
    config: join(base, "cudaprobe.yml"),
    clock: join(base, "clock"),
    ownMounts: !tried.failed,
    faketime: findFaketime(),
  };
}

/** Debian's libfaketime, on either of its machines. */
function findFaketime() {
  const machines = ["x86_64-linux-gnu", "aarch64-linux-gnu"];
  const files = machines.map((machine) => `/usr/lib/${machine}/faketime/libfaketime.so.1`);
  return files.find((file) => existsSync(file));
}

/** A command line that runs `command` in there. @param {Places} places @param {readonly string[]} command */
export function inPlaces({ ownMounts, state, temporary }, command) {
  if (!ownMounts) return command;
  const mounts = [
    `mount -t tmpfs -o size=${DISK} tmpfs ${state}`,
    `mount -t tmpfs -o size=${DISK} tmpfs ${temporary}`,
    `mount -t tmpfs -o size=${SHARED_MEMORY} tmpfs /dev/shm`,
  ];
  const script = `${mounts.join(" && ")} && exec "$@"`;
  return ["unshare", "--mount", "--propagation=private", "sh", "-c", script, "sh", ...command];
}

/** @param {Places} places */
export async function removePlaces({ base }) {
  await rm(base, { recursive: true, force: true });
}
