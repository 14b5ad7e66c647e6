import { describe, expect, test } from "vitest";
import { systemClock } from "../../src/base/clock.ts";
import { coldStart } from "../../src/probes/cold-start.ts";
import { footprint } from "../../src/probes/footprint.ts";
import { createRunner } from "../../src/runner/runner.ts";
import { runKind } from "../contract/run-kind.ts";
import { EMULATOR_LIBRARIES, gpuUuids } from "../support/emulated-gpus.ts";
import { makeEmulator, type EmulatorDirectory } from "../support/emulator.ts";
import { makeMpsBench } from "../support/mps-runs.ts";
import { nativeFile } from "../support/native.ts";
import { probeContext } from "../support/probe-context.ts";
import { startUsersMps, usersMpsDirectory } from "../support/users-mps.ts";

async function makeArmed(): Promise<EmulatorDirectory> {
  const emulator = await makeEmulator();
  await emulator.configure([`mps_default_directory = ${usersMpsDirectory(emulator)}`]);
  return emulator;
}

describe("a daemon that somebody has in the default place", () => {
  test("is not joined by a run without MPS", async () => {
    await using emulator = await makeArmed();
    await using users = await startUsersMps(emulator);
    expect(await runKind(coldStart, emulator)).toMatchObject({ outcome: "success" });
    expect(await users.ask("get_server_list")).toBe("");
    expect(users.isRunning()).toBe(true);
  });

  test("is neither joined nor ended by a run under MPS", async () => {
    await using emulator = await makeArmed();
    await using users = await startUsersMps(emulator);
    await using bench = await makeMpsBench(emulator);
    expect((await bench.run(footprint)).end).toMatchObject({ outcome: "success" });
    expect(await users.ask("get_server_list")).toBe("");
    expect(await users.ask("get_default_active_thread_percentage")).toMatch(/^100/);
    expect(users.isRunning()).toBe(true);
  });

  test("keeps its server and its clients through a run under MPS", async () => {
    await using emulator = await makeArmed();
    await using users = await startUsersMps(emulator);
    await users.ask(`start_server -uid ${process.getuid?.() ?? 0}`);
    const server = await users.ask("get_server_list");
    expect(Number(server)).toBeGreaterThan(0);
    await using bench = await makeMpsBench(emulator);
    expect((await bench.run(footprint)).end).toMatchObject({ outcome: "success" });
    expect(await users.ask("get_server_list")).toBe(server);
  });

  test("would have been joined by a probe that is told no directory, which fails", async () => {
    await using emulator = await makeArmed();
    await using users = await startUsersMps(emulator);
    const [gpuUuid] = await gpuUuids();
    const run = createRunner({ launcher: nativeFile("launcher") }, { clock: systemClock });
    const end = await run({
      file: nativeFile("probes/cold_start"),
      args: coldStart.measurement({}).args(probeContext({ ...EMULATOR_LIBRARIES, gpuUuid })),
      env: { CUDAPROBE_EMULATOR: emulator.path },
      deadlineSeconds: 60,
    });
    expect(end).toMatchObject({ outcome: "failure", reason: "mps_unexpected", phase: "context" });
    expect(users.isRunning()).toBe(true);
  });
});
