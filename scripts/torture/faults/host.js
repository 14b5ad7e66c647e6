// @ts-check
// What befalls the host: a full disk, a clock that steps, a /proc that is hidden, a config of garbage.
import { open, rm } from "node:fs/promises";
import { execa } from "execa";

import { configText } from "../config.js";
import { replaceFile } from "../daemon.js";
import { pause } from "./fault.js";

const NEEDS_MOUNTS = "needs a mount namespace (root, or CAP_SYS_ADMIN)";
const NEEDS_FAKETIME = "needs Debian's libfaketime";

/** umount(8) wants a /proc itself; the numbers are of umount2(2), and of MNT_DETACH. */
const SHOW_PROC = `my $at = "/proc"; exit(syscall(${process.arch === "arm64" ? 39 : 166}, $at, 2) == 0 ? 0 : 1)`;

/** @param {import("../places.js").Places} places */
const mounts = ({ ownMounts }) => (ownMounts ? undefined : NEEDS_MOUNTS);

/** @type {readonly import("./fault.js").Fault[]} */
export const hostFaults = [
  full("full disk", ({ places }) => places.state),
  full("full temporary directory", ({ places }) => places.temporary),
  full("full /dev/shm", () => "/dev/shm"),
  {
    name: "clock step",
    missing: ({ faketime }) => (faketime === undefined ? NEEDS_FAKETIME : undefined),
    begin: async ({ places, pick }) =>
      replaceFile(places.clock, pick(["+0", "+1h", "-1h", "-3", "+7", "+400d", "-400d"])),
  },
  {
    name: "hidden /proc",
    missing: mounts,
    seconds: [0.5, 3],
    begin: async ({ daemon }) => inMounts(daemon, ["mount", "-t", "tmpfs", "tmpfs", "/proc"]),
    end: async ({ daemon }) => inMounts(daemon, ["perl", "-e", SHOW_PROC]),
  },
  {
    name: "config of garbage",
    begin: async ({ daemon, places, random, pick }) => {
      await replaceFile(places.config, spoil(configText(), random, pick));
      daemon.signal("SIGHUP");
      await pause(0.5);
      await replaceFile(places.config, configText());
      daemon.signal("SIGHUP");
    },
  },
];

/** @param {string} name @param {(around: import("./fault.js").Surroundings) => string} find @returns {import("./fault.js").Fault} */
function full(name, find) {
  /** Seen from here, through the daemon. @param {import("./fault.js").Surroundings} around */
  const fileOf = (around) => `/proc/${around.daemon.pid}/root${find(around)}/fill-of-the-torture`;
  return {
    name,
    missing: mounts,
    seconds: [1, 4],
    begin: async (around) => fill(fileOf(around)),
    end: async (around) => rm(fileOf(around), { force: true }),
  };
}

/** To the last byte. @param {string} file */
async function fill(file) {
  const handle = await open(file, "w");
  try {
    for (let size = 1 << 20; size > 0;) {
      const written = await handle.write(Buffer.alloc(size)).then(
        ({ bytesWritten }) => bytesWritten,
        () => 0,
      );
      if (written < size) size >>= 1;
    }
  } finally {
    await handle.close();
  }
}

/** @param {import("../daemon.js").Daemon} daemon @param {readonly string[]} command */
async function inMounts({ pid }, command) {
  await execa("nsenter", [`--target=${pid}`, "--mount", ...command]);
}

/** Never what the loader would take. @param {string} text @param {() => number} random @param {<T>(from: readonly T[]) => T} pick */
function spoil(text, random, pick) {
  const at = Math.floor(random() * text.length);
  return pick([
    `${text}\u0000`,
    `${text.slice(0, at)}\t}{: &*[${text.slice(at)}`,
    "probes: [".repeat(5000),
    String.fromCodePoint(
      ...Array.from({ length: 4096 }, () => Math.floor(random() * 256)),
      0x7d,
      0x7b,
    ),
    "",
    text.replaceAll("cold_start", "cold_stop"),
    "a: &a [*a, *a]\nprobes: *a\n",
  ]);
}
