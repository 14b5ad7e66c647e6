import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createFold } from "../../src/protocol/fold.ts";
import type { Report } from "../../src/protocol/report.ts";
import { foldLines, say, STORY, text, VALID_LINES } from "../support/protocol-lines.ts";

describe("a run without a fault", () => {
  test("becomes its report, with the phases that the launcher bounds", () => {
    expect(foldLines(STORY)).toEqual({
      instances: [
        {
          instance: 0,
          pid: 4711,
          build: "b",
          spawnedAtSeconds: 10,
          phases: [
            {
              phase: "spawn",
              beganAtSeconds: 10,
              endedAtSeconds: 10.25,
              cpuSeconds: 0.125,
              majorFaults: 4,
            },
            {
              phase: "init",
              beganAtSeconds: 10.75,
              endedAtSeconds: 11,
              cpuSeconds: 0.25,
              majorFaults: 1,
            },
            { phase: "context", beganAtSeconds: 11, endedAtSeconds: 12 },
            { phase: "exit", beganAtSeconds: 12, endedAtSeconds: 12.5 },
          ],
          samples: [
            { name: "bytes", value: 4096, labels: {} },
            { name: "module_loading", value: 1, labels: { mode: "lazy" } },
          ],
          result: { outcome: "success" },
          reaped: {
            atSeconds: 12.5,
            exitCode: 0,
            cpuSeconds: 0.5,
            majorFaults: 7,
            maxRssBytes: 4096,
          },
        },
      ],
    });
  });

  test("a failure keeps all that was said of it", () => {
    const said = {
      phase: "init",
      code: "CUDA_ERROR_NO_DEVICE",
      message: "none",
      reason: "no_device",
    };
    const [instance] = foldLines([...STORY.slice(0, 3), say.failure(said)]).instances;
    expect(instance?.result).toEqual({ outcome: "failure", ...said });
  });

  test("nothing at all is an empty report", () => {
    expect(foldLines([])).toEqual({ instances: [] });
  });

  test("a report does not change with later lines", () => {
    const folded = createFold();
    for (const line of STORY.slice(0, 5)) folded.push(line);
    const report = folded.report();
    const before = structuredClone(report);
    for (const line of STORY.slice(5)) folded.push(line);
    expect(report).toEqual(before);
    expect(folded.report()).not.toEqual(before);
  });

  test("a phase may come again", () => {
    const again = [say.begin("init", 12), say.end("init", 13)];
    const report = foldLines([...STORY.slice(0, 9), ...again]);
    expect(report.problem).toBeUndefined();
    expect(phasesOf(report)).toEqual(["spawn", "init", "context", "init"]);
  });

  test("the launcher's first line may come after the probe's, since both write on their own", () => {
    const [spawned = "", hello = "", end = "", ...rest] = STORY;
    for (const lines of [
      [hello, spawned, end, ...rest],
      [hello, end, spawned, ...rest],
    ]) {
      expect(foldLines(lines)).toEqual(foldLines(STORY));
    }
  });
});

describe("a run that did not come to its end", () => {
  test("names the phase that had begun and not ended", () => {
    const [instance] = foldLines(STORY.slice(0, 7)).instances;
    expect(instance?.openPhase).toBe("context");
    expect(instance?.result).toBeUndefined();
  });

  test("has no open phase between two of them", () => {
    expect(foldLines(STORY.slice(0, 6)).instances[0]).not.toHaveProperty("openPhase");
  });

  test("that was reaped in a phase has no exit, since it never got to it", () => {
    const report = foldLines([...STORY.slice(0, 7), say.reaped(13, { signal: 11 })]);
    expect(phasesOf(report)).toEqual(["spawn", "init"]);
    expect(report.instances[0]?.reaped).toMatchObject({ signal: 11 });
    expect(report.instances[0]?.reaped).not.toHaveProperty("exitCode");
  });

  test("that was reaped before its result has no exit either", () => {
    expect(phasesOf(foldLines([...STORY.slice(0, 5), say.reaped(13)]))).toEqual(["spawn", "init"]);
  });

  test("whose launcher said nothing has neither spawn nor exit", () => {
    expect(phasesOf(foldLines(STORY.slice(1, 10)))).toEqual(["init", "context"]);
  });

  test("a failure inside a phase leaves it open, and is no fault", () => {
    const report = foldLines([...STORY.slice(0, 4), say.failure(), say.reaped(12)]);
    expect(report.problem).toBeUndefined();
    expect(report.instances[0]?.openPhase).toBe("init");
    expect(phasesOf(report)).toEqual(["spawn"]);
  });
});

describe("whatever comes", () => {
  const anyLine = fc.oneof(
    fc.constantFrom(...STORY, ...VALID_LINES.map((line) => text(line))),
    fc.string(),
  );

  test("a report has a problem exactly when a line was refused", () => {
    fc.assert(
      fc.property(fc.array(anyLine), fc.integer({ min: 1, max: 3 }), (lines, instances) => {
        const folded = createFold(instances);
        const refused = lines.map((line) => folded.push(line)).filter((pushed) => !pushed.ok);
        expect(folded.report().problem === undefined).toBe(refused.length === 0);
      }),
      { numRuns: 200 },
    );
  });

  test("the phases of a report never run backwards or overlap", () => {
    fc.assert(
      fc.property(fc.oneof(fc.subarray(STORY), fc.shuffledSubarray(STORY)), (lines) => {
        const { instances } = foldLines(lines);
        const stamps = instances.flatMap(({ phases }) =>
          phases.flatMap(({ beganAtSeconds, endedAtSeconds }) => [beganAtSeconds, endedAtSeconds]),
        );
        expect(stamps).toEqual(stamps.toSorted((one, other) => one - other));
      }),
      { numRuns: 500 },
    );
  });
});

function phasesOf(report: Report): readonly string[] {
  return report.instances.flatMap(({ phases }) => phases.map(({ phase }) => phase));
}
