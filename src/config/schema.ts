import * as z from "zod";
import type { Kind } from "../probes/kind.ts";
import { gatesShape } from "./gates-schema.ts";
import { gpus } from "./gpus.ts";
import { limitsShape } from "./limits-schema.ts";
import { quietHoursSchema } from "./quiet-hours.ts";
import { duration } from "../probes/quantities.ts";

/** Says what is wrong with a cron expression and what is allowed, or undefined when nothing is. */
export type ValidateSchedule = (expression: string) => string | undefined;

const driverShape = {
  libcuda: library("libcuda.so.1"),
  libnvidia_ml: library("libnvidia-ml.so.1"),
  refresh: duration({ minimum: "100ms", maximum: "1h" })
    .prefault("15s")
    .describe("How often to look for a driver while none answers, and for changed devices."),
  timeout: duration({ minimum: "100ms", maximum: "10m" })
    .prefault("30s")
    .describe(
      "How long listing the devices may take. Without persistence mode each sleeping GPU takes seconds.",
    ),
};

const frameworksShape = {
  python: z
    .record(
      z.string().regex(/^[a-z][a-z0-9_]*$/, {
        error: "a name is lower-case letters, digits and _, and begins with a letter",
      }),
      z.string().regex(/^(\/.*|[^/]+)$/, {
        error: "must be an absolute path, or the name of a program",
      }),
    )
    .default({ default: "python3" })
    .describe(
      "Interpreters by the names that the option `python` of a probe takes: absolute paths, or names that are found in /usr/local/bin, /usr/bin and /bin. `default` is `python3` unless it is named here.",
    ),
};

/** The keys of the file beside `probes`, each a section in which everything has a default. */
export function sectionsSchema(
  validateSchedule: ValidateSchedule,
): z.ZodObject<ReturnType<typeof sectionsShape>> {
  return z.strictObject(sectionsShape(validateSchedule));
}

function sectionsShape(validateSchedule: ValidateSchedule) {
  const quietHours = quietHoursSchema(scheduleSchema(validateSchedule));
  return {
    probes: z
      .array(z.unknown())
      .describe("What is measured: a list of probes. `[]` measures nothing on purpose."),
    gates: z
      .strictObject({ ...gatesShape, quiet_hours: quietHours })
      .prefault({})
      .describe("Checks before each run."),
    limits: z.strictObject(limitsShape).prefault({}).describe("Bounds of what the daemon keeps."),
    frameworks: z
      .strictObject(frameworksShape)
      .prefault({})
      .describe("Where PyTorch, JAX and TensorFlow are installed."),
    driver: z.strictObject(driverShape).prefault({}).describe("Where the driver's libraries are."),
  };
}

/** What they say, with their defaults. */
export type Sections = z.output<ReturnType<typeof sectionsSchema>>;

/** Reads what a probe has in common with all others. */
export type ProbeSchema = z.ZodObject<ReturnType<typeof probeShape>>;

/** What a probe has in common with all others. Other keys are ignored. */
export function probeSchema(validateSchedule: ValidateSchedule): ProbeSchema {
  return z.object(probeShape(validateSchedule));
}

/** All that a probe of `kind` may say: the keys of every probe and the kind's own. */
export function kindSchema(kind: Kind, validateSchedule: ValidateSchedule): z.ZodObject {
  const { gpus: devices, ...common } = probeShape(validateSchedule);
  return z.strictObject({
    ...common,
    ...(kind.scope === "device" ? { gpus: devices } : {}),
    ...kind.optionsShape,
  });
}

/** What can be said against a probe whose kind is not known: its own keys are anybody's guess. */
export function kindlessSchema(validateSchedule: ValidateSchedule): z.ZodObject {
  const { kind: _, ...common } = probeShape(validateSchedule);
  return z.looseObject(common);
}

function probeShape(validateSchedule: ValidateSchedule) {
  return {
    name: nameSchema,
    kind: z.string().describe("What is measured: one of the kinds below."),
    schedule: scheduleSchema(validateSchedule),
    jitter: jitterSchema,
    timeout: duration({ minimum: "100ms", maximum: "1h" })
      .optional()
      .describe(
        "A run that takes longer is stopped, and counted as `timeout`. The default is the kind's or, of a framework, the framework's.",
      ),
    gpus: gpusSchema,
  };
}

const nameSchema = z
  .string()
  .regex(/^[a-z][a-z0-9_]*$/, {
    error: "must be lower-case letters, digits and _, and begin with a letter",
  })
  .describe("The label `probe` of its metrics. Unique in the file.");

const jitterSchema = duration({ minimum: "0s", maximum: "1d" })
  .optional()
  .describe(
    "Each host and GPU runs at its own fixed moment within this time after a tick. Without it a tenth of the schedule's period.",
  );

const gpusSchema = gpus()
  .prefault("all")
  .describe(
    "`all`, or a list of NVML indices and UUIDs; a UUID's beginning will do while it fits one GPU only.",
  );

function scheduleSchema(validateSchedule: ValidateSchedule): z.ZodString {
  return z
    .string()
    .superRefine((expression, context) => {
      const message = validateSchedule(expression);
      if (message !== undefined) context.addIssue({ code: "custom", message });
    })
    .describe(
      "When: a cron expression of five fields, or six with seconds in front, in the host's time zone. In quotes, since `*` means something else in YAML.",
    );
}

function library(soname: string): z.ZodOptional<z.ZodString> {
  return z
    .string()
    .regex(/^(\/.*|[^/]+)$/, {
      error: "must be an absolute path, or a file name that the dynamic loader finds",
    })
    .optional()
    .describe(`The library to load, by path or name. Without it \`${soname}\`.`);
}
