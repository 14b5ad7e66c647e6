import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { runCudaprobe, type CommandEnd, type CommandSetting } from "../support/daemon.ts";
import { makeEmulator, type EmulatorDirectory } from "../support/emulator.ts";
import { makeTemporaryDirectory } from "../support/temporary-directory.ts";

export const MODEL = "EMULATED NVIDIA H100 80GB HBM3";
export const PROBES = `probes:
  - { name: cold, kind: cold_start, schedule: "* * * * * *", jit_cache: cold }
  - { name: warm, kind: cold_start, schedule: "* * * * * *" }
  - { name: footprint, kind: footprint, schedule: "0 0 1 1 *" }
limits: { duty_cycle: 100% }
`;
export const GIVEN = ["set", "--probe=cold", "--seconds=250ms"];

/** What commands on baselines need. */
interface Bench extends AsyncDisposable {
  readonly baseline: (args: readonly string[], setting?: CommandSetting) => Promise<CommandEnd>;
  readonly emulator: EmulatorDirectory;
}

/** `cudaprobe baseline` with two probes of cold starts, on an emulator and a storage that go with their scope. */
export async function makeBench(lines: readonly string[] = []): Promise<Bench> {
  const directory = await makeTemporaryDirectory();
  const emulator = await makeEmulator(lines);
  const config = join(directory.path, "cudaprobe.yml");
  await writeFile(config, PROBES);
  const flags = [`--config.file=${config}`, `--storage.path=${join(directory.path, "state")}`];
  return {
    emulator,
    baseline: async (args, setting) =>
      runCudaprobe(["baseline", ...flags, ...args].toSorted(subcommandsFirst), {
        emulator,
        ...setting,
      }),
    [Symbol.asyncDispose]: async () => {
      await emulator[Symbol.asyncDispose]();
      await directory[Symbol.asyncDispose]();
    },
  };
}

function subcommandsFirst(left: string, right: string): number {
  return Number(left.startsWith("--")) - Number(right.startsWith("--"));
}
