import type { Config, Target } from "../config/config.ts";
import type { Refusal } from "../gates/decide-go.ts";
import { affords, available, totalOf, type Account, type Allowance } from "./account.ts";
import { expectedCost } from "./books.ts";
import { RESOURCE_NAMES, RESOURCES, type ResourceName } from "./resources.ts";
import type { Books } from "./state.ts";

/** What is decided about. */
export interface RunChoice {
  readonly target: Target;
  /** No run of this target has ended yet: it goes ahead, so that every figure is there soon. */
  readonly isFirst: boolean;
}

/** Why a run would be more than a GPU's budget has; undefined lets it go. */
export function refuseRun(
  books: Books,
  choice: RunChoice,
  limits: Config["limits"],
): Refusal | undefined {
  for (const name of RESOURCE_NAMES) {
    const allowance = RESOURCES[name].allowance(limits);
    const cost = expectedCost(books[name], name, choice.target);
    const wanted = { targetId: choice.target.id, cost };
    if (affords(books[name], wanted, allowance)) continue;
    if (choice.isFirst && hasCredit(books[name], allowance)) continue;
    return { reason: "budget", message: describe(name, books[name], wanted) };
  }
  return undefined;
}

/** First runs may owe as much as can be saved, and no more: a daemon that is started again and again makes many of them. */
function hasCredit(account: Account, { capacity }: Allowance): boolean {
  return totalOf(account) > -capacity;
}

function describe(
  name: ResourceName,
  account: Account,
  { targetId, cost }: { readonly targetId: string; readonly cost: number },
): string {
  const { key, format } = RESOURCES[name];
  const has = Math.max(0, Math.min(available(account, targetId), totalOf(account)));
  return `${format(cost)} expected, ${format(has)} left of ${key}`;
}
