// @ts-check
// Puts a process before all others of the machine, and what it starts from then on with it: so that the
// times of a machine that is busy with others, and with the storm, are those of the daemon. Its children
// are not left behind, since starting one takes until it has had its turn.
import { execa } from "execa";

/** Whether that is allowed here. @param {number} pid */
export async function preferProcess(pid) {
  const { failed } = await execa("renice", ["-n", "-20", "-p", String(pid)], { reject: false });
  return !failed;
}
