import * as z from "zod";

/** A list of words such as [a, b]. On a command line it is text, with `separator` between them. */
export function words(separator: string): z.ZodType<readonly string[]> {
  return z
    .unknown()
    .transform((value, context) => {
      const entries: readonly unknown[] = Array.isArray(value)
        ? value
        : splitText(value, separator);
      const found = entries.filter((entry) => typeof entry === "string" && entry !== "");
      if (found.length < entries.length || (entries.length === 0 && !Array.isArray(value)))
        context.addIssue({ code: "custom", message: "must be a list of text, such as [one, two]" });
      return found.map(String);
    })
    .meta({ format: "words" });
}

function splitText(value: unknown, separator: string): readonly string[] {
  return typeof value === "string" ? value.split(separator).map((word) => word.trim()) : [];
}
