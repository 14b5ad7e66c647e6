import { errorCode } from "./errors.ts";

/** Whether a process has this number; one that may not be signalled is running, too. */
export function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return errorCode(error) !== "ESRCH";
  }
}
