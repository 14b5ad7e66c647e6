import { readdir, rm } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { systemClock } from "../../src/base/clock.ts";
import { createLaneHolder } from "../../src/execution/hold-lane.ts";
import { makeRun, type RunPlan } from "../../src/execution/make-run.ts";
import { openWorkspace, type Workspace } from "../../src/execution/workspace.ts";
import { createMpsStarter } from "../../src/mps/start-daemon.ts";
import { createRunner } from "../../src/runner/runner.ts";
import { makeTarget } from "../metrics/records.ts";
import { EMULATOR_LIBRARIES, gpuUuids } from "../support/emulated-gpus.ts";
import { makeEmulator } from "../support/emulator.ts";
import { nativeFile } from "../support/native.ts";
import { makeTemporaryDirectory } from "../support/temporary-directory.ts";

const COLD_CACHE = { jit_cache: "cold" };
const COLD_PAGES = { page_cache: "cold" };

/** One run of a cold start in that workspace, and of which targets it was told that a run starts. */
async function run(workspace: Workspace, options: Readonly<Record<string, unknown>>) {
  await using emulator = await makeEmulator();
  const begun: string[] = [];
  const launcher = nativeFile("launcher");
  const runner = createRunner({ launcher }, { clock: systemClock });
  const mps = { parentDirectory: workspace.directory, searchPath: [], launcher };
  const modules = {
    runner,
    mps: { start: createMpsStarter(mps, { clock: systemClock }), runner },
    holdLane: createLaneHolder({ launcher }, { clock: systemClock }),
    workspace,
    clock: systemClock,
    beforeStart: async ({ id }: RunPlan["target"]) => void begun.push(id),
  };
  const programs = {
    ...EMULATOR_LIBRARIES,
    nativeDirectory: nativeFile("."),
    frameworksDirectory: "/frameworks",
    emulatorDirectory: emulator.path,
  };
  const [gpuUuid = ""] = await gpuUuids();
  const target = makeTarget(0, { options });
  const plan: RunPlan = {
    target: { ...target, device: { gpu: 0, gpuUuid, migUuid: "", name: "" } },
    workspace,
    processesPerDevice: 64,
    peerGpuUuids: [],
    neededProgram: "",
    driverVersion: "1",
  };
  const made = await makeRun(plan, { options: programs, modules }, undefined);
  return { ...made, begun };
}

const NO_PLACE = {
  outcome: "not_started",
  reason: "not_started",
  message: expect.stringMatching(/^the run's directories could not be made: ENOENT/),
};

describe("a run", () => {
  test("has a cache of its own, which goes with it", async () => {
    await using directory = await makeTemporaryDirectory();
    const workspace = await openWorkspace(directory.path);
    const before = await readdir(directory.path);
    const { end, begun } = await run(workspace, COLD_CACHE);
    expect(end).toMatchObject({ outcome: "success" });
    expect(begun).toHaveLength(1);
    expect((await readdir(directory.path)).toSorted()).toEqual(before.toSorted());
  });

  test("that cannot have a cache could not be started, and has not begun", async () => {
    await using directory = await makeTemporaryDirectory();
    const workspace = await openWorkspace(`${directory.path}/gone`);
    await rm(workspace.directory, { recursive: true });
    const { end, begun } = await run(workspace, COLD_CACHE);
    expect(end).toMatchObject(NO_PLACE);
    expect(begun).toEqual([]);
  });

  test("that cannot have copies of the libraries could not be started", async () => {
    await using directory = await makeTemporaryDirectory();
    const [workspace, gone] = await Promise.all(
      ["kept", "gone"].map(async (name) => openWorkspace(`${directory.path}/${name}`)),
    );
    if (workspace === undefined || gone === undefined) throw new Error("there are two");
    await rm(gone.directory, { recursive: true });
    const { end } = await run({ ...workspace, libraryCopies: gone.libraryCopies }, COLD_PAGES);
    expect(end).toMatchObject(NO_PLACE);
  });
});
