import type { LineOf } from "./line.ts";
import type { PhaseInterval, Sample } from "./report.ts";

/** What the lines of one instance have said so far. */
export interface InstanceState {
  spawned: LineOf<"spawned"> | undefined;
  reaped: LineOf<"reaped"> | undefined;
  hello: LineOf<"hello"> | undefined;
  result: LineOf<"result"> | undefined;
  spawnEnd: LineOf<"end"> | undefined;
  /** The phase that has begun and not ended. */
  open: LineOf<"begin"> | undefined;
  readonly phases: PhaseInterval[];
  readonly samples: Sample[];
  /** Of the probe's own stamps: seconds of CLOCK_MONOTONIC. */
  firstStamp: number | undefined;
  lastStamp: number | undefined;
}

export function createInstanceState(): InstanceState {
  return {
    spawned: undefined,
    reaped: undefined,
    hello: undefined,
    result: undefined,
    spawnEnd: undefined,
    open: undefined,
    phases: [],
    samples: [],
    firstStamp: undefined,
    lastStamp: undefined,
  };
}
