/** Something that can be told to end. */
export interface Endable {
  readonly kill: (signal: NodeJS.Signals) => void;
  /** Waits for its end, so many seconds at most, and tells whether it came. */
  readonly endsWithin: (seconds: number) => Promise<boolean>;
}

export interface Patience {
  /** From SIGTERM to SIGKILL. */
  readonly graceSeconds: number;
  /** From SIGKILL to giving up. */
  readonly giveUpSeconds: number;
}

/**
 * Asks it to end, then makes it end; false when not even that helped. A stopped process is woken up, so that it can hear. There is
 * a long grace between the two: a driver's client that is killed at its work may take the driver with it.
 */
export async function endGracefully(target: Endable, patience: Patience): Promise<boolean> {
  target.kill("SIGTERM");
  target.kill("SIGCONT");
  if (await target.endsWithin(patience.graceSeconds)) return true;
  target.kill("SIGKILL");
  return target.endsWithin(patience.giveUpSeconds);
}
