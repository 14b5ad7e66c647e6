// @ts-check
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";

/** What node is started with, so that it can be asked. */
export const LIVE_FLAGS = ["--expose-gc", `--import=${join(import.meta.dirname, "tell-live.js")}`];

const LIMIT_MILLISECONDS = 30_000;

/** Bytes that are alive in a process and not garbage. @param {{ readonly pid: number, readonly log: readonly string[] }} process_ */
export async function readLive({ pid, log }) {
  const before = log.length;
  process.kill(pid, "SIGWINCH");
  const deadline = performance.now() + LIMIT_MILLISECONDS;
  while (performance.now() < deadline) {
    const line = log.slice(before).find((text) => text.startsWith("LIVE "));
    if (line !== undefined) return Number(line.slice("LIVE ".length));
    await wait(20);
  }
  throw new Error("the daemon does not say what is alive");
}
