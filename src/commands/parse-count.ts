import { InvalidArgumentError } from "commander";

/** How many runs to make, from a flag's text. */
export function parseCount(text: string): number {
  const count = Number(text);
  if (Number.isInteger(count) && count > 0) return count;
  throw new InvalidArgumentError("It must be a whole number from 1 up.");
}

/** A number of things, 0 among them, from a flag's text. */
export function parseNumber(text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new InvalidArgumentError("It must be a whole number from 0 up.");
}

/** A number above 0, such as of seconds, from a flag's text. */
export function parsePositive(text: string): number {
  const value = Number(text);
  if (Number.isFinite(value) && value > 0) return value;
  throw new InvalidArgumentError("It must be a number above 0.");
}
