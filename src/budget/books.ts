import type { Config, Target } from "../config/config.ts";
import type { EndedRun } from "../history/record.ts";
import { fill, keepTargets, openAccount, spend, type Account } from "./account.ts";
import { RESOURCE_NAMES, RESOURCES, type ResourceName } from "./resources.ts";
import type { Books } from "./state.ts";

type Limits = Config["limits"];

/** The accounts of a GPU that nothing has been used of. */
export function openBooks(targetIds: readonly string[], limits: Limits): Books {
  return makeBooks((name) => openAccount(targetIds, RESOURCES[name].allowance(limits)));
}

export function fillBooks(books: Books, seconds: number, limits: Limits): Books {
  return makeBooks((name) => fill(books[name], seconds, RESOURCES[name].allowance(limits)));
}

export function keepTargetsInBooks(books: Books, targetIds: readonly string[]): Books {
  return makeBooks((name) => keepTargets(books[name], targetIds));
}

/** The accounts after a run; before one that is about to start, as if it cost what is expected. */
export function spendOnRun(books: Books, target: Target, record?: EndedRun): Books {
  return makeBooks((name) => {
    const expected = expectedCost(books[name], name, target);
    const cost = record && RESOURCES[name].cost(record);
    return spend(books[name], target.id, cost ?? expected);
  });
}

/** What the last run of a target cost, or what one is thought to. */
export function expectedCost(account: Account, name: ResourceName, target: Target): number {
  return account.shares[target.id]?.lastCost ?? RESOURCES[name].expectedCost(target);
}

function makeBooks(make: (name: ResourceName) => Account): Books {
  const [contextTime, transferredBytes] = RESOURCE_NAMES;
  return { contextTime: make(contextTime), transferredBytes: make(transferredBytes) };
}
