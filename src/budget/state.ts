import * as z from "zod";
import { fail, ok, type Result } from "../base/result.ts";

const accountSchema = z.strictObject({
  common: z.number(),
  shares: z.record(
    z.string(),
    z.strictObject({ saved: z.number(), lastCost: z.number().min(0).exactOptional() }),
  ),
});

const stateSchema = z.strictObject({
  /** Rises with each state that is stored, whatever the clock says. */
  serial: z.int().min(0).default(0),
  /** Seconds since 1970 when it was so. */
  atSeconds: z.number(),
  /** By the UUID of the GPU. */
  gpus: z.record(
    z.string(),
    z.strictObject({ contextTime: accountSchema, transferredBytes: accountSchema }),
  ),
});

/** What is left of the budget of each GPU, as it survives a restart. */
export type StoredBudget = Readonly<z.output<typeof stateSchema>>;

/** The same before it is stored. */
export type BudgetState = Omit<StoredBudget, "serial">;

/** The accounts of one GPU. */
export type Books = BudgetState["gpus"][string];

/** Lets a stored state through. */
export function parseBudgetState(value: unknown): Result<StoredBudget> {
  const parsed = stateSchema.safeParse(value);
  return parsed.success
    ? ok(parsed.data)
    : fail(`it holds no budget: ${z.prettifyError(parsed.error)}`);
}
