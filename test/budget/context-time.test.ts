import { describe, expect, it } from "vitest";
import { contextSeconds } from "../../src/budget/context-time.ts";
import type { EndedRun } from "../../src/history/record.ts";
import { coldStart } from "../../src/probes/cold-start.ts";
import { density } from "../../src/probes/density.ts";
import { processMemory } from "../../src/probes/process-memory.ts";
import type { InstanceReport } from "../../src/protocol/report.ts";
import type { RunEnd } from "../../src/runner/run.ts";
import { createClock } from "../support/still-clock.ts";
import { makeEnd, makeInstance, makeTarget } from "../metrics/records.ts";

const clock = createClock();
/** Of an instance of {@link makeInstance}, from the begin of `context` until it was reaped. */
const OPEN_SECONDS = 0.1905 - 0.112;

function endWith(...instances: readonly InstanceReport[]): RunEnd {
  return makeEnd(clock, { report: { instances } });
}

function record(run: Partial<EndedRun> & Pick<EndedRun, "end">): EndedRun {
  return {
    type: "run",
    target: makeTarget(0, { kind: coldStart }),
    atSeconds: 0,
    circumstances: {
      otherProcesses: 0,
      utilizationRatio: 0,
      cacheMiss: false,
      laneWaitSeconds: 0,
    },
    ...run,
  };
}

describe("the time with a context open", () => {
  it("is from the begin of its creation to the end of the process", () => {
    const end = endWith(makeInstance(1000));
    expect(contextSeconds(record({ end }))).toBeCloseTo(OPEN_SECONDS, 6);
  });

  it("counts once what instances hold side by side, and twice what they hold in turn", () => {
    const second = { ...makeInstance(1000.01), instance: 1 };
    const together = endWith(makeInstance(1000), second);
    expect(contextSeconds(record({ end: together }))).toBeCloseTo(OPEN_SECONDS + 0.01, 6);
    const inTurn = endWith(makeInstance(1000), { ...makeInstance(1001), instance: 1 });
    expect(contextSeconds(record({ end: inTurn }))).toBeCloseTo(2 * OPEN_SECONDS, 6);
  });

  it("has the other starts of a run of several in it", () => {
    const companions = [1001, 1002].map((at) => ({
      role: "single",
      end: endWith(makeInstance(at)),
    }));
    const end = { ...endWith(makeInstance(1000)), companions };
    expect(contextSeconds(record({ end }))).toBeCloseTo(3 * OPEN_SECONDS, 6);
  });

  it("lasts under MPS from the first client to the end of the run, since the server has one meanwhile", () => {
    const firstClient = endWith(makeInstance(1000));
    const end = endWith(makeInstance(1002));
    expect(contextSeconds(record({ end, firstClient }))).toBeCloseTo(2 + OPEN_SECONDS, 6);
  });

  it("is no longer than the run where a probe says it of processes together", () => {
    const said = [{ name: "gpu_seconds", value: 7.5, labels: {} }];
    const end = endWith({ ...makeInstance(1000), samples: said });
    expect(contextSeconds(record({ end }))).toBeCloseTo(0.1905, 6);
    const none = endWith({ ...makeInstance(1000), samples: [{ ...said[0], ...ZERO }] });
    expect(contextSeconds(record({ end: none }))).toBe(0);
  });

  it("is that of the whole run where the kind does not say when it opens one", () => {
    const { samples: _, ...instance } = makeInstance(1000);
    const end = endWith({ ...instance, samples: [] });
    const target = makeTarget(0, { kind: density });
    expect(contextSeconds(record({ end, target }))).toBeCloseTo(0.1905, 6);
  });

  it("is none of a run for the whole host, of one that never came to it, and of none at all", () => {
    const target = makeTarget(undefined, { kind: processMemory });
    const early = endWith(makeInstance(1000, 2));
    expect(contextSeconds(record({ end: early, target }))).toBe(0);
    expect(contextSeconds(record({ end: early }))).toBe(0);
    expect(contextSeconds(record({ end: endWith() }))).toBe(0);
  });
});

const ZERO = { name: "gpu_seconds", value: 0, labels: {} };
