import * as z from "zod";
import { fail, ok, type Result } from "../base/result.ts";
import { gpuText } from "../config/gpus.ts";

/** What a request to /probe asks for. */
export interface ProbeRequest {
  readonly probe: string;
  /** An index, or a UUID or its beginning. */
  readonly gpu?: number | string | undefined;
  readonly debug: boolean;
  /** After which whoever asks hears no more; undefined when they did not say. */
  readonly limitSeconds: number | undefined;
}

/** So much before a scraper stops listening the answer has to be under way, as with other probers. */
const ANSWER_SECONDS = 0.5;

const once = z.string({ error: "must be given, and once" });

const querySchema = z.strictObject({
  probe: once,
  gpu: gpuText().optional(),
  debug: z.enum(["true", "false"], { error: "must be true or false, once" }).default("false"),
});

const limitSchema = z
  .string()
  .regex(/^\d+(\.\d+)?$/)
  .transform((text) => Number(text) - ANSWER_SECONDS)
  .refine((seconds) => seconds > 0 && Number.isFinite(seconds))
  .optional();

/** Reads a query and the header X-Prometheus-Scrape-Timeout-Seconds; the error is for whoever asks. */
export function parseProbeRequest(query: unknown, timeout: unknown): Result<ProbeRequest> {
  const limit = limitSchema.safeParse(timeout);
  if (!limit.success) {
    return fail(
      `X-Prometheus-Scrape-Timeout-Seconds must be a number above ${String(ANSWER_SECONDS)}`,
    );
  }
  const parsed = querySchema.safeParse(query);
  if (!parsed.success) return fail(parsed.error.issues.map(describeIssue).join("; "));
  const { debug, ...named } = parsed.data;
  return ok({ ...named, debug: debug === "true", limitSeconds: limit.data });
}

function describeIssue(issue: z.core.$ZodIssue): string {
  if (issue.code === "unrecognized_keys") return "only probe, gpu and debug can be given";
  return `${issue.path.join(".")} ${issue.message}`;
}
