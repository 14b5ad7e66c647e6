import * as z from "zod";
import { FLAG_FORMAT } from "./quantities.ts";

/** Something about an option that only shows beside the others. */
export interface OptionMistake {
  readonly key: string;
  /** What is wrong, and what is allowed. */
  readonly message: string;
}

/** An option as a command line has it. */
export interface OptionText {
  readonly key: string;
  readonly description: string;
  /** It is true or false, and true where no value is given. */
  readonly isFlag: boolean;
}

/** The options of a schema, in their order. */
export function describeOptions(shape: z.ZodRawShape): readonly OptionText[] {
  return Object.entries(shape).map(([key, option]) => ({
    key,
    description: z.globalRegistry.get(option)?.description ?? "",
    isFlag: isFlag(option),
  }));
}

function isFlag(option: z.core.$ZodType): boolean {
  return z.toJSONSchema(option, { io: "input", unrepresentable: "any" }).format === FLAG_FORMAT;
}
