import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { systemClock, type Clock } from "../../src/base/clock.ts";
import { runUnderMps, type MpsRun } from "../../src/execution/mps-run.ts";
import {
  makeFirstClientRequest,
  makeRunRequest,
  type RunParts,
} from "../../src/execution/run-request.ts";
import { openWorkspace } from "../../src/execution/workspace.ts";
import { createMpsStarter } from "../../src/mps/start-daemon.ts";
import type { Kind } from "../../src/probes/kind.ts";
import { createRunner } from "../../src/runner/runner.ts";
import { makeTarget } from "../metrics/records.ts";
import { EMULATOR_LIBRARIES, gpuUuids } from "./emulated-gpus.ts";
import type { EmulatorDirectory } from "./emulator.ts";
import { nativeFile } from "./native.ts";

export interface MpsRunOptions {
  readonly clock?: Clock;
  readonly signal?: AbortSignal;
  /** From SIGTERM to SIGKILL. */
  readonly graceSeconds?: number;
}

/** What it takes to make runs under MPS on an emulator, with a workspace that goes with its scope. */
export interface MpsBench extends AsyncDisposable {
  readonly directory: string;
  readonly run: (kind: Kind, options?: MpsRunOptions) => Promise<MpsRun>;
}

/** The deadline of each run; no other timer is of this length. */
export const MPS_DEADLINE_SECONDS = 61;

export async function makeMpsBench(emulator: EmulatorDirectory): Promise<MpsBench> {
  // Short, since sockets are made in it.
  const directory = await mkdtemp(join(tmpdir(), "cudaprobe-mps-"));
  const workspace = await openWorkspace(directory);
  const launcher = nativeFile("launcher");
  const programs = {
    ...EMULATOR_LIBRARIES,
    nativeDirectory: nativeFile("."),
    frameworksDirectory: "",
    emulatorDirectory: emulator.path,
  };
  const laneLock = { file: workspace.laneFile, timeoutSeconds: 30 };
  return {
    directory,
    run: async (kind, { clock = systemClock, signal, graceSeconds = 10 } = {}) => {
      const parts: RunParts = {
        target: await makeMpsTarget(kind),
        workspace,
        cudaCache: (await workspace.cache("warm", "1")).directory,
        libraryCopies: undefined,
        processesPerDevice: 64,
        peerGpuUuids: [],
        neededProgram: "",
      };
      const options = { launcher, graceSeconds };
      const searchPath = [nativeFile("emulator/bin")];
      return runUnderMps(
        {
          order: { activeThreadPercentage: 50, env: makeRunRequest(parts, programs).env },
          firstClient: (place) => makeFirstClientRequest(parts, programs, place),
          run: (place) => makeRunRequest(parts, programs, place),
        },
        {
          start: createMpsStarter(
            { ...options, laneLock, searchPath, parentDirectory: directory, quitSeconds: 1 },
            { clock },
          ),
          runner: createRunner(options, { clock }),
          clock,
        },
        signal,
      );
    },
    [Symbol.asyncDispose]: async () => rm(directory, { recursive: true }),
  };
}

async function makeMpsTarget(kind: Kind): Promise<RunParts["target"]> {
  const [gpuUuid = ""] = await gpuUuids();
  const target = makeTarget(0, { kind, options: { mps: true } });
  return {
    ...target,
    probe: { ...target.probe, timeoutSeconds: MPS_DEADLINE_SECONDS },
    device: { gpu: 0, gpuUuid, migUuid: "", name: "" },
  };
}
