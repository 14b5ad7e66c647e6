/** Time as an argument: production hands in {@link systemClock}, tests one that they drive. */
export interface Clock {
  /** Seconds since 1970, for what people and Prometheus read. */
  readonly wallSeconds: () => number;
  /** Seconds of CLOCK_MONOTONIC: the clock of the probes' stamps, so the two may be subtracted. */
  readonly monotonicSeconds: () => number;
  /** Calls back once after `seconds`, unless the returned function is called first. */
  readonly after: (seconds: number, callback: () => void) => () => void;
}

/** The host's own clock. Its timers do not keep the process alive. */
export const systemClock: Clock = {
  wallSeconds: () => Date.now() / 1000,
  monotonicSeconds: () => Number(process.hrtime.bigint()) / 1e9,
  after: (seconds, callback) => {
    const timer = setTimeout(callback, seconds * 1000);
    timer.unref();
    return () => {
      clearTimeout(timer);
    };
  },
};
