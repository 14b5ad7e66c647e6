const UNITS = [
  ["d", 86_400_000],
  ["h", 3_600_000],
  ["m", 60_000],
  ["s", 1000],
] as const;

/** A duration as PromQL has it, in the largest unit that it is a whole number of. */
export function formatDuration(seconds: number): string {
  const milliseconds = Math.max(1, Math.round(seconds * 1000));
  const unit = UNITS.find(([, length]) => milliseconds % length === 0);
  return unit === undefined ? `${milliseconds}ms` : `${milliseconds / unit[1]}${unit[0]}`;
}
