import { systemClock, type Clock } from "../../src/base/clock.ts";
import type { Kind } from "../../src/probes/kind.ts";
import type { RunEnd, Runner, RunRequest } from "../../src/runner/run.ts";
import { createRunner } from "../../src/runner/runner.ts";
import type { EmulatorDirectory } from "../support/emulator.ts";
import { EMULATOR_LIBRARIES, emulatorEnvironment, gpuUuids } from "../support/emulated-gpus.ts";
import { nativeFile } from "../support/native.ts";
import { probeContext } from "../support/probe-context.ts";

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

/** Makes one run of a kind on the emulator, through the real runner and launcher, as the daemon would. */
export async function runKind(
  kind: Kind,
  emulator: EmulatorDirectory,
  options: KindRunOptions = {},
): Promise<RunEnd> {
  const request = await requestOf(kind, emulator, options);
  return makeRunner(options)(request, options.signal);
}

async function requestOf(
  kind: Kind,
  emulator: EmulatorDirectory,
  { options = {}, gpuUuid }: KindRunOptions,
): Promise<RunRequest> {
  const measurement = kind.measurement(options);
  const [first] = await gpuUuids();
  const context = probeContext({
    ...EMULATOR_LIBRARIES,
    gpuUuid: kind.scope === "device" ? (gpuUuid ?? first) : undefined,
  });
  return {
    file: nativeFile(`probes/${kind.program}`),
    args: measurement.args(context),
    env: { ...emulatorEnvironment(emulator), ...measurement.env(context) },
    deadlineSeconds: DEADLINE_SECONDS,
    instances: measurement.instances,
  };
}

function makeRunner({ clock = systemClock, graceSeconds = 10 }: KindRunOptions): Runner {
  return createRunner({ launcher: nativeFile("launcher"), graceSeconds }, { clock });
}
