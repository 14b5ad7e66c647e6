import * as z from "zod";
import { fail, ok, type Result } from "../base/result.ts";

const figureSchema = z.object({
  name: z.string(),
  value: z.number(),
  unit: z.enum(["seconds", "bytes", "ratio", "count"]),
});

const iterationShape = {
  outcome: z.string(),
  cacheMiss: z.boolean(),
  figures: z.array(figureSchema),
};

/** What a comparison reads of docs/run-json.md. Keys that it does not know may be there: a new key makes no new version. */
const runFileSchema = z
  .object({
    schema: z.literal("cudaprobe-run/1"),
    kind: z.string(),
    options: z.record(z.string(), z.string()),
    details: z.record(z.string(), z.string()).optional(),
    framework: z.object({ version: z.string(), python: z.string() }).optional(),
    curve: z.string().optional(),
    device: z.object({ name: z.string(), gpuUuid: z.string() }).optional(),
    driver: z
      .object({
        backend: z.enum(["nvidia", "emulator"]),
        driverVersion: z.string(),
        cudaVersion: z.string(),
      })
      .optional(),
    host: z.object({
      distribution: z.string(),
      distributionVersion: z.string(),
      kernel: z.string(),
      cpuModel: z.string(),
      virtualization: z.string(),
    }),
    iterations: z.array(z.looseObject(iterationShape)),
  })
  .transform((file, context) => ({
    ...file,
    iterations: file.iterations.map(({ outcome, cacheMiss, figures, ...others }, index) => {
      const iteration = { outcome, cacheMiss, figures };
      if (file.curve === undefined) return iteration;
      const point = z.number().safeParse(others[file.curve]);
      if (point.success) return { ...iteration, point: point.data };
      const path = ["iterations", index, file.curve];
      context.addIssue({ code: "custom", message: "must be a number: it is the curve's", path });
      return iteration;
    }),
  }));

type Parsed = z.output<typeof runFileSchema>;

/** A run of a file; of a curve with the value of the option that differs. */
export type RunFileIteration = z.output<z.ZodObject<typeof iterationShape>> & {
  readonly point?: number;
};

/** What `cudaprobe run --format json` wrote, as far as a comparison reads it. */
export type RunFile = Readonly<Omit<Parsed, "iterations">> & {
  readonly iterations: readonly RunFileIteration[];
};

/** Lets a file's text through; the error says what it is instead. */
export function parseRunFile(text: string): Result<RunFile> {
  const json = parseJson(text);
  if (!json.ok) return json;
  const parsed = runFileSchema.safeParse(json.value);
  return parsed.success
    ? ok(parsed.data)
    : fail(
        `it is not what \`cudaprobe run --format json\` writes: ${z.prettifyError(parsed.error)}`,
      );
}

function parseJson(text: string): Result<unknown> {
  try {
    return ok(JSON.parse(text));
  } catch {
    return fail("it is not JSON");
  }
}
