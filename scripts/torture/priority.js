// @ts-check
// Puts a process before all others of the machine, and what it starts not: so that the times of a busy
// machine, with the storm's own work on it, are those of the daemon.
import { execa } from "execa";

/** Whether that is allowed here. @param {number} pid */
export async function preferProcess(pid) {
  const reset = ["--other", "--reset-on-fork", "--pid", "0", String(pid)];
  const tried = [
    await execa("chrt", reset, { reject: false }),
    await execa("renice", ["-n", "-20", "-p", String(pid)], { reject: false }),
  ];
  return tried.every(({ failed }) => !failed);
}
