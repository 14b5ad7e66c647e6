import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { execa } from "execa";
import type { EmulatorDirectory } from "./emulator.ts";
import { nativeFile } from "./native.ts";
import { until } from "./until.ts";

const CONTROL = nativeFile("emulator/bin/nvidia-cuda-mps-control");

/** A daemon that is none of ours. */
export interface UsersMps extends AsyncDisposable {
  readonly pid: number;
  /** Its answer to a command. */
  readonly ask: (command: string) => Promise<string>;
  readonly isRunning: () => boolean;
}

/** The directory that stands for the default one, where a client looks that is not told another. */
export function usersMpsDirectory(emulator: EmulatorDirectory): string {
  return join(emulator.path, "default-mps");
}

/** Starts the daemon that somebody has there; `mps_default_directory` of the emulator has to name it. */
export async function startUsersMps(emulator: EmulatorDirectory): Promise<UsersMps> {
  const directory = usersMpsDirectory(emulator);
  await mkdir(directory, { recursive: true });
  const env = {
    PATH: process.env["PATH"] ?? "",
    CUDAPROBE_EMULATOR: emulator.path,
    CUDA_MPS_PIPE_DIRECTORY: directory,
    CUDA_MPS_LOG_DIRECTORY: directory,
  };
  const daemon = execa(CONTROL, ["-f"], { env, extendEnv: false, reject: false });
  const ask = async (command: string): Promise<string> =>
    (await execa(CONTROL, [], { env, extendEnv: false, input: `${command}\n` })).stdout.trim();
  await until("the user's daemon", async () => ask("get_server_list").then(always, never));
  return {
    pid: daemon.pid ?? 0,
    ask,
    isRunning: () => daemon.exitCode === null && daemon.signalCode === null,
    [Symbol.asyncDispose]: async () => {
      daemon.kill("SIGTERM");
      await daemon;
    },
  };
}

function always(): boolean {
  return true;
}

function never(): boolean {
  return false;
}
