/** How a run's lines come to harm; places are taken round their end. */
export interface Damage {
  readonly how: string;
  readonly at: number;
  readonly other: number;
  readonly line: string;
}

/** The lines without, or with, what the damage says. */
export function harm(
  lines: readonly string[],
  { how, at, other, line }: Damage,
): readonly string[] {
  const copy = [...lines];
  const index = at % Math.max(1, lines.length);
  const old = lines[index] ?? "";
  const cut = other % (old.length + 1);
  if (how === "lose") copy.splice(index, 1);
  if (how === "repeat") copy.splice(other % (lines.length + 1), 0, old);
  if (how === "move") copy.splice(other % (lines.length + 1), 0, ...copy.splice(index, 1));
  if (how === "replace") copy[index] = line;
  if (how === "cut") copy[index] = old.slice(0, cut);
  if (how === "garble") copy[index] = old.slice(0, cut) + line.slice(0, 3) + old.slice(cut + 1);
  return copy;
}
