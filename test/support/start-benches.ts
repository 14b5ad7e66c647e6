import { readdirSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { systemClock } from "../../src/base/clock.ts";
import { createLaneHolder } from "../../src/execution/hold-lane.ts";
import { makeStarts } from "../../src/execution/run-request.ts";
import { runSeveralStarts } from "../../src/execution/several-starts.ts";
import { openWorkspace } from "../../src/execution/workspace.ts";
import { coldStart } from "../../src/probes/cold-start.ts";
import { createRunner } from "../../src/runner/runner.ts";
import type { RunEnd } from "../../src/runner/run.ts";
import { expect } from "vitest";
import { makeTarget } from "../metrics/records.ts";
import { EMULATOR_LIBRARIES, gpuUuids } from "./emulated-gpus.ts";
import type { EmulatorDirectory } from "./emulator.ts";
import { nativeFile } from "./native.ts";
import { processesOf } from "./processes.ts";

export interface SeveralStartsOptions {
  readonly signal?: AbortSignal;
  /** Of all starts together. */
  readonly timeoutSeconds?: number;
  readonly graceSeconds?: number;
  readonly laneSeconds?: number;
  readonly peerGpuUuids?: readonly string[];
}

/** What it takes to make cold starts of several processes on an emulator, with a workspace that goes with its scope. */
export interface StartBench extends AsyncDisposable {
  readonly directory: string;
  readonly laneFile: string;
  readonly run: (
    coldStartOptions: Readonly<Record<string, unknown>>,
    options?: SeveralStartsOptions,
  ) => Promise<RunEnd>;
}

/** Makes one. Its directory is on a disk, since nothing that is in memory alone can be evicted. */
export async function makeStartBench(
  emulator: EmulatorDirectory,
  parent = tmpdir(),
): Promise<StartBench> {
  const directory = await mkdtemp(join(parent, "cudaprobe-starts-"));
  const workspace = await openWorkspace(directory);
  const programs = {
    ...EMULATOR_LIBRARIES,
    nativeDirectory: nativeFile("."),
    frameworksDirectory: "/frameworks",
    emulatorDirectory: emulator.path,
  };
  const run: StartBench["run"] = async (coldStartOptions, options = {}) => {
    const { directory: libraryCopies, release } = await workspace.libraryCopies();
    const { timeoutSeconds = 60, laneSeconds = 30, graceSeconds = 10, signal } = options;
    const [gpuUuid = ""] = await gpuUuids();
    const target = makeTarget(0, { kind: coldStart, options: coldStartOptions });
    const starts = makeStarts(
      {
        target: {
          ...target,
          probe: { ...target.probe, timeoutSeconds },
          device: { gpu: 0, gpuUuid, migUuid: "", name: "" },
        },
        workspace,
        cudaCache: (await workspace.cache("warm", "1")).directory,
        libraryCopies,
        processesPerDevice: 64,
        peerGpuUuids: options.peerGpuUuids ?? [],
        neededProgram: "",
      },
      programs,
    );
    const launcher = nativeFile("launcher");
    const laneLock = { file: workspace.laneFile, timeoutSeconds: laneSeconds };
    const clock = systemClock;
    const modules = {
      holdLane: createLaneHolder({ launcher, laneLock, graceSeconds }, { clock }),
      runner: createRunner({ launcher, graceSeconds }, { clock }),
      clock,
    };
    const end = await runSeveralStarts(starts ?? [], modules, signal);
    await release();
    return end;
  };
  return {
    directory,
    laneFile: workspace.laneFile,
    run,
    [Symbol.asyncDispose]: async () => rm(directory, { recursive: true }),
  };
}

/** Neither a process nor a copy of a library. */
export function expectNothingLeft(bench: StartBench): void {
  expect(processesOf(bench.directory)).toEqual([]);
  expect(readdirSync(bench.directory).filter((name) => name.startsWith("library"))).toEqual([]);
}
