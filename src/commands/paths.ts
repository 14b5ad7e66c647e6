import { access } from "node:fs/promises";
import { homedir } from "node:os";
import { join, resolve } from "node:path";
import type { CommonFlags } from "./flags.ts";
import type { CommandIo } from "./io.ts";

const SYSTEM_CONFIG = "/etc/cudaprobe/cudaprobe.yml";

/** The configuration that the flags name, else the system's, else the one that is shipped. */
export async function findConfigFile(flags: CommonFlags, io: CommandIo): Promise<string> {
  const named = flags["config.file"];
  if (named !== undefined) return named;
  const isThere = await access(SYSTEM_CONFIG).then(
    () => true,
    () => false,
  );
  return isThere ? SYSTEM_CONFIG : join(io.packageDirectory, "config/cudaprobe.yml");
}

/** The directory of what must survive a restart. */
export function findStorageDirectory(flags: CommonFlags, { env }: CommandIo): string {
  const state = env["XDG_STATE_HOME"] ?? join(env["HOME"] ?? homedir(), ".local/state");
  // Probes run in another working directory.
  return resolve(flags["storage.path"] ?? env["STATE_DIRECTORY"] ?? join(state, "cudaprobe"));
}

/** Where the native programs are; tests point at another build of them. */
export function findNativeDirectory({ env, packageDirectory }: CommandIo): string {
  return resolve(env["CUDAPROBE_NATIVE_BUILD"] ?? join(packageDirectory, "native/build"));
}

/** Where the scripts are that start frameworks; tests point at others. */
export function findFrameworksDirectory({ env, packageDirectory }: CommandIo): string {
  return resolve(env["CUDAPROBE_FRAMEWORKS"] ?? join(packageDirectory, "native/frameworks"));
}
