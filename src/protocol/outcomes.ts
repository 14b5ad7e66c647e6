/** How a run ended. The order is that of docs/protocol.md: the first that holds. */
export const OUTCOMES = [
  "not_started",
  "hung",
  "timeout",
  "bad_output",
  "crashed",
  "success",
  "failure",
  "skipped",
] as const;

export type Outcome = (typeof OUTCOMES)[number];
