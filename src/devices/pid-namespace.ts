import { readlink } from "node:fs/promises";
import { join } from "node:path";

/** The kernel's number of the first PID namespace (PROC_PID_INIT_INO), the only one from which all processes are seen. */
const HOST = "pid:[4026531836]";

/** Whether there may be processes that are not seen from here. `root` is "/" but in tests. Where nothing is known nothing is said. */
export async function hidesProcesses(root: string): Promise<boolean> {
  const namespace = await readlink(join(root, "proc/self/ns/pid")).catch(() => HOST);
  return namespace !== HOST;
}
