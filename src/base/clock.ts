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
    let timer: NodeJS.Timeout | undefined;
    const arm = (left: number): void => {
      const step = Math.min(left, LONGEST_TIMER_SECONDS);
      timer = setTimeout(() => (left > step ? arm(left - step) : callback()), step * 1000);
      timer.unref();
    };
    arm(seconds);
    return () => {
      clearTimeout(timer);
    };
  },
};

/** Some 24 days: Node lets a longer timer run out at once. */
const LONGEST_TIMER_SECONDS = 2_147_483;
