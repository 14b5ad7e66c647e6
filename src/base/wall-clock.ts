/**
 * What a clock on the wall of this host shows, as the seconds since 1970 at which it would show the same in UTC. With them windows of time
 * are what people mean by them: from ten to six is from ten to six in the night of a change to summer time, too.
 */
export function wallClockSeconds(atSeconds: number): number {
  return atSeconds - new Date(atSeconds * 1000).getTimezoneOffset() * 60;
}

/** Seconds since 1970 as libraries want them. */
export function toDate(atSeconds: number): Date {
  return new Date(atSeconds * 1000);
}
