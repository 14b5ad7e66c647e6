import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { failureReasons } from "../../src/metrics/run-reasons.ts";
import { KINDS } from "../../src/probes/index.ts";
import { makeEmulator } from "../support/emulator.ts";
import { EXPECTATIONS, expectationsOf } from "./expectations.ts";
import { runKind } from "./run-kind.ts";

test("there are expectations of every kind, and of nothing else", () => {
  expect(Object.keys(EXPECTATIONS).toSorted()).toEqual(KINDS.map(({ name }) => name).toSorted());
});

describe.each(KINDS.map((kind) => ({ name: kind.name, kind })))("the kind $name", ({ kind }) => {
  const {
    api,
    calls,
    tolerated,
    worker,
    options = {},
    others: besides = [],
  } = expectationsOf(kind.name);
  const later = calls.filter(({ call }) => call !== api.init);

  test("makes no driver call that is not expected", async () => {
    const expected = new Set([...tolerated, ...[...calls, ...besides].map(({ call }) => call)]);
    const others = driverCalls().filter((call) => !expected.has(call));
    await using emulator = await makeEmulator(others.map(counted));
    expect(await runKind(kind, emulator, { options })).toMatchObject({ outcome: "success" });
    expect(others).not.toEqual([]);
    expect(emulator.faultedCalls()).toBe(0);
  });

  test.each([...calls, ...besides])("makes the call $call", async ({ call }) => {
    await using emulator = await makeEmulator([counted(call)]);
    expect(await runKind(kind, emulator, { options })).toMatchObject({ outcome: "success" });
    expect(emulator.faultedCalls()).toBeGreaterThan(0);
  });

  test.each(api.initCodes)(
    `is $reason when ${api.init} answers $name`,
    async ({ code, name, reason }) => {
      await using emulator = await makeEmulator([`fault = call=${api.init} code=${code}`]);
      const end = await runKind(kind, emulator, { options });
      expect(end).toMatchObject({ outcome: "failure", reason, phase: "init", code: name });
      expect(failureReasons(kind)).toContain(reason);
    },
  );

  // Each code once, at one call after the other.
  const spread = api.laterCodes.map((wrong, index) => ({
    ...wrong,
    ...later[index % later.length],
  }));
  test.each(spread)("is $reason when $call answers $name", async (spreadCall) => {
    const { call, phase, within, name: code, reason } = spreadCall;
    await using emulator = await makeEmulator([`fault = call=${call} code=${spreadCall.code}`]);
    const end = await runKind(kind, emulator, { options });
    // That a mechanism is not to be had here may come out only when it is tried.
    const isSkip = within !== undefined && reason === "not_supported";
    expect(end).toMatchObject({ outcome: isSkip ? "skipped" : "failure", reason, phase, code });
    // An observer does not hear the message of what it observes.
    expect(end.message).toContain(worker === undefined ? withoutVersion(call) : `${worker} failed`);
    expect(failureReasons(kind)).toContain(reason);
  });

  test.each(calls)(
    "names $phase when $call fails, and ends no later",
    async ({ call, phase, untimed, within = phase }) => {
      const { code, name, reason } = api.anyError;
      await using emulator = await makeEmulator([`fault = call=${call} code=${code}`]);
      const end = await runKind(kind, emulator, { options });
      expect(end).toMatchObject({ outcome: "failure", reason, phase, code: name });
      const { phases } = kind.measurement({});
      const before = phases.slice(0, phases.indexOf(within) + (untimed === true ? 1 : 0));
      const gone = end.report.instances[0]?.phases.map((interval) => interval.phase) ?? [];
      expect(gone.filter((other) => other !== "exit")).toEqual(before);
    },
  );

  test.each(tolerated.map((call) => ({ call })))("does without $call", async ({ call }) => {
    await using emulator = await makeEmulator([`fault = call=${call} code=999`]);
    expect(await runKind(kind, emulator, { options })).toMatchObject({ outcome: "success" });
  });

  test.runIf(kind.scope === "device")(
    "does not take another device for its own that is not there",
    async () => {
      await using emulator = await makeEmulator();
      const gpuUuid = "GPU-00000000-0000-4000-8000-000000000000";
      const end = await runKind(kind, emulator, { options, gpuUuid });
      expect(end.outcome).toBe("failure");
      expect(end.reason).toMatch(/^no_d(evice|river)$/);
    },
  );

  test(`is ${api.unarmed} on an emulator that nothing has armed`, async () => {
    await using emulator = await makeEmulator(["nonsense = 1"]);
    const end = await runKind(kind, emulator, { options });
    expect(end).toMatchObject({ outcome: "failure", reason: api.unarmed, phase: "init" });
    expect(end.stderr).toContain("emulator.conf:4: nonsense is an unknown key");
  });
});

/** Lets the call succeed, and counts it. */
function counted(call: string): string {
  return `fault = call=${call} scope=host slow_seconds=0.000001`;
}

/** A call that has been tried in several versions is named by its first. */
function withoutVersion(call = ""): string {
  return call.replace(/_v\d$/, "");
}

/** The calls of both libraries that can be made on the emulator. */
function driverCalls(): readonly string[] {
  const source = resolve(
    import.meta.dirname,
    "../../native/emulator/engine/settings/call_names.cpp",
  );
  const names = [...readFileSync(source, "utf8").matchAll(/"((?:cu[A-Z]|nvml)\w+)"/g)];
  // Names of errors are asked for only where there are some.
  return names.flatMap(([, name = ""]) => (name === "cuGetErrorName" ? [] : [name]));
}
