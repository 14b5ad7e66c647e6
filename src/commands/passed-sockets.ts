import { fail, ok, type Result } from "../base/result.ts";
import type { PassedSocket } from "../http/server.ts";
import type { CommandIo } from "./io.ts";

/** The number of the first descriptor that a service manager passes. */
const FIRST = 3;

/** The sockets that the service manager listens on for this process, as sd_listen_fds(3) has it. None is an error. */
export function findPassedSockets({
  env,
  pid,
}: Pick<CommandIo, "env" | "pid">): Result<readonly PassedSocket[]> {
  const count = env["LISTEN_PID"] === String(pid) ? Number(env["LISTEN_FDS"]) : 0;
  if (!Number.isInteger(count) || count < 1) {
    return fail("--web.systemd-socket: the service manager has passed no socket");
  }
  return ok(Array.from({ length: count }, (_, index) => ({ descriptor: FIRST + index })));
}
