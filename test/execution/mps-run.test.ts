import { getEventListeners } from "node:events";
import { readdirSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { MpsRun } from "../../src/execution/mps-run.ts";
import { density } from "../../src/probes/density.ts";
import { footprint } from "../../src/probes/footprint.ts";
import { createDeadlineClock } from "../support/deadline-clock.ts";
import { makeEmulator, type EmulatorDirectory } from "../support/emulator.ts";
import { makeMpsBench, MPS_DEADLINE_SECONDS, type MpsBench } from "../support/mps-runs.ts";
import { processesOf, untilRuns } from "../support/processes.ts";
import { until } from "../support/until.ts";

/** The call that the first client has made before takes 2 s: time to do something to the run. */
function slowInRun(call: string): string {
  return `fault = call=${call} scope=host nth=2 slow_seconds=200`;
}

function figures({ end }: MpsRun): Readonly<Record<string, number>> {
  const found = footprint.measurement({ mps: true }).figures(end);
  return Object.fromEntries(found.map(({ name, value }) => [name, value]));
}

function expectNothingLeft(bench: MpsBench, emulator: EmulatorDirectory): void {
  expect(processesOf(bench.directory)).toEqual([]);
  expect(processesOf(emulator.path)).toEqual([]);
  expect(readdirSync(bench.directory).filter((name) => name.startsWith("mps"))).toEqual([]);
}

describe("a run under MPS", () => {
  test("is a client of its own daemon, whose server is looked at too", async () => {
    await using emulator = await makeEmulator(["mps_client_bytes = 77594624"]);
    await using bench = await makeMpsBench(emulator);
    const run = await bench.run(footprint);
    expect(run.end).toMatchObject({ outcome: "success", stderr: "" });
    expect(figures(run)).toMatchObject({ context: 77_594_624, "mps server": 66 * 2 ** 20 });
    expectNothingLeft(bench, emulator);
  });

  test("comes after a first client, whose time is told", async () => {
    await using emulator = await makeEmulator();
    await using bench = await makeMpsBench(emulator);
    const run = await bench.run(footprint);
    expect(run.firstClient).toMatchObject({ outcome: "success" });
    expect(figures(run)["first client"]).toBeGreaterThan(0);
    const reaped = run.firstClient?.report.instances[0]?.reaped?.atSeconds;
    expect(reaped).toBeLessThan(run.end.startedAtSeconds);
  });

  test("holds several clients of one server", async () => {
    await using emulator = await makeEmulator();
    await using bench = await makeMpsBench(emulator);
    const { end } = await bench.run(density);
    expect(end).toMatchObject({ outcome: "success", stderr: "" });
    const [instances] = density.measurement({ mps: true }).figures(end);
    expect(instances).toMatchObject({ value: 8, labels: { limit: "max_instances" } });
    expectNothingLeft(bench, emulator);
  });

  test("is limited by how many clients a server takes", async () => {
    await using emulator = await makeEmulator(["mps_max_clients = 3"]);
    await using bench = await makeMpsBench(emulator);
    const { end } = await bench.run(density);
    const [instances] = density.measurement({ mps: true }).figures(end);
    expect(instances).toMatchObject({ value: 3, labels: { limit: "mps_clients" } });
    expectNothingLeft(bench, emulator);
  });

  test("has an exclusive GPU for itself and all of its clients", async () => {
    await using emulator = await makeEmulator(["compute_mode = exclusive_process"]);
    await using bench = await makeMpsBench(emulator);
    const { end } = await bench.run(density);
    const [instances] = density.measurement({ mps: true }).figures(end);
    expect(instances).toMatchObject({ value: 8 });
    expectNothingLeft(bench, emulator);
  });
});

describe("a run under MPS is mps_unavailable", () => {
  test("when its server dies with the first client", async () => {
    await using emulator = await makeEmulator(["mps_server = dies_after_context"]);
    await using bench = await makeMpsBench(emulator);
    const { end, firstClient } = await bench.run(footprint);
    expect(end).toMatchObject({ outcome: "failure", reason: "mps_unavailable" });
    expect(end.message).toContain("control.log: ");
    expect(firstClient).toBeUndefined();
    expectNothingLeft(bench, emulator);
  });

  test("when its server cannot start", async () => {
    await using emulator = await makeEmulator(["mps_server = dies_at_start"]);
    await using bench = await makeMpsBench(emulator);
    const { end } = await bench.run(footprint);
    expect(end).toMatchObject({ outcome: "failure", reason: "mps_unavailable" });
    expectNothingLeft(bench, emulator);
  });

  test.each(["nvidia-cuda-mps-server", "nvidia-cuda-mps-control"])(
    "when its %s is killed in the middle",
    async (program) => {
      await using emulator = await makeEmulator([slowInRun("cuMemAlloc_v2")]);
      await using bench = await makeMpsBench(emulator);
      const running = bench.run(footprint);
      await until("the run", () => emulator.faultedCalls() === 2);
      process.kill(await untilRuns(bench.directory, program), "SIGKILL");
      const { end } = await running;
      expect(end).toMatchObject({ outcome: "failure", reason: "mps_unavailable" });
      expect(end.message).toMatch(/^the MPS (server|daemon) has ended/);
      expect(end.phase).toBe("allocate");
      expectNothingLeft(bench, emulator);
    },
  );
});

describe("a run under MPS leaves nothing", () => {
  test("when its server never serves, which is a timeout", async () => {
    await using emulator = await makeEmulator(["mps_server = hangs_at_start"]);
    await using bench = await makeMpsBench(emulator);
    const { clock, passDeadline } = createDeadlineClock(MPS_DEADLINE_SECONDS);
    const running = bench.run(footprint, { clock, graceSeconds: 0.1 });
    await untilRuns(bench.directory, "cold_start");
    passDeadline();
    expect((await running).end).toMatchObject({ outcome: "timeout", reason: "timeout" });
    expectNothingLeft(bench, emulator);
  });

  test("when it hangs itself, which is a timeout in its phase", async () => {
    const hang = "fault = call=cuMemAlloc_v2 scope=host nth=2 hang=true";
    await using emulator = await makeEmulator([hang]);
    await using bench = await makeMpsBench(emulator);
    const { clock, passDeadline } = createDeadlineClock(MPS_DEADLINE_SECONDS);
    const running = bench.run(footprint, { clock, graceSeconds: 0.1 });
    await until("the run", () => emulator.faultedCalls() === 2);
    passDeadline();
    expect((await running).end).toMatchObject({ outcome: "timeout", phase: "allocate" });
    expectNothingLeft(bench, emulator);
  });

  test("when its daemon is killed and its server would live on", async () => {
    const behaviour = "mps_server = outlives_daemon";
    await using emulator = await makeEmulator([behaviour, slowInRun("cuMemAlloc_v2")]);
    await using bench = await makeMpsBench(emulator);
    const running = bench.run(footprint);
    await until("the run", () => emulator.faultedCalls() === 2);
    process.kill(await untilRuns(bench.directory, "nvidia-cuda-mps-control"), "SIGKILL");
    expect((await running).end).toMatchObject({ outcome: "failure", reason: "mps_unavailable" });
    expectNothingLeft(bench, emulator);
  });

  test.each(["cuInit", "cuMemAlloc_v2"])("when it is cut short after %s", async (call) => {
    await using emulator = await makeEmulator([slowInRun(call)]);
    await using bench = await makeMpsBench(emulator);
    const controller = new AbortController();
    const running = bench.run(footprint, { signal: controller.signal });
    await until("the run", () => emulator.faultedCalls() === 2);
    controller.abort();
    expect((await running).end).toMatchObject({ outcome: "failure", reason: "cancelled" });
    expectNothingLeft(bench, emulator);
  });

  test("on the signal either, which is that of all runs", async () => {
    await using emulator = await makeEmulator([slowInRun("cuMemAlloc_v2")]);
    await using bench = await makeMpsBench(emulator);
    const { signal } = new AbortController();
    const listeners = (): number => getEventListeners(signal, "abort").length;
    const running = bench.run(footprint, { signal });
    await until("the run", () => emulator.faultedCalls() === 2);
    expect(listeners()).toBe(1);
    expect((await running).end).toMatchObject({ outcome: "success" });
    expect(listeners()).toBe(0);
  });
});
