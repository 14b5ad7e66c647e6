// @ts-check
import { createInterface } from "node:readline";
import { execa } from "execa";

/** @typedef {{ readonly pid: number, readonly address: string, readonly log: readonly string[] }} Server */

/**
 * Starts something that says on standard error where it listens, does the work, and kills it.
 * @template Result
 * @param {readonly string[]} argv @param {(server: Server) => Promise<Result>} work
 * @returns {Promise<Result>}
 */
export async function withServer([file = "", ...args], work) {
  const options = /** @type {const} */ ({ stdin: "ignore", stdout: "ignore" });
  const child = execa(file, args, { ...options, reject: false, buffer: false });
  /** @type {string[]} */
  const log = [];
  try {
    const address = await untilListening(child.stderr, log);
    return await work({ pid: child.pid ?? 0, address, log });
  } finally {
    child.kill("SIGKILL");
    await child;
  }
}

/** Reads on as long as there are lines. @param {import("node:stream").Readable} stream @param {string[]} log @returns {Promise<string>} */
async function untilListening(stream, log) {
  return new Promise((fulfil, reject) => {
    const lines = createInterface({ input: stream });
    lines.on("line", (line) => {
      log.push(line);
      const address = findAddress(line);
      if (address !== undefined) fulfil(address);
    });
    lines.on("close", () => reject(new Error(`it does not listen:\n${log.join("\n")}`)));
  });
}

/** In the line of another exporter or of ours; undefined in any other line. @param {string} line */
export function findAddress(line) {
  const theirs = /Listening on.*address=(\S+)/.exec(line)?.[1];
  return theirs ?? /"address":"([^"]+)".*"msg":"listening"/.exec(line)?.[1];
}
