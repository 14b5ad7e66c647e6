/** However often a target has failed, it is tried again after so long. */
const LONGEST_SECONDS = 15 * 60;

/** Seconds from one attempt to the next after so many failures in a row: a gap of the schedule, and twice as long with each further one. */
export function backOffSeconds(failures: number, gapSeconds: number): number {
  if (failures < 2) return 0;
  return Math.min(gapSeconds * 2 ** (failures - 1), LONGEST_SECONDS);
}
