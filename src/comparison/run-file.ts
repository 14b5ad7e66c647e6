import { z } from "zod";
import { fail, ok, type Result } from "../base/result.ts";

const figureSchema = z.object({
  name: z.string(),
  value: z.number(),
  unit: z.enum(["seconds", "bytes", "ratio", "count"]),
});

/** What a comparison reads of docs/run-json.md. Keys that it does not know may be there: a new key makes no new version. */
const runFileSchema = z.object({
  schema: z.literal("cudaprobe-run/1"),
  kind: z.string(),
  options: z.record(z.string(), z.string()),
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
  iterations: z.array(
    z.object({ outcome: z.string(), cacheMiss: z.boolean(), figures: z.array(figureSchema) }),
  ),
});

/** What `cudaprobe run --format json` wrote, as far as a comparison reads it. */
export type RunFile = Readonly<z.output<typeof runFileSchema>>;

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
