import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";

/** Two GPUs, each with a resident process of somebody else, so that no list is empty. */
const DEFAULT_CONFIGURATION = `# Written once by cudaprobe; edit it to emulate something else (native/emulator/README.md).
profile = h100
gpus = 2
tenant = gpu=0 pid=1 type=compute bytes=4294967296 name=trainer
tenant = gpu=1 pid=1 type=compute bytes=2147483648 name=server
`;

/** The emulator's libraries and the directory of its state. */
export interface EmulatorFiles {
  readonly libcuda: string;
  readonly libnvidiaMl: string;
  readonly directory: string;
}

/** Makes the emulator's state directory, with a configuration where there is none yet. */
export async function prepareEmulator(
  nativeDirectory: string,
  directory: string,
): Promise<EmulatorFiles> {
  await mkdir(directory, { recursive: true });
  await writeFile(join(directory, "emulator.conf"), DEFAULT_CONFIGURATION, { flag: "wx" }).catch(
    keepExisting,
  );
  return {
    libcuda: join(nativeDirectory, "emulator/libcuda.so.1"),
    libnvidiaMl: join(nativeDirectory, "emulator/libnvidia-ml.so.1"),
    directory,
  };
}

function keepExisting(error: NodeJS.ErrnoException): void {
  if (error.code !== "EEXIST") throw error;
}
