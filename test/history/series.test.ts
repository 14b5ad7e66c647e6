import { describe, expect, it } from "vitest";
import { createHistory } from "../../src/history/history.ts";
import { createSeries, MOST_POINTS, withSeries, type Series } from "../../src/history/series.ts";
import { footprint } from "../../src/probes/footprint.ts";
import { makeRun, makeSkip, makeTarget, makeTimeout } from "../metrics/records.ts";
import { createClock } from "../support/still-clock.ts";

const TARGET = makeTarget(0);
/** What the phases of `makeRun` come to, from `spawned` to the end of `first_kernel`. */
const FIRST_RESULT_SECONDS = 0.1665;

function start(): { readonly clock: ReturnType<typeof createClock>; readonly series: Series } {
  const clock = createClock();
  return { clock, series: createSeries({ clock }) };
}

describe("createSeries", () => {
  it("has the time to the first result of each good run, the earliest first", () => {
    const { clock, series } = start();
    const began = clock.wallSeconds();
    series.add(makeRun(TARGET, clock));
    clock.advance(60);
    series.add(makeRun(TARGET, clock));
    const points = series.points(TARGET.id);
    expect(points.map(({ atSeconds }) => atSeconds)).toEqual([began, began + 60]);
    for (const { durationSeconds } of points) {
      expect(durationSeconds).toBeCloseTo(FIRST_RESULT_SECONDS, 9);
    }
  });

  it("leaves out what is no good run: failures, skips, and kernels that had to be compiled", () => {
    const { clock, series } = start();
    const run = makeRun(TARGET, clock);
    series.add(makeTimeout(TARGET, clock));
    series.add(makeSkip(TARGET, clock));
    series.add({ ...run, circumstances: { ...run.circumstances, cacheMiss: true } });
    expect(series.points(TARGET.id)).toEqual([]);
  });

  it("leaves out kinds that are watched by no figure", () => {
    const { clock, series } = start();
    const other = makeTarget(0, { kind: footprint });
    series.add(makeRun(other, clock));
    expect(series.points(other.id)).toEqual([]);
  });

  it("keeps targets apart", () => {
    const { clock, series } = start();
    series.add(makeRun(TARGET, clock));
    expect(series.points(makeTarget(1).id)).toEqual([]);
    expect(series.points(TARGET.id)).toHaveLength(1);
  });

  it("forgets a point after 24 hours and not before, though no run came after it", () => {
    const { clock, series } = start();
    series.add(makeRun(TARGET, clock));
    clock.advance(86_399);
    expect(series.points(TARGET.id)).toHaveLength(1);
    clock.advance(1);
    expect(series.points(TARGET.id)).toEqual([]);
  });

  it("keeps so many points a target and no more, the latest", () => {
    const { clock, series } = start();
    for (let made = 0; made < MOST_POINTS + 10; made += 1) {
      clock.advance(1);
      series.add(makeRun(TARGET, clock));
    }
    const points = series.points(TARGET.id);
    expect(points).toHaveLength(MOST_POINTS);
    expect(points.at(-1)?.atSeconds).toBe(clock.wallSeconds());
    expect(points.at(0)?.atSeconds).toBe(clock.wallSeconds() - MOST_POINTS + 1);
  });

  it("is in the order of time after the clock was set back, and has nothing that is still to come", () => {
    const { clock, series } = start();
    series.add(makeRun(TARGET, clock));
    clock.advance(-100);
    const earlier = clock.wallSeconds();
    series.add(makeRun(TARGET, clock));
    expect(series.points(TARGET.id).map(({ atSeconds }) => atSeconds)).toEqual([earlier]);
    clock.advance(200);
    const times = series.points(TARGET.id).map(({ atSeconds }) => atSeconds);
    expect(times).toEqual([earlier, earlier + 100]);
  });

  it("starts afresh when a probe gets other options under its old name, and goes on with the same", () => {
    const { clock, series } = start();
    series.add(makeRun(TARGET, clock));
    series.add(makeRun(makeTarget(0), clock));
    expect(series.points(TARGET.id)).toHaveLength(2);
    series.add(makeRun(makeTarget(0, { options: { jit_cache: "cold" } }), clock));
    expect(series.points(TARGET.id)).toHaveLength(1);
  });

  it("drops the targets that are gone and no others", () => {
    const { clock, series } = start();
    const gone = makeTarget(1);
    for (const target of [TARGET, gone]) series.add(makeRun(target, clock));
    series.keepOnly([TARGET.id]);
    expect(series.points(gone.id)).toEqual([]);
    expect(series.points(TARGET.id)).toHaveLength(1);
  });
});

describe("withSeries", () => {
  it("adds to both and drops from both, and is the history otherwise", () => {
    const { clock, series } = start();
    const history = withSeries(createHistory({ limit: 1 }), series);
    history.add(makeRun(TARGET, clock));
    history.add(makeTimeout(TARGET, clock));
    expect(history.latest(TARGET.id)).toMatchObject({ end: { outcome: "timeout" } });
    expect(series.points(TARGET.id)).toHaveLength(1);
    history.keepOnly([]);
    expect(history.latest(TARGET.id)).toBeUndefined();
    expect(series.points(TARGET.id)).toEqual([]);
  });
});
