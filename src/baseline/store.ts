import { ok, type Result } from "../base/result.ts";
import type { Storage } from "../storage/storage.ts";
import { isSameKey, parseBaselines, type Baseline } from "./baseline.ts";

const FILE = "baselines.json";
const VERSION = 1;

/** The pinned baselines, in a file that every process of the host with this storage reads and writes. */
export interface BaselineStore {
  /** What is pinned now. A file that is of no use was set aside, and nothing is pinned. */
  readonly read: () => Promise<readonly Baseline[]>;
  /** Pins one in place of the one with the same key. The error says why it cannot be kept. */
  readonly pin: (baseline: Baseline) => Promise<Result<void>>;
  /** Unpins those that are meant, and tells which they were. */
  readonly clear: (
    isMeant: (baseline: Baseline) => boolean,
  ) => Promise<Result<readonly Baseline[]>>;
}

/**
 * Over a storage. A change reads the file right before it writes it: what another process pins between the two is lost. The daemon
 * pins once for a key, and pins again what it misses.
 */
export function createBaselineStore(storage: Pick<Storage, "read" | "write">): BaselineStore {
  const read: BaselineStore["read"] = async () => {
    const stored = await storage.read(FILE, VERSION, parseBaselines);
    return stored.ok ? stored.value : [];
  };
  const write = async (baselines: readonly Baseline[]): Promise<Result<void>> =>
    storage.write(FILE, VERSION, baselines);
  return {
    read,
    pin: async (baseline) => {
      const others = (await read()).filter((other) => !isSameKey(other, baseline));
      return write([...others, baseline]);
    },
    clear: async (isMeant) => {
      const pinned = await read();
      const cleared = pinned.filter(isMeant);
      if (cleared.length === 0) return ok([]);
      const written = await write(pinned.filter((baseline) => !isMeant(baseline)));
      return written.ok ? ok(cleared) : written;
    },
  };
}
