import { describe, expect, test } from "vitest";
import { createFold } from "../../src/protocol/fold.ts";
import { foldLines, say } from "../support/protocol-lines.ts";

describe("several instances", () => {
  const lines = [
    ...both((more) => say.spawned(10, more)),
    ...both((more) => say.hello(more)),
    say.released(10.5),
    ...both(({ instance }) => say.begin("init", 10.75, { instance })),
    ...both(({ instance }) => say.end("init", 11 + instance, { instance })),
    ...both(({ instance }) => say.success({ instance })),
    ...both(({ instance, pid }) => say.reaped(13, { instance, pid, exit_code: 0 })),
  ];

  test("are folded apart and sorted, with the moment of their release", () => {
    const report = foldLines(lines, 2);
    expect(report.problem).toBeUndefined();
    expect(report.releasedAtSeconds).toBe(10.5);
    expect(report.instances.map(({ instance, pid }) => [instance, pid])).toEqual([
      [0, 4711],
      [1, 4712],
    ]);
    expect(report.instances.map(({ phases }) => phases[0]?.endedAtSeconds)).toEqual([11, 12]);
  });

  test("start with their release: how long each took to get to the barrier is no phase", () => {
    const ends = both((more) => say.end("spawn", 10.2, { instance: more.instance }));
    const report = foldLines([...lines.slice(0, 4), ...ends, ...lines.slice(4)], 2);
    expect(report.problem).toBeUndefined();
    expect(report.instances.map(({ releasedAtSeconds }) => releasedAtSeconds)).toEqual([
      10.5, 10.5,
    ]);
    expect(report.instances.map(({ phases }) => phases.map(({ phase }) => phase))).toEqual([
      ["init", "exit"],
      ["init", "exit"],
    ]);
  });

  test("are no more than the run has", () => {
    expect(foldLines(lines, 1).problem).toBe("line 1: instance 1 in a run of 1");
  });

  test("are released once", () => {
    const report = foldLines([...lines, say.released(14)], 2);
    expect(report.problem).toBe("line 14: a second released");
    expect(report.releasedAtSeconds).toBe(10.5);
  });

  test("one instance alone is never released", () => {
    expect(foldLines([say.released(10)]).problem).toBe("line 1: released in a run of one instance");
  });

  test("unless it was to be held at the barrier", () => {
    const fold = createFold(1, true);
    for (const line of [say.spawned(9), say.hello(), say.released(10)]) fold.push(line);
    expect(fold.report()).toMatchObject({ instances: [{ releasedAtSeconds: 10 }] });
    expect(fold.report().problem).toBeUndefined();
  });
});

/** The same line of both, the second one first. */
function both(one: (more: { instance: number; pid: number }) => string): readonly string[] {
  return [1, 0].map((instance) => one({ instance, pid: 4711 + instance }));
}
