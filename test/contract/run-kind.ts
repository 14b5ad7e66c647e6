import { systemClock, type Clock } from "../../src/base/clock.ts";
import { nameOwners } from "../../src/containers/name-owners.ts";
import type { Kind, ProbeContext } from "../../src/probes/kind.ts";
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
  /** What else its argv is made from. */
  readonly context?: Partial<ProbeContext>;
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
  return nameOwners(await makeRunner(options)(request, options.signal));
}

async function requestOf(
  kind: Kind,
  emulator: EmulatorDirectory,
  { options = {}, gpuUuid, context: more }: KindRunOptions,
): Promise<RunRequest> {
  const measurement = kind.measurement(options);
  const [first] = await gpuUuids();
  const context = probeContext({
    ...EMULATOR_LIBRARIES,
    gpuUuid: kind.scope === "device" ? (gpuUuid ?? first) : undefined,
    ...more,
  });
  return {
    file: nativeFile(`probes/${kind.program}`),
    args: measurement.args(context),
    env: { ...emulatorEnvironment(emulator), ...measurement.env(context) },
    deadlineSeconds: DEADLINE_SECONDS,
    instances: measurement.instances,
    ...(measurement.maxOutputBytes === undefined
      ? {}
      : { maxOutputBytes: measurement.maxOutputBytes }),
  };
}

function makeRunner({ clock = systemClock, graceSeconds = 10 }: KindRunOptions): Runner {
  return createRunner({ launcher: nativeFile("launcher"), graceSeconds }, { clock });
}
