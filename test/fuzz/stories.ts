import { array, constantFrom, double, integer, record } from "fast-check";
import { REASONS } from "../../src/protocol/reasons.ts";

const PHASES = ["load_driver", "init", "context", "allocate"] as const;

/** What one instance says, without its number; when which line of which instance comes is the run's. */
export const instancePlan = record({
  phases: array(constantFrom(...PHASES), { maxLength: 4 }),
  samples: array(double({ noNaN: true, noDefaultInfinity: true }), { maxLength: 4 }),
  outcome: constantFrom("success", "failure", "skipped", "none"),
  reason: constantFrom(...REASONS),
  signal: integer({ min: 0, max: 64 }),
});

/** What one instance is to say. */
export interface Plan {
  readonly phases: readonly string[];
  readonly samples: readonly number[];
  readonly outcome: string;
  readonly reason: string;
  readonly signal: number;
}

/** The lines of an instance, stamps a tenth of a second apart. */
export function tell(plan: Plan, instance: number): readonly string[] {
  let ticks = 0;
  const at = (): number => (ticks += 1) / 10;
  const say = (type: string, more: object): string => JSON.stringify({ type, instance, ...more });
  const pid = 100 + instance;
  const end = plan.signal === 0 ? { exit_code: 0 } : { signal: plan.signal };
  return [
    say("spawned", { at_seconds: at(), pid }),
    say("hello", { protocol: 1, probe: "p", pid, build: "b" }),
    say("end", { phase: "spawn", at_seconds: at() }),
    ...plan.phases.flatMap((phase) => [
      say("begin", { phase, at_seconds: at() }),
      say("end", { phase, at_seconds: at(), major_faults: 1 }),
    ]),
    ...plan.samples.map((value) => say("sample", { name: "bytes", value })),
    ...tellResult(plan).map((fields) => say("result", fields)),
    say("reaped", {
      at_seconds: at(),
      pid,
      ...end,
      cpu_seconds: 0,
      major_faults: 0,
      max_rss_bytes: 0,
    }),
  ];
}

function tellResult({ outcome, reason }: Plan): readonly object[] {
  if (outcome === "none") return [];
  return [outcome === "success" ? { outcome } : { outcome, reason }];
}

/** The stories as one: the next line of the story whose turn it is, and what is left in the end. */
export function mix(
  stories: readonly (readonly string[])[],
  turns: readonly number[],
): readonly string[] {
  const left = stories.map((story) => [...story]);
  const early = turns.flatMap((turn) => left[turn % left.length]?.shift() ?? []);
  return [...early, ...left.flat()];
}
