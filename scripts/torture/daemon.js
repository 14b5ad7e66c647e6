// @ts-check
// The daemon that is tortured: the built one, a real process, followed by its log.
import { once } from "node:events";
import { rename, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { execa } from "execa";

import { configText, emulatorText } from "./config.js";
import { inPlaces } from "./places.js";
import { createTally } from "./tally.js";

const MAIN = resolve(import.meta.dirname, "../../dist/main.js");

/** @typedef {Awaited<ReturnType<typeof startDaemon>>} Daemon */

/** @param {import("./places.js").Places} places */
export async function startDaemon(places) {
  await Promise.all([
    replaceFile(places.config, configText()),
    replaceFile(join(places.emulator, "emulator.conf"), emulatorText([])),
    replaceFile(places.clock, "+0"),
  ]);
  const [file = "", ...args] = inPlaces(places, commandOf(places));
  const child = execa(file, args, {
    env: environmentOf(places),
    extendEnv: false,
    reject: false,
    buffer: false,
    stdin: "ignore",
    stdout: "ignore",
    forceKillAfterDelay: false,
  });
  const tally = createTally();
  const lines = createInterface(child.stderr);
  lines.on("line", tally.add);
  const address = await findAddress(lines);
  return {
    pid: child.pid ?? 0,
    address,
    port: Number(address.split(":").at(-1)),
    tally,
    lines,
    /** @type {Promise<{ exitCode?: number }>} */
    ended: child.then(({ exitCode }) => (exitCode === undefined ? {} : { exitCode })),
    /** @param {NodeJS.Signals} name */
    signal: (name) => child.kill(name),
  };
}

/** @param {import("node:readline").Interface} lines @returns {Promise<string>} */
async function findAddress(lines) {
  for (;;) {
    const text = String(await once(lines, "line"));
    const [, address] = /"address":"([^"]+)"/.exec(text) ?? [];
    if (address !== undefined) return address;
    // What is no log says why it does not start.
    if (!text.startsWith("{")) console.error(text);
  }
}

/** @param {import("./places.js").Places} places */
function commandOf(places) {
  const flags = [
    "--driver=emulator",
    `--config.file=${places.config}`,
    `--storage.path=${places.state}`,
    "--web.listen-address=127.0.0.1:0",
    "--log.level=debug",
    "--log.format=json",
  ];
  return [process.execPath, MAIN, "serve", ...flags];
}

/** @param {import("./places.js").Places} places */
function environmentOf({ temporary, emulator, clock, faketime }) {
  return {
    PATH: process.env["PATH"] ?? "",
    TMPDIR: temporary,
    CUDAPROBE_EMULATOR: emulator,
    // Only the clock that people read steps; what measures does not, as on a host.
    ...(faketime === undefined
      ? {}
      : {
          LD_PRELOAD: faketime,
          FAKETIME_TIMESTAMP_FILE: clock,
          FAKETIME_NO_CACHE: "1",
          FAKETIME_DONT_FAKE_MONOTONIC: "1",
        }),
  };
}

/** Whoever reads it sees the old text or the new one. @param {string} file @param {string} text */
export async function replaceFile(file, text) {
  await writeFile(`${file}.new`, text);
  await rename(`${file}.new`, file);
}
