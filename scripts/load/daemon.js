// @ts-check
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { execa } from "execa";
import { readLiveBytes, snapshotFlags } from "./live-heap.js";

export const ROOT = resolve(import.meta.dirname, "../..");

/**
 * @typedef {object} LoadedDaemon
 * @property {number} pid
 * @property {string} address `host:port`
 * @property {readonly string[]} log its lines so far
 * @property {() => Promise<number>} residentBytes
 * @property {() => Promise<number>} liveBytes without garbage; it takes seconds, and memory of the daemon's
 */

/**
 * @typedef {object} Setting
 * @property {string} [config] the text of the configuration; the one that is shipped if absent
 * @property {readonly string[]} emulator lines for its settings, such as `devices = 8`
 * @property {string} level of the log
 * @property {string} [program] the directory of the program; the compiled modules if absent
 * @property {readonly string[]} [nodeFlags]
 * @property {readonly string[]} [flags] of `cudaprobe serve`
 */

/**
 * Starts the built daemon on emulated GPUs, does the work, and ends it in order.
 * @template Result
 * @param {Setting} setting
 * @param {(daemon: LoadedDaemon, directory: string) => Promise<Result>} work
 * @returns {Promise<Result>}
 */
export async function withDaemon(setting, work) {
  const { config, emulator } = setting;
  const directory = await mkdtemp(join(tmpdir(), "cudaprobe-load-"));
  const lines = ["profile = h100", ...emulator];
  await writeFile(join(directory, "emulator.conf"), `${lines.join("\n")}\n`);
  const file = join(directory, "cudaprobe.yml");
  await writeFile(file, config ?? (await readFile(join(ROOT, "config/cudaprobe.yml"))));
  const child = start(file, { directory, ...setting });
  /** @type {string[]} */
  const log = [];
  try {
    const address = await readLog(child.stderr, log);
    const pid = child.pid ?? 0;
    const residentBytes = async () => readResident(pid);
    const liveBytes = async () => readLiveBytes(pid, directory);
    const result = await work({ pid, address, log, residentBytes, liveBytes }, directory);
    child.kill("SIGTERM");
    const { exitCode } = await child;
    if (exitCode !== 0) throw new Error(`the daemon ended with ${exitCode}:\n${log.join("\n")}`);
    return result;
  } finally {
    child.kill("SIGKILL");
    await child;
    await rm(directory, { recursive: true });
  }
}

/** @param {string} file @param {Setting & { readonly directory: string }} setting */
function start(file, { directory, level, program = ROOT, nodeFlags = [], flags = [] }) {
  const options = /** @type {const} */ ({
    reject: false,
    buffer: false,
    stdin: "ignore",
    stdout: "ignore",
    env: { CUDAPROBE_EMULATOR: directory },
  });
  return execa(
    process.execPath,
    [
      ...snapshotFlags(directory),
      ...nodeFlags,
      join(program, "dist/main.js"),
      "serve",
      "--driver=emulator",
      `--config.file=${file}`,
      `--storage.path=${join(directory, "state")}`,
      "--web.listen-address=127.0.0.1:0",
      "--web.max-requests=0",
      `--log.level=${level}`,
      "--log.format=json",
      ...flags,
    ],
    options,
  );
}

/**
 * Reads on as long as there are lines. Where it listens is at info, so the level may not be above.
 * @param {import("node:stream").Readable} stream @param {string[]} log @returns {Promise<string>}
 */
async function readLog(stream, log) {
  return new Promise((fulfil, reject) => {
    const lines = createInterface({ input: stream });
    lines.on("line", (line) => {
      log.push(line);
      const address = /"address":"([^"]+)".*"msg":"listening"/.exec(line)?.[1];
      if (address !== undefined) fulfil(address);
    });
    lines.on("close", () => {
      reject(new Error(`the daemon does not listen:\n${log.join("\n")}`));
    });
  });
}

/** @param {number} pid */
async function readResident(pid) {
  const status = await readFile(`/proc/${pid}/status`, "utf8");
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]) * 1024;
}
