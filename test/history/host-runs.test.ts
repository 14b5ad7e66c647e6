import { describe, expect, it } from "vitest";
import { createHistory } from "../../src/history/history.ts";
import { lastOfHost } from "../../src/history/host-runs.ts";
import type { RunRecord } from "../../src/history/record.ts";
import { makeRun, makeSkip, makeTarget, makeTimeout } from "../metrics/records.ts";
import { createClock } from "../support/still-clock.ts";

const BUSY = makeTarget(0);
const QUIET = makeTarget(1);
const IDS = [BUSY.id, QUIET.id];

function start(limit = 50) {
  const clock = createClock();
  const history = createHistory({ limit });
  const add = (make: (now: typeof clock) => RunRecord): void => {
    clock.advance(1);
    history.add(make(clock));
  };
  return { history, add };
}

function idsOf(records: readonly RunRecord[]): readonly string[] {
  return records.map(({ target }) => target.id);
}

describe("lastOfHost", () => {
  it("has the runs of all targets by when they ended, the latest first, and skips among them", () => {
    const { history, add } = start();
    add((clock) => makeRun(BUSY, clock));
    add((clock) => makeRun(QUIET, clock));
    add((clock) => makeSkip(BUSY, clock));
    const { runs, failures } = lastOfHost(history, IDS);
    expect(idsOf(runs)).toEqual([BUSY.id, QUIET.id, BUSY.id]);
    expect(runs.map(({ type }) => type)).toEqual(["skip", "run", "run"]);
    expect(failures).toEqual([]);
  });

  it("keeps a hundred of each at most, and failures that a hundred successes came after", () => {
    const { history, add } = start(500);
    for (let made = 0; made < 120; made += 1) add((clock) => makeTimeout(QUIET, clock));
    for (let made = 0; made < 120; made += 1) add((clock) => makeRun(BUSY, clock));
    const { runs, failures } = lastOfHost(history, IDS);
    expect(runs).toHaveLength(100);
    expect(new Set(idsOf(runs))).toEqual(new Set([BUSY.id]));
    expect(failures).toHaveLength(100);
  });

  it("leaves room for the others when one target fails all the time", () => {
    const { history, add } = start(2);
    add((clock) => makeTimeout(QUIET, clock));
    for (let made = 0; made < 5; made += 1) add((clock) => makeTimeout(BUSY, clock));
    expect(idsOf(lastOfHost(history, IDS).failures)).toEqual([BUSY.id, BUSY.id, QUIET.id]);
  });

  it("takes those that match, before it counts", () => {
    const { history, add } = start();
    add((clock) => makeTimeout(QUIET, clock));
    add((clock) => makeTimeout(BUSY, clock));
    const matches = ({ target }: RunRecord): boolean => target === QUIET;
    const { runs, failures } = lastOfHost(history, IDS, { limit: 1, matches });
    expect(idsOf(runs)).toEqual([QUIET.id]);
    expect(idsOf(failures)).toEqual([QUIET.id]);
  });

  it("knows nothing of targets that it is not asked about", () => {
    const { history, add } = start();
    add((clock) => makeTimeout(BUSY, clock));
    expect(lastOfHost(history, [QUIET.id])).toEqual({ runs: [], failures: [] });
  });
});
