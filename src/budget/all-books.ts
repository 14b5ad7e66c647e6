import type { Clock } from "../base/clock.ts";
import type { Config, Target } from "../config/config.ts";
import { fillBooks, keepTargetsInBooks, openBooks } from "./books.ts";
import type { Books, BudgetState } from "./state.ts";

/** The accounts of all GPUs, which fill as time goes by. */
export interface AllBooks {
  /** Takes over what was stored, with what the time since then has added. */
  readonly load: (state: BudgetState) => void;
  readonly setTargets: (targets: readonly Target[], limits: Config["limits"]) => void;
  readonly limits: () => Config["limits"];
  /** The accounts of a GPU as they are now; undefined when it has none. */
  readonly find: (gpuUuid: string) => Books | undefined;
  /** All of them as they are now, and as they would be if some had changed. */
  readonly changed: (gpuUuids: readonly string[], change: (books: Books) => Books) => BudgetState;
  readonly replace: (state: BudgetState) => void;
  readonly state: () => BudgetState;
}

/** No GPUs at first. A wall clock that was set back or forth while nobody looked adds nothing, or no more than can be saved. */
export function createAllBooks(
  initial: Config["limits"],
  { clock }: { readonly clock: Clock },
): AllBooks {
  let gpus: BudgetState["gpus"] = {};
  let limits = initial;
  let filledAtSeconds = clock.monotonicSeconds();

  const fillAll = (seconds: number): void => {
    gpus = mapValues(gpus, (books) => fillBooks(books, seconds, limits));
  };
  const catchUp = (): BudgetState => {
    const now = clock.monotonicSeconds();
    fillAll(now - filledAtSeconds);
    filledAtSeconds = now;
    return { atSeconds: clock.wallSeconds(), gpus };
  };
  return {
    load: ({ atSeconds, gpus: stored }) => {
      catchUp();
      gpus = stored;
      fillAll(clock.wallSeconds() - atSeconds);
    },
    setTargets: (targets, next) => {
      catchUp();
      limits = next;
      gpus = { ...gpus, ...booksOf(targets, gpus, limits) };
      fillAll(0);
    },
    limits: () => limits,
    find: (gpuUuid) => catchUp().gpus[gpuUuid],
    changed: (gpuUuids, change) => changeSome(catchUp(), gpuUuids, change),
    replace: (state) => {
      ({ gpus } = state);
    },
    state: catchUp,
  };
}

function changeSome(
  state: BudgetState,
  gpuUuids: readonly string[],
  change: (books: Books) => Books,
): BudgetState {
  const apply = (books: Books, gpuUuid: string): Books =>
    gpuUuids.includes(gpuUuid) ? change(books) : books;
  return { ...state, gpus: mapValues(state.gpus, apply) };
}

/** The accounts of the GPUs that have targets; instances of one GPU share them. */
function booksOf(
  targets: readonly Target[],
  gpus: BudgetState["gpus"],
  limits: Config["limits"],
): BudgetState["gpus"] {
  const gpuUuids = new Set(targets.flatMap(({ device }) => device?.gpuUuid ?? []));
  const entries = [...gpuUuids].map((gpuUuid) => {
    const ofGpu = targets.filter(({ device }) => device?.gpuUuid === gpuUuid);
    const ids = ofGpu.map(({ id }) => id);
    const books = gpus[gpuUuid];
    return [gpuUuid, books ? keepTargetsInBooks(books, ids) : openBooks(ids, limits)] as const;
  });
  return Object.fromEntries(entries);
}

function mapValues<Value>(
  values: Readonly<Record<string, Value>>,
  change: (value: Value, key: string) => Value,
): Record<string, Value> {
  return Object.fromEntries(
    Object.entries(values).map(([key, value]) => [key, change(value, key)]),
  );
}
