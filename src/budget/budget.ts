import type { Clock } from "../base/clock.ts";
import type { Config, Target } from "../config/config.ts";
import type { Refusal } from "../gates/decide-go.ts";
import type { RunRecord } from "../history/record.ts";
import { createAllBooks } from "./all-books.ts";
import { spendOnRun } from "./books.ts";
import { refuseRun } from "./refuse-run.ts";
import { createBudgetStore, type BudgetStoreModules } from "./store.ts";

export interface BudgetModules extends BudgetStoreModules {
  readonly clock: Clock;
}

/** How much the runs of each GPU may take of it, of each thing in resources.ts. */
export interface Budget {
  /** Reads what was left before the start. */
  readonly open: () => Promise<void>;
  readonly setTargets: (targets: readonly Target[], limits: Config["limits"]) => void;
  /** Why a run would be too much for the GPU that its target is on; undefined lets it go. */
  readonly refuse: (target: Target) => Refusal | undefined;
  /** Takes down that a run starts, so that it has been paid for even if this process does not see its end. */
  readonly begin: (target: Target, peerGpuUuids: readonly string[]) => Promise<void>;
  /** Takes down what it came to; of what never started nothing. */
  readonly end: (record: RunRecord) => Promise<void>;
}

/** A budget that has all it can have, unless what is stored says otherwise. */
export function createBudget(limits: Config["limits"], modules: BudgetModules): Budget {
  const store = createBudgetStore(modules);
  const books = createAllBooks(limits, modules);
  const hasRun = new Set<string>();
  const underWay = new Set<string>();
  return {
    open: async () => {
      const stored = await store.read();
      if (stored !== undefined) books.load(stored);
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
      await store.keepBegun(books.changed(gpuUuids, (ofGpu) => spendOnRun(ofGpu, target)));
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
      await store.keepEnded(books.state());
    },
  };
}
