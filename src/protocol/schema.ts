import * as z from "zod";
import { REASONS } from "./reasons.ts";

/** The version that this program speaks; there is no other one it understands. */
const PROTOCOL_VERSION = 1;

const name = z
  .string()
  .max(64)
  .regex(/^[a-z][a-z0-9_]*$/, "a name is snake_case");
const instance = z.int().nonnegative();
const stamp = z.number().nonnegative();
const seconds = z.number().nonnegative();
const count = z.int().nonnegative();
/** Not 1 and not 0: a signal to the group of such a number would go to everybody, or to ourselves. */
const pid = z.int().min(2);
const message = z
  .string()
  .refine((text) => Buffer.byteLength(text) <= 1024, "a message is at most 1 KiB");

const spawned = z.strictObject({
  type: z.literal("spawned"),
  instance,
  at_seconds: stamp,
  pid,
});

const released = z.strictObject({
  type: z.literal("released"),
  instance: z.literal(0),
  at_seconds: stamp,
});

const reaped = z
  .strictObject({
    type: z.literal("reaped"),
    instance,
    at_seconds: stamp,
    pid,
    exit_code: z.int().min(0).max(255).exactOptional(),
    signal: z.int().min(1).max(64).exactOptional(),
    cpu_seconds: seconds,
    major_faults: count,
    max_rss_bytes: count,
  })
  .refine(
    (line) => (line.exit_code === undefined) !== (line.signal === undefined),
    "either exit_code or signal is there",
  );

const hello = z.strictObject({
  type: z.literal("hello"),
  instance,
  protocol: z.literal(PROTOCOL_VERSION, `this program speaks version ${PROTOCOL_VERSION}`),
  probe: name,
  pid,
  build: z.string(),
});

const begin = z.strictObject({
  type: z.literal("begin"),
  instance,
  phase: name,
  at_seconds: stamp,
});

const end = z.strictObject({
  type: z.literal("end"),
  instance,
  phase: name,
  at_seconds: stamp,
  began_at_seconds: stamp.exactOptional(),
  cpu_seconds: seconds.exactOptional(),
  major_faults: count.exactOptional(),
});

const sample = z.strictObject({
  type: z.literal("sample"),
  instance,
  name,
  value: z.number(),
  labels: z.record(name, z.string()).exactOptional(),
});

const success = z.strictObject({
  type: z.literal("result"),
  instance,
  outcome: z.literal("success"),
});

const noSuccess = z.strictObject({
  type: z.literal("result"),
  instance,
  outcome: z.enum(["failure", "skipped"]),
  reason: z.enum(REASONS),
  phase: name.exactOptional(),
  code: z.string().min(1).exactOptional(),
  message: message.exactOptional(),
});

/** Every line of docs/protocol.md, and nothing else: an unknown type or key is refused. */
export const lineSchema = z.discriminatedUnion("type", [
  spawned,
  released,
  reaped,
  hello,
  begin,
  end,
  sample,
  z.discriminatedUnion("outcome", [success, noSuccess]),
]);
