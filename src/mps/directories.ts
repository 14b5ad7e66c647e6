import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { errorText } from "../base/errors.ts";
import { fail, ok, type Result } from "../base/result.ts";
import { makeOwnDirectory } from "../storage/own-directories.ts";

/** What the names of our directories begin with, for those who sweep them up. */
export const MPS_DIRECTORY = "mps";

/** Where a daemon and its clients meet, and where it writes what it has to say. */
export interface MpsDirectories {
  readonly pipe: string;
  readonly log: string;
  /** What cannot be removed now, the next start removes. */
  readonly remove: () => Promise<void>;
}

/** Of the names of the daemon's sockets, as driver 580 makes them. */
const LONGEST_SOCKET = "control_privileged";

/** The longest path of a unix socket, sun_path of unix(7) without the zero byte at its end. */
const LONGEST_SOCKET_PATH = 107;

/** Makes the directories of one daemon, for this user alone. The error says why there are none, or why they cannot be of use. */
export async function makeMpsDirectories(parent: string): Promise<Result<MpsDirectories>> {
  try {
    return await makeBoth(await makeOwnDirectory(parent, MPS_DIRECTORY));
  } catch (error) {
    return fail(errorText(error));
  }
}

async function makeBoth(directory: string): Promise<Result<MpsDirectories>> {
  const remove = async (): Promise<void> => removeDirectory(directory);
  const [pipe, log] = [join(directory, "pipe"), join(directory, "log")];
  const socketLength = Buffer.byteLength(join(pipe, LONGEST_SOCKET));
  if (socketLength > LONGEST_SOCKET_PATH) {
    await remove();
    return fail(describeLength(pipe, socketLength));
  }
  await Promise.all([pipe, log].map(async (path) => mkdir(path, { mode: 0o700 })));
  return ok({ pipe, log, remove });
}

async function removeDirectory(directory: string): Promise<void> {
  const options = { recursive: true, force: true, maxRetries: 3 };
  await rm(directory, options).catch(() => undefined);
}

function describeLength(pipe: string, length: number): string {
  return (
    `the path of the MPS control socket in ${pipe} would have ${length} bytes, and a socket's may have ${LONGEST_SOCKET_PATH}: ` +
    "choose a shorter --storage.path"
  );
}
