/** A PCIe link as NVML tells it: generations from 1 on, and lanes. What it does not tell is undefined. */
export interface PcieLink {
  readonly generation: number | undefined;
  readonly width: number | undefined;
  /** What the GPU can do in the slot that it is in. */
  readonly maxGeneration: number | undefined;
  readonly maxWidth: number | undefined;
}

/**
 * How a link is slower than it can be, or undefined. A GPU that does nothing may lower its generation to save power, so that counts only
 * while it is busy; lanes that are missing are missing at any time.
 */
export function describeDowntrained(link: PcieLink, isBusy: boolean): string | undefined {
  const { generation, width, maxGeneration, maxWidth } = link;
  const isSlower = isBusy && isLess(generation, maxGeneration);
  if (!isSlower && !isLess(width, maxWidth)) return undefined;
  return `${describeLink(generation, width)} of ${describeLink(maxGeneration, maxWidth)}`;
}

/** `generation 5 x16`, with `?` for what is not known. */
export function describeLink(generation: number | undefined, width: number | undefined): string {
  return `generation ${show(generation)} x${show(width)}`;
}

/** Whether the link could be told to be down-trained at all. */
export function isWhollyKnown(link: PcieLink): boolean {
  const { generation, width, maxGeneration, maxWidth } = link;
  return [generation, width, maxGeneration, maxWidth].every((value) => value !== undefined);
}

function isLess(value: number | undefined, most: number | undefined): boolean {
  return value !== undefined && most !== undefined && value < most;
}

function show(value: number | undefined): string {
  return value === undefined ? "?" : String(value);
}
