import type { Clock } from "../base/clock.ts";
import type { Logger } from "../base/logger.ts";
import type { Config, Target } from "../config/config.ts";
import type { Refusal } from "../gates/decide-go.ts";
import type { RunRecord } from "../history/record.ts";
import type { Storage } from "../storage/storage.ts";
import { createAllBooks } from "./all-books.ts";
import { spendOnRun } from "./books.ts";
import { refuseRun } from "./refuse-run.ts";
import { BUDGET_FILE, parseBudgetState, type BudgetState } from "./state.ts";

export interface BudgetModules {
  readonly storage: Pick<Storage, "directory" | "read" | "write">;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** How much the runs of each GPU may take of it, of each thing in resources.ts. */
export interface Budget {
  /** Reads what was left before the start. */
  readonly open: () => Promise<void>;
  readonly setTargets: (targets: readonly Target[], limits: Config["limits"]) => void;
  /** Why a run would be too much for the GPU that its target is on; undefined lets it go. */
  readonly refuse: (target: Target) => Refusal | undefined;
  /** Takes down that a run starts, so that it has been paid for even if nobody sees its end. */
  readonly begin: (target: Target, peerGpuUuids: readonly string[]) => Promise<void>;
  /** Takes down what it came to; of what never started nothing. */
  readonly end: (record: RunRecord) => Promise<void>;
}

/** A budget that has all it can have, unless what is stored says otherwise. */
export function createBudget(limits: Config["limits"], modules: BudgetModules): Budget {
  const { storage } = modules;
  const books = createAllBooks(limits, modules);
  const write = createWriter(modules);
  const hasRun = new Set<string>();
  const underWay = new Set<string>();
  return {
    open: async () => {
      const stored = await storage.read(BUDGET_FILE.name, BUDGET_FILE.version, parseBudgetState);
      if (stored.ok) books.load(stored.value);
    },
    setTargets: books.setTargets,
    refuse: (target) => {
      const ofGpu = books.find(target.device?.gpuUuid ?? "");
      const isFirst = !hasRun.has(target.id);
      return ofGpu && refuseRun(ofGpu, { target, isFirst }, books.limits());
    },
    begin: async (target, peerGpuUuids) => {
      if (target.device === undefined) return;
      underWay.add(target.id);
      const gpuUuids = [target.device.gpuUuid, ...peerGpuUuids];
      await write(books.changed(gpuUuids, (ofGpu) => spendOnRun(ofGpu, target)));
    },
    end: async (record) => {
      const { device, id } = record.target;
      if (device === undefined || !underWay.delete(id)) return;
      if (record.type === "run" && record.end.outcome !== "not_started") {
        hasRun.add(id);
        const { peerGpuUuids = [] } = record.circumstances;
        const gpuUuids = [device.gpuUuid, ...peerGpuUuids];
        books.replace(books.changed(gpuUuids, (ofGpu) => spendOnRun(ofGpu, record.target, record)));
      }
      await write(books.state());
    },
  };
}

/** Keeps the state; that it cannot be kept is said once, unless the storage has said so. */
function createWriter({ storage, logger }: BudgetModules): (state: BudgetState) => Promise<void> {
  let hasWarned = false;
  return async (state) => {
    if (storage.directory === undefined) return;
    const written = await storage.write(BUDGET_FILE.name, BUDGET_FILE.version, state);
    if (written.ok || hasWarned) return;
    hasWarned = true;
    logger.warn({ error: written.error }, "the budget cannot be kept over a restart");
  };
}
