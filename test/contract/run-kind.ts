import { join } from "node:path";
import { systemClock, type Clock } from "../../src/base/clock.ts";
import { createDeviceLister } from "../../src/devices/list-devices.ts";
import type { Listing } from "../../src/devices/device.ts";
import { buildEnvironment } from "../../src/execution/environment.ts";
import type { Kind } from "../../src/probes/kind.ts";
import type { RunEnd, Runner, RunRequest } from "../../src/runner/run.ts";
import { createRunner } from "../../src/runner/runner.ts";
import { makeEmulator, type EmulatorDirectory } from "../support/emulator.ts";
import { nativeFile } from "../support/native.ts";

/** More than a run takes on a busy machine: where it has to pass, it is passed by hand. */
export const DEADLINE_SECONDS = 60;

export interface KindRunOptions {
  /** The kind's own; what is left out has its default. */
  readonly options?: Readonly<Record<string, unknown>>;
  readonly gpuUuid?: string;
  readonly clock?: Clock;
  readonly signal?: AbortSignal;
  /** From SIGTERM to SIGKILL. */
  readonly graceSeconds?: number;
}

export const LIBRARIES = {
  libcuda: nativeFile("emulator/libcuda.so.1"),
  libnvidiaMl: nativeFile("emulator/libnvidia-ml.so.1"),
};

/** Makes one run of a kind on the emulator, through the real runner and launcher, as the daemon would. */
export async function runKind(
  kind: Kind,
  emulator: EmulatorDirectory,
  options: KindRunOptions = {},
): Promise<RunEnd> {
  const request = await requestOf(kind, emulator, options);
  return makeRunner(options)(request, options.signal);
}

/** Lists the emulated devices as the daemon does; the listing has to come about. */
export async function listDevices(emulator: EmulatorDirectory): Promise<Listing> {
  const lister = createDeviceLister(
    {
      ...LIBRARIES,
      program: nativeFile("probes/devices"),
      env: environmentOf(emulator),
      timeoutSeconds: DEADLINE_SECONDS,
    },
    { runner: makeRunner({}), clock: systemClock },
  );
  const listed = await lister("attach");
  if (!listed.ok) throw new Error(`the devices were not listed: ${listed.error}`);
  return listed.value;
}

async function requestOf(
  kind: Kind,
  emulator: EmulatorDirectory,
  { options = {}, gpuUuid }: KindRunOptions,
): Promise<RunRequest> {
  const measurement = kind.measurement(options);
  const context = { ...LIBRARIES, gpuUuid: gpuUuid ?? (await firstGpuUuid()) };
  return {
    file: nativeFile(`probes/${kind.program}`),
    args: measurement.args(context),
    env: { ...environmentOf(emulator), ...measurement.env(context) },
    deadlineSeconds: DEADLINE_SECONDS,
    instances: measurement.instances,
  };
}

function makeRunner({ clock = systemClock, graceSeconds = 10 }: KindRunOptions): Runner {
  return createRunner({ launcher: nativeFile("launcher"), graceSeconds }, { clock });
}

function environmentOf({ path }: EmulatorDirectory): Readonly<Record<string, string>> {
  const cudaCache = join(path, "cuda-cache");
  return buildEnvironment({ home: path, emptyMps: path, cudaCache, emulator: path }, {});
}

let known: string | undefined;

/** The same in all emulators, since it follows from their seed. */
async function firstGpuUuid(): Promise<string> {
  if (known === undefined) {
    await using emulator = await makeEmulator();
    const [device] = (await listDevices(emulator)).devices;
    if (device === undefined) throw new Error("the emulator lists no device");
    known = device.gpuUuid;
  }
  return known;
}
