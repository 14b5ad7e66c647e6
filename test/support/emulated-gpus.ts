import { join } from "node:path";
import { systemClock } from "../../src/base/clock.ts";
import type { Listing } from "../../src/devices/device.ts";
import { createDeviceLister } from "../../src/devices/list-devices.ts";
import { buildEnvironment } from "../../src/execution/environment.ts";
import { createRunner } from "../../src/runner/runner.ts";
import { makeEmulator, type EmulatorDirectory } from "./emulator.ts";
import { nativeFile } from "./native.ts";

/** The emulator's libraries, as a probe is told of them. */
export const EMULATOR_LIBRARIES = {
  libcuda: nativeFile("emulator/libcuda.so.1"),
  libnvidiaMl: nativeFile("emulator/libnvidia-ml.so.1"),
};

/** The environment of a probe on an emulator that has all it needs in its directory. */
export function emulatorEnvironment({ path }: EmulatorDirectory): Readonly<Record<string, string>> {
  const cudaCache = join(path, "cuda-cache");
  return buildEnvironment({ home: path, mpsPipe: path, cudaCache, emulator: path }, {});
}

/** Lists an emulator's devices as the daemon does; the listing has to come about. */
export async function listDevices(emulator: EmulatorDirectory): Promise<Listing> {
  const { list } = createDeviceLister(
    {
      ...EMULATOR_LIBRARIES,
      program: nativeFile("probes/devices"),
      env: emulatorEnvironment(emulator),
      timeoutSeconds: 60,
    },
    {
      runner: createRunner({ launcher: nativeFile("launcher") }, { clock: systemClock }),
      clock: systemClock,
    },
  );
  const listed = await list("attach");
  if (!listed.ok) throw new Error(`the devices were not listed: ${listed.error}`);
  return listed.value;
}

let known: readonly string[] | undefined;

/** The UUIDs of the emulator's GPUs, by index: the same in all emulators, since they follow from the seed. */
export async function gpuUuids(): Promise<readonly string[]> {
  if (known === undefined) {
    await using emulator = await makeEmulator(["gpus = 4"]);
    known = (await listDevices(emulator)).devices.map(({ gpuUuid }) => gpuUuid);
  }
  return known;
}
