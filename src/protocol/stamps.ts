import type { Line } from "./line.ts";

/** The stamps of a probe's line, in the order in which they were read; of the launcher's lines none. */
export function stampsOf(line: Line): readonly number[] {
  if (line.type === "begin") return [line.at_seconds];
  if (line.type !== "end") return [];
  // When `spawn` began the launcher says.
  if (line.began_at_seconds === undefined || line.phase === "spawn") return [line.at_seconds];
  return [line.began_at_seconds, line.at_seconds];
}
