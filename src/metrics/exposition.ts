/** The text of all families, kept as long as nothing changes. */
export interface Exposition {
  /** The family's text is made anew at the next {@link Exposition.read}. */
  readonly markStale: (family: string) => void;
  /** The very same object until something is marked stale. */
  readonly read: () => Promise<Page>;
}

/** The exposition at one moment, as text and ready for the socket. */
export interface Page {
  readonly text: string;
  readonly bytes: Buffer;
}

/**
 * Caches what `render` makes of each family (empty text when there is nothing to say), so that a scrape does no work that the
 * last one did. Reads that overlap take turns; a rendering that fails is tried again by the next read.
 */
export function createExposition(
  families: readonly string[],
  render: (family: string) => Promise<string>,
): Exposition {
  const texts = new Map<string, string>();
  const stale = new Set(families);
  let page = join([]);
  let turn: Promise<unknown> = Promise.resolve();

  const renderOne = async (family: string): Promise<void> => {
    stale.delete(family);
    try {
      texts.set(family, await render(family));
    } catch (error) {
      stale.add(family);
      throw error;
    }
  };
  const refresh = async (): Promise<Page> => {
    if (stale.size === 0) return page;
    // All at once: the renderings then start in one go, and show the same moment.
    await Promise.all([...stale].map(renderOne));
    page = join(families.map((family) => texts.get(family) ?? ""));
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

function join(texts: readonly string[]): Page {
  const text = texts.map((part) => (part === "" ? "" : `${part}\n`)).join("");
  return { text, bytes: Buffer.from(text) };
}
