// Processes that do nothing, for benchmarks that list processes.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";

/**
 * Starts so many, and gives their pids and what ends them. They are one shell's children, so that
 * one signal to their group reaches them all.
 */
export async function startSleepers(count) {
  const script = `for ((i = 0; i < ${count}; i++)); do sleep 3600 >/dev/null & echo $!; done; wait`;
  const stdio = ["ignore", "pipe", "inherit"];
  const shell = spawn("bash", ["-c", script], { detached: true, stdio });
  const stop = async () => {
    const ended = once(shell, "exit");
    process.kill(-shell.pid, "SIGKILL");
    await ended;
  };
  const pids = [];
  for await (const line of createInterface({ input: shell.stdout })) {
    if (pids.push(Number(line)) === count) break;
  }
  return { pids, stop };
}
