/** The text of all families, kept as long as nothing changes. */
export interface Exposition {
  /** The family's text is made anew at the next {@link Exposition.read}. */
  readonly markStale: (family: string) => void;
  /** The very same object until something is marked stale. */
  readonly read: () => Promise<Page>;
}

/** The exposition at one moment: the lines of each family that has any, which are the same object until that family changes. */
export type Page = readonly Buffer[];

/**
 * Caches what `render` makes of each family (empty text when there is nothing to say), so that a scrape does no work that the
 * last one did. Reads that overlap take turns; a rendering that fails is tried again by the next read.
 */
export function createExposition(
  families: readonly string[],
  render: (family: string) => Promise<string>,
): Exposition {
  // Bytes rather than text: they are what a scrape sends, and lie outside of the heap that is collected.
  const parts = new Map<string, Buffer>();
  const stale = new Set(families);
  let page: Page = [];
  let turn: Promise<unknown> = Promise.resolve();

  const renderOne = async (family: string): Promise<void> => {
    stale.delete(family);
    try {
      const text = await render(family);
      parts.set(family, Buffer.from(text === "" ? "" : `${text}\n`));
    } catch (error) {
      stale.add(family);
      throw error;
    }
  };
  const refresh = async (): Promise<Page> => {
    if (stale.size === 0) return page;
    // All at once: the renderings then start in one go, and show the same moment.
    await Promise.all([...stale].map(renderOne));
    page = families.map((family) => parts.get(family)).filter(hasLines);
    return page;
  };
  return {
    markStale: (family) => {
      stale.add(family);
    },
    read: () => {
      const reading = turn.then(refresh, refresh);
      turn = reading;
      return reading;
    },
  };
}

function hasLines(part: Buffer | undefined): part is Buffer {
  return part !== undefined && part.length > 0;
}
