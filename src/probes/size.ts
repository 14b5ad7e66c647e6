import { z } from "zod";
import { parseSize } from "../base/units.ts";

/** A config value such as "2MiB", in bytes after parsing. */
export function size(limits: { readonly maximum: number }): z.ZodType<number, string> {
  return z.string().transform((text, context) => {
    const parsed = parseSize(text);
    if (parsed.ok && parsed.value > 0 && parsed.value <= limits.maximum) return parsed.value;
    const message = parsed.ok ? `must be between 1B and ${String(limits.maximum)}B` : parsed.error;
    context.addIssue({ code: "custom", message });
    return z.NEVER;
  });
}
