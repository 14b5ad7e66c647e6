import { execa } from "execa";
import { followLines } from "./follow-lines.ts";

/** Processes that do nothing, for lists of processes. They go with their scope. */
export interface Sleepers extends AsyncDisposable {
  readonly pids: readonly number[];
  /** Ends one of them, and waits until it is gone. */
  readonly end: (pid: number) => Promise<void>;
}

/** Starts so many: the children of one shell, which tells when all have become what they are, and when one of them has ended. */
export async function startSleepers(count: number): Promise<Sleepers> {
  const script = `
    for ((i = 0; i < ${count}; i++)); do sleep 3600 >/dev/null & pids+=($!); echo $!; done
    for pid in "\${pids[@]}"; do until read -r name <"/proc/$pid/comm" && [ "$name" = sleep ]; do :; done; done
    echo started
    while wait -n -p ended; [ -n "$ended" ]; do echo "ended $ended"; done`;
  const shell = execa({
    reject: false,
    buffer: false,
    detached: true,
    stdin: "ignore",
    stderr: "ignore",
  })("bash", ["-c", script]);
  const said = followLines(shell.stdout);
  await said.until(["started"]);
  return {
    pids: said.lines.slice(0, count).map(Number),
    end: async (pid) => {
      process.kill(pid, "SIGKILL");
      await said.until([`ended ${pid}`]);
    },
    [Symbol.asyncDispose]: async () => {
      process.kill(-(shell.pid ?? 0), "SIGKILL");
      await shell;
    },
  };
}
