import { describe, expect, test } from "vitest";
import { KINDS } from "../../src/probes/index.ts";
import { createDeadlineClock } from "../support/deadline-clock.ts";
import { makeEmulator, type EmulatorDirectory } from "../support/emulator.ts";
import { processesOf } from "../support/processes.ts";
import { until } from "../support/until.ts";
import { openPhase } from "./driver-call.ts";
import { expectationsOf } from "./expectations.ts";
import { DEADLINE_SECONDS, runKind } from "./run-kind.ts";

describe.each(KINDS.map((kind) => ({ name: kind.name, kind })))("the kind $name", ({ kind }) => {
  const { api, calls, worker, options = {} } = expectationsOf(kind.name);

  const places = calls.map((place) => ({ ...place, phase: openPhase(place) }));

  test.each(calls)(
    "is a timeout in $phase when $call never returns, and leaves no process",
    async (place) => {
      const { call, byConsumer } = place;
      await using emulator = await makeEmulator([`fault = call=${call} scope=host hang=true`]);
      const { clock, passDeadline } = createDeadlineClock(DEADLINE_SECONDS);
      const run = runKind(kind, emulator, { options, clock, graceSeconds: 0.1 });
      await untilReached(emulator);
      passDeadline();
      const end = await run;
      expect(end).toMatchObject({ outcome: "timeout", reason: "timeout" });
      // When its second process hangs, the first may tell in which step before it is ended, too.
      const phases = byConsumer === true ? [openPhase(place), place.phase] : [openPhase(place)];
      expect(phases).toContain(end.phase);
      expect(processesOf(emulator.path)).toEqual([]);
    },
  );

  test.runIf(api.loads)(
    "is a timeout in load_driver while the libraries are being loaded",
    async () => {
      await using emulator = await makeEmulator(["load_driver_seconds = 1000", "time_scale = 1"]);
      const { clock, passDeadline } = createDeadlineClock(DEADLINE_SECONDS);
      const run = runKind(kind, emulator, { options, clock, graceSeconds: 0.1 });
      await until("the library to be loaded", () => emulator.isLoaded());
      passDeadline();
      expect(await run).toMatchObject({ outcome: "timeout", phase: "load_driver" });
      expect(processesOf(emulator.path)).toEqual([]);
    },
  );

  const own = places.filter(({ byConsumer }) => byConsumer !== true);
  test.each(own)("is crashed in $phase when $call dies of SIGSEGV", async ({ call, phase }) => {
    await using emulator = await makeEmulator([`fault = call=${call} signal=11`]);
    const end = await runKind(kind, emulator, { options });
    // An observer lives on, and tells of its worker.
    const outcome = worker === undefined ? "crashed" : "failure";
    expect(end).toMatchObject({ outcome, reason: "crashed" });
    expect(end.phase).toBe(phase);
    expect(end.message).toContain(worker === undefined ? "SIGSEGV" : `${worker} was ended`);
    expect(processesOf(emulator.path)).toEqual([]);
  });

  const consumers = calls.filter(({ byConsumer }) => byConsumer === true);
  test.each(consumers)(
    "tells that its second process died in $phase when $call dies of SIGSEGV",
    async ({ call, phase }) => {
      await using emulator = await makeEmulator([`fault = call=${call} signal=11`]);
      const end = await runKind(kind, emulator, { options });
      expect(end).toMatchObject({ outcome: "failure", reason: "peer_died", phase });
      expect(end.message).toContain("ended by signal 11");
      expect(processesOf(emulator.path)).toEqual([]);
    },
  );

  const takes = calls.findIndex(({ call }) => call === api.takes);
  const working = calls
    .filter(({ call, phase }) => phase !== "release" && !FREES.test(call))
    .map(({ call, within }, index) => ({
      call,
      // Both processes of a probe that measures between two have what they need by then.
      releases: index < takes ? 0 : within === undefined ? 1 : 2,
    }));
  test.each(working)(
    "looks for SIGTERM after $call, and gives back what it took",
    async ({ call, releases }) => {
      const slow = `fault = call=${call} scope=host nth=1 slow_seconds=${SLOW_SECONDS}`;
      const counted = `fault = call=${api.gives} scope=host slow_seconds=0.000001`;
      await using emulator = await makeEmulator([slow, counted]);
      const controller = new AbortController();
      const run = runKind(kind, emulator, { options, signal: controller.signal });
      await untilReached(emulator);
      controller.abort();
      const end = await run;
      expect(end).toMatchObject({ outcome: "failure", reason: "cancelled" });
      expect(end.report.instances[0]?.reaped?.exitCode).toBe(1);
      expect(emulator.faultedCalls()).toBe(1 + releases);
      expect(processesOf(emulator.path)).toEqual([]);
    },
  );
});

/** Who is cancelled goes on freeing, and waits before that. */
const FREES = /Free|StreamSynchronize/;

/** Scaled by the emulator to 0.3 s: long enough for SIGTERM to come while the call has not returned. */
const SLOW_SECONDS = 30;

async function untilReached(emulator: EmulatorDirectory): Promise<void> {
  await until("the faulty call", () => emulator.faultedCalls() > 0);
}
