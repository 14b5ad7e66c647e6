/** What a figure is made of: the figures before it that are phases, or what lies between them. */
export interface WholeAndParts<Figure> {
  readonly whole: Figure;
  readonly parts: readonly Figure[];
}

/** The first figure that is no phase, and what of the figures it is made of; undefined where there is none. */
export function findWhole<Figure extends { readonly name: string }>(
  figures: readonly Figure[],
  phases: readonly string[],
): WholeAndParts<Figure> | undefined {
  const at = figures.findIndex(({ name }) => !phases.includes(name) && name !== "unattributed");
  const whole = figures[at];
  return whole && { whole, parts: figures.slice(0, at) };
}
