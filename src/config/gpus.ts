import * as z from "zod";
import { clip } from "../base/clip.ts";

/** Which GPUs a probe runs on: all, or NVML indices and (beginnings of) UUIDs. */
export type GpuSelection = "all" | readonly (number | string)[];

const ALLOWED = "all, or a list of indices (0) and UUIDs (GPU-…)";

/** The config value `gpus`. */
export function gpus(): z.ZodType<GpuSelection> {
  return z
    .unknown()
    .transform((value, context): GpuSelection => {
      if (value === "all") return "all";
      const entries: readonly unknown[] = Array.isArray(value) ? value : [];
      if (entries.length === 0) context.addIssue({ code: "custom", message: `must be ${ALLOWED}` });
      const seen = new Set<unknown>();
      entries.forEach((entry, index) => {
        const message = describeEntry(entry, seen.has(entry));
        seen.add(entry);
        if (message === undefined) return;
        context.issues.push({ code: "custom", message, path: [index], input: entry });
      });
      return entries.filter((entry) => isIndex(entry) || isUuid(entry));
    })
    .meta({ format: "gpus" });
}

/** One GPU as text, as a request names it. */
export function gpuText(): z.ZodType<number | string> {
  return z.unknown().transform((value, context) => {
    if (typeof value === "string" && /^\d{1,9}$/.test(value)) return Number(value);
    if (isUuid(value)) return value;
    context.addIssue({ code: "custom", message: "must be one index (0) or UUID (GPU-…)" });
    return z.NEVER;
  });
}

function describeEntry(entry: unknown, repeated: boolean): string | undefined {
  if (!isIndex(entry) && !isUuid(entry)) {
    return `${clip(JSON.stringify(entry))} is no GPU: write an index without quotes (0) or a UUID (GPU-…)`;
  }
  return repeated ? `${clip(String(entry))} is in the list twice` : undefined;
}

function isIndex(entry: unknown): entry is number {
  return typeof entry === "number" && Number.isInteger(entry) && entry >= 0;
}

function isUuid(entry: unknown): entry is string {
  return typeof entry === "string" && /^(GPU|MIG)-[0-9A-Za-z/-]+$/.test(entry);
}
