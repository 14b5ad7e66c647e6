/** What is waited for with {@link Lane.enter}. */
export interface EnterOptions {
  /** Goes before all who are not `first`; among those who are, the first come is the first served. */
  readonly first?: boolean;
  /** Ends the wait: the promise rejects with the signal's reason, and the place in the queue is given up. */
  readonly signal?: AbortSignal;
}

/** One at a time, in the order of coming. */
export interface Lane {
  /** Waits for its turn, and fulfils with the function that leaves the lane; leaving twice is leaving once. */
  readonly enter: (options?: EnterOptions) => Promise<() => void>;
  /** How many wait; whoever is in the lane does not. */
  readonly waiting: () => number;
  readonly isFree: () => boolean;
}

/**
 * The lane of this process: runs take driver-wide locks, so two at once would measure each other. The other half is the flock
 * that the launcher takes on the lane's file, which keeps the runs of other processes of the host apart. Waiting here first means
 * that no launcher is started, and no lane timeout used up, before it is its turn.
 */
export function createLane(): Lane {
  const queue: Waiter[] = [];
  let taken = false;

  const handOn = (): void => {
    const next = queue.shift();
    taken = next !== undefined;
    next?.admit();
  };

  return {
    enter: async (options = {}) => {
      options.signal?.throwIfAborted();
      if (taken) await waitInQueue(queue, options);
      taken = true;
      return once(handOn);
    },
    waiting: () => queue.length,
    isFree: () => !taken,
  };
}

interface Waiter {
  readonly first: boolean;
  readonly admit: () => void;
}

/** Fulfils when the lane was handed to this waiter; rejects when the signal came before. */
async function waitInQueue(queue: Waiter[], options: EnterOptions): Promise<void> {
  const { first = false, signal } = options;
  return new Promise((resolve, reject) => {
    const admit = (): void => {
      signal?.removeEventListener("abort", abandon);
      resolve();
    };
    const waiter: Waiter = { first, admit };
    const abandon = (): void => {
      queue.splice(queue.indexOf(waiter), 1);
      reject(signal?.reason);
    };
    signal?.addEventListener("abort", abandon, { once: true });
    insert(queue, waiter);
  });
}

function insert(queue: Waiter[], waiter: Waiter): void {
  const behindFirsts = queue.findIndex((other) => !other.first);
  const place = waiter.first && behindFirsts >= 0 ? behindFirsts : queue.length;
  queue.splice(place, 0, waiter);
}

function once(callback: () => void): () => void {
  let called = false;
  return () => {
    if (called) return;
    called = true;
    callback();
  };
}
