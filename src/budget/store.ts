import type { Logger } from "../base/logger.ts";
import type { Storage } from "../storage/storage.ts";
import { parseBudgetState, type BudgetState, type StoredBudget } from "./state.ts";

export interface BudgetStoreModules {
  readonly storage: Pick<Storage, "directory" | "read" | "write" | "writeUnsynced">;
  readonly logger: Logger;
}

/** What is left of the budget, in two files of one form, of which the later one counts. */
export interface BudgetStore {
  /** Undefined when there is nothing that is of use. */
  readonly read: () => Promise<BudgetState | undefined>;
  /** Keeps the state over the end of this process, and is done before a disk is: a run waits for it. */
  readonly keepBegun: (state: BudgetState) => Promise<void>;
  /** Keeps the state over a power cut, too. */
  readonly keepEnded: (state: BudgetState) => Promise<void>;
}

const VERSION = 1;
/** Apart from the other, which a power cut does not harm. */
const BEGUN_FILE = "budget-begun.json";
const ENDED_FILE = "budget.json";

/** Over two files in the storage. That they cannot be kept is said once, unless the storage has said so. */
export function createBudgetStore({ storage, logger }: BudgetStoreModules): BudgetStore {
  let serial = 0;
  let hasWarned = false;
  const keep =
    (write: Storage["write"], name: string) =>
    async (state: BudgetState): Promise<void> => {
      if (storage.directory === undefined) return;
      serial += 1;
      const written = await write(name, VERSION, { ...state, serial });
      if (written.ok || hasWarned) return;
      hasWarned = true;
      logger.warn({ error: written.error }, "the budget cannot be kept over a restart");
    };
  return {
    read: async () => {
      const latest = await readLatest(storage);
      serial = latest?.serial ?? 0;
      return latest;
    },
    keepBegun: keep(storage.writeUnsynced, BEGUN_FILE),
    keepEnded: keep(storage.write, ENDED_FILE),
  };
}

async function readLatest(storage: Pick<Storage, "read">): Promise<StoredBudget | undefined> {
  const names = [BEGUN_FILE, ENDED_FILE];
  const stored = await Promise.all(
    names.map(async (name) => storage.read(name, VERSION, parseBudgetState)),
  );
  return stored
    .flatMap((each) => (each.ok ? [each.value] : []))
    .toSorted((one, other) => other.serial - one.serial)[0];
}
