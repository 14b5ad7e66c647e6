import { InvalidArgumentError } from "commander";

/** How many runs to make, from a flag's text. */
export function parseCount(text: string): number {
  const count = Number(text);
  if (Number.isInteger(count) && count > 0) return count;
  throw new InvalidArgumentError("It must be a whole number from 1 up.");
}
