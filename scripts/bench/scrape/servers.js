// @ts-check
import { join } from "node:path";
import { createInterface } from "node:readline";
import { execa } from "execa";

/** @typedef {{ readonly address: string, readonly pid: number }} Server */

/** Debian's node_exporter as it comes. @template Result @param {(server: Server) => Promise<Result>} work */
export async function withNodeExporter(work) {
  const argv = ["prometheus-node-exporter", "--web.listen-address=127.0.0.1:0"];
  return withServer(argv, work);
}

/** A server that renders the very series that are at an address now, at each scrape. @template Result @param {string} address @param {(server: Server) => Promise<Result>} work */
export async function withPromClient(address, work) {
  const argv = [process.execPath, join(import.meta.dirname, "prom-client-server.js"), address];
  return withServer(argv, work);
}

/** Ends it when the work is done. @template Result @param {readonly string[]} argv @param {(server: Server) => Promise<Result>} work */
async function withServer([file = "", ...args], work) {
  const child = execa({ reject: false, buffer: false, stdin: "ignore", stdout: "ignore" })(
    file,
    args,
  );
  try {
    const address = await untilListening(child.stderr);
    return await work({ address, pid: child.pid ?? 0 });
  } finally {
    child.kill("SIGKILL");
    await child;
  }
}

/** Reads on as long as there are lines. @param {import("node:stream").Readable} stream @returns {Promise<string>} */
async function untilListening(stream) {
  return new Promise((fulfil, reject) => {
    const lines = createInterface({ input: stream });
    lines.on("line", (line) => {
      const address = /Listening on.*address=(\S+)/.exec(line)?.[1];
      if (address !== undefined) fulfil(address);
    });
    lines.on("close", () => reject(new Error("a server that was started does not listen")));
  });
}
