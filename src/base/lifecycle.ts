/** A part that did not close as it should. */
export interface CloseFailure {
  readonly name: string;
  readonly error: unknown;
}

/** What has been opened, so that it can be closed in reverse. */
export interface Lifecycle {
  /** Registers what closes the part that was just opened. */
  readonly add: (name: string, close: () => void | Promise<void>) => void;
  /**
   * Closes the parts that are open, the youngest first, one after the other. One that fails does not keep the others open; the
   * failures are returned. A further call waits for the first one and then closes what was added meanwhile.
   */
  readonly close: () => Promise<readonly CloseFailure[]>;
}

/** An empty lifecycle. */
export function createLifecycle(): Lifecycle {
  const parts: Part[] = [];
  let closing: Promise<readonly CloseFailure[]> = Promise.resolve([]);
  return {
    add: (name, close) => {
      parts.push({ name, close });
    },
    close: async () => {
      closing = closing.then(async () => closeAll(parts));
      return closing;
    },
  };
}

interface Part {
  readonly name: string;
  readonly close: () => void | Promise<void>;
}

async function closeAll(parts: Part[]): Promise<readonly CloseFailure[]> {
  const failures: CloseFailure[] = [];
  for (let part = parts.pop(); part !== undefined; part = parts.pop()) {
    try {
      // In turn, since a part may need the ones that were opened before it until it is closed.
      // oxlint-disable-next-line no-await-in-loop
      await part.close();
    } catch (error) {
      failures.push({ name: part.name, error });
    }
  }
  return failures;
}
