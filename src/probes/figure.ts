import type { Figure } from "./kind.ts";

/** The figure, or none where the value is not known. */
export function figure(
  name: string,
  value: number | undefined,
  unit: Figure["unit"],
): readonly Figure[] {
  return value === undefined ? [] : [{ name, value, unit }];
}
