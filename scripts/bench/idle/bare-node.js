// @ts-check
import { execa } from "execa";

/** A Node that waits. @template Result @param {(pid: number) => Promise<Result>} work */
export async function withBareNode(work) {
  const script = "setInterval(() => {}, 1_000_000)";
  const child = execa(process.execPath, ["-e", script], { reject: false, stdin: "ignore" });
  try {
    return await work(child.pid ?? 0);
  } finally {
    child.kill("SIGKILL");
    await child;
  }
}
