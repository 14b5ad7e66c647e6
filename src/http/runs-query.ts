import * as z from "zod";
import { fail, ok, type Result } from "../base/result.ts";
import { MOST_HOST_RUNS } from "../history/host-runs.ts";
import type { RunRecord } from "../history/record.ts";
import { OUTCOMES, type Outcome } from "../protocol/outcomes.ts";

/** Of a parameter that is given twice there is a list. */
const ONCE = "may be given once only";

const text = z.string({ error: ONCE }).min(1, "may not be empty");

const LIMITS = `has to be a number from 1 to ${String(MOST_HOST_RUNS)}`;

const querySchema = z.strictObject({
  probe: text.optional(),
  gpu: text.optional(),
  outcome: z.enum(OUTCOMES, { error: `has to be one of ${OUTCOMES.join(", ")}` }).optional(),
  limit: z
    .string({ error: ONCE })
    .regex(/^[1-9]\d{0,2}$/, LIMITS)
    .transform(Number)
    .refine((limit) => limit <= MOST_HOST_RUNS, LIMITS)
    .default(MOST_HOST_RUNS),
});

/** What a request wants to know of the last runs. */
export type RunsQuery = z.output<typeof querySchema>;

/** Reads the parameters of a request; the error names those that are not known or not allowed, a line each. */
export function parseRunsQuery(query: unknown): Result<RunsQuery> {
  const parsed = querySchema.safeParse(query);
  if (parsed.success) return ok(parsed.data);
  return fail(parsed.error.issues.map(describe).join("\n"));
}

function describe(issue: z.core.$ZodIssue): string {
  if (issue.code === "unrecognized_keys") {
    const allowed = Object.keys(querySchema.shape).join(", ");
    return `unknown parameter ${issue.keys.join(", ")}: there are ${allowed}`;
  }
  return `${issue.path.join(".")}: ${issue.message}`;
}

/** Whether a run is one of those that are asked for. A GPU is named by its index or its UUID, or that of a MIG instance. */
export function matchesQuery(
  record: RunRecord,
  { probe, gpu, outcome }: Omit<RunsQuery, "limit">,
): boolean {
  const { target } = record;
  const { device } = target;
  const names = device && [String(device.gpu), device.gpuUuid, device.migUuid];
  return (
    (probe === undefined || probe === target.probe.name) &&
    (gpu === undefined || names?.includes(gpu) === true) &&
    (outcome === undefined || outcome === outcomeOf(record))
  );
}

function outcomeOf(record: RunRecord): Outcome {
  return record.type === "skip" ? "skipped" : record.end.outcome;
}
