import { describe, expect, test } from "vitest";
import {
  durationFromSpawned,
  intervalSeconds,
  unattributedSeconds,
} from "../../src/protocol/intervals.ts";
import type { InstanceReport } from "../../src/protocol/report.ts";
import { foldLines, say } from "../support/protocol-lines.ts";

function instanceOf(lines: readonly string[]): InstanceReport {
  return foldLines(lines).instances[0] ?? { instance: 0, phases: [], samples: [] };
}

const instance = instanceOf([
  say.spawned(10),
  say.hello(),
  say.end("spawn", 10.5),
  say.begin("init", 10.75),
  say.end("init", 12, { began_at_seconds: 11 }),
  say.begin("first_kernel", 12.25),
  say.end("first_kernel", 12.5, { began_at_seconds: 12.375 }),
  say.begin("release", 13),
  say.end("release", 14),
  say.success(),
  say.reaped(15),
]);

describe("intervalSeconds", () => {
  test("is the difference of the two stamps", () => {
    expect(instance.phases.map(intervalSeconds)).toEqual([0.5, 1, 0.125, 1, 1]);
  });
});

describe("durationFromSpawned", () => {
  test("is one interval to the end of the phase", () => {
    expect(durationFromSpawned(instance, "first_kernel")).toBe(2.5);
    expect(durationFromSpawned(instance, "exit")).toBe(5);
  });

  test("is unknown without the phase, and without the launcher's line", () => {
    expect(durationFromSpawned(instance, "allocate")).toBeUndefined();
    const alone = instanceOf([say.hello(), say.begin("init", 1), say.end("init", 2)]);
    expect(durationFromSpawned(alone, "init")).toBeUndefined();
  });
});

describe("unattributedSeconds", () => {
  test("is what lies between the phases up to the end of that one, and not after it", () => {
    expect(unattributedSeconds(instance, "first_kernel")).toBe(0.875);
    expect(unattributedSeconds(instance, "spawn")).toBe(0);
  });

  test("is unknown where the whole is", () => {
    expect(unattributedSeconds(instance, "allocate")).toBeUndefined();
  });
});
