import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createDeadlineClock } from "../support/deadline-clock.ts";
import { makeEmulator, type EmulatorDirectory } from "../support/emulator.ts";
import { until } from "../support/until.ts";
import {
  expectNothingLeft,
  IPC_CASES,
  quick,
  sharedFiles,
  stop,
  untilPaired,
  type IpcCase,
  type Pair,
} from "./ipc-cases.ts";
import { DEADLINE_SECONDS, runKind } from "./run-kind.ts";

/** Both processes of a run, while the consumer is at its second copy. */
async function untilCopying(emulator: EmulatorDirectory, { kind }: IpcCase): Promise<Pair> {
  await until("the consumer's second copy", () => emulator.faultedCalls() > 1);
  return untilPaired(emulator, kind.program);
}

const CASES = IPC_CASES.map((ipcCase) => ({ ...ipcCase, name: ipcCase.kind.name, ipcCase }));
const PARTNERS = ["producer", "consumer"] as const;
const STOPS = CASES.flatMap((each) => PARTNERS.map((partner) => ({ ...each, partner })));

let emulator: EmulatorDirectory;
let before: readonly string[];

beforeEach(async () => {
  emulator = await makeEmulator();
  before = sharedFiles();
});

afterEach(async () => {
  try {
    await expectNothingLeft(emulator, before);
  } finally {
    await emulator[Symbol.asyncDispose]();
  }
});

describe("when one of the two processes is killed in the middle of a transfer", () => {
  test.each(CASES)(
    "$name by $mechanism tells that the consumer died, of what, and in which step",
    async ({ ipcCase }) => {
      const { kind, mechanism, call, phase } = ipcCase;
      await emulator.configure([`fault = call=${call} scope=host nth=2 hang=true`]);
      const run = runKind(kind, emulator, { options: quick(mechanism) });
      process.kill((await untilCopying(emulator, ipcCase)).consumer, "SIGKILL");
      const end = await run;
      expect(end).toMatchObject({ outcome: "failure", reason: "peer_died", phase });
      expect(end.message).toContain("the consumer was ended by signal 9");
    },
  );

  test.each(CASES)(
    "$name by $mechanism is crashed when that was the producer, and the consumer goes with it",
    async ({ ipcCase }) => {
      const { kind, mechanism, call } = ipcCase;
      await emulator.configure([slow(call)]);
      const run = runKind(kind, emulator, { options: quick(mechanism) });
      process.kill((await untilCopying(emulator, ipcCase)).producer, "SIGKILL");
      const end = await run;
      expect(end).toMatchObject({ outcome: "crashed", reason: "crashed", phase: "measure" });
      expect(end.message).toContain("SIGKILL");
    },
  );
});

describe("when one of the two processes is stopped in the middle of a transfer", () => {
  test.each(STOPS)(
    "$name by $mechanism is a timeout once the deadline has passed, and both are ended: the $partner",
    async ({ ipcCase, partner }) => {
      const { kind, mechanism, call, phase } = ipcCase;
      const { clock, passDeadline } = createDeadlineClock(DEADLINE_SECONDS);
      await emulator.configure([slow(call)]);
      const options = quick(mechanism);
      const run = runKind(kind, emulator, { options, clock, graceSeconds: 0.1 });
      await stop((await untilCopying(emulator, ipcCase))[partner]);
      passDeadline();
      const end = await run;
      expect(end).toMatchObject({ outcome: "timeout", reason: "timeout" });
      // The producer, which is made to go on when it is asked to end, may tell in which step.
      expect(["measure", phase]).toContain(end.phase);
    },
  );

  test.each(STOPS)(
    "$name by $mechanism succeeds when it goes on before the deadline: the $partner",
    async ({ ipcCase, partner }) => {
      const { kind, mechanism, call } = ipcCase;
      await emulator.configure([slow(call)]);
      const run = runKind(kind, emulator, { options: quick(mechanism) });
      const { [partner]: pid } = await untilCopying(emulator, ipcCase);
      await stop(pid);
      process.kill(pid, "SIGCONT");
      expect(await run).toMatchObject({ outcome: "success" });
    },
  );
});

/** The consumer's second copy takes the emulator 0.5 s: long enough for a signal to come before it ends. */
function slow(call: string): string {
  return `fault = call=${call} scope=host nth=2 slow_seconds=50`;
}
