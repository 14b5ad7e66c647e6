/** How much may be used: so much a second in the long run, and what is saved up is at most the capacity. */
export interface Allowance {
  readonly perSecond: number;
  readonly capacity: number;
}

/** What a target has saved up, negative after a run that took more than there was, and what its last run took. */
export interface Share {
  readonly saved: number;
  readonly lastCost?: number;
}

/**
 * The savings of one GPU. Half of what can be saved is kept for its targets, for each as much, so that none can use up what others need; the
 * other half is for whoever comes, and gets what the targets have no room for. So a target has its equal part for sure, and beyond that
 * what the others leave.
 */
export interface Account {
  readonly common: number;
  readonly shares: Readonly<Record<string, Share>>;
}

/** An account with all that it can have. */
export function openAccount(targetIds: readonly string[], allowance: Allowance): Account {
  const saved = ownCapacity(targetIds.length, allowance);
  const shares = targetIds.map((id) => [id, { saved }] as const);
  return { common: allowance.capacity / 2, shares: Object.fromEntries(shares) };
}

/** The account with what so many seconds add. */
export function fill(account: Account, seconds: number, allowance: Allowance): Account {
  const count = Object.keys(account.shares).length;
  const room = ownCapacity(count, allowance);
  const added = (Math.max(0, seconds) * allowance.perSecond) / Math.max(1, count);
  let left = count === 0 ? added : 0;
  const shares = Object.entries(account.shares).map(([id, share]) => {
    const saved = share.saved + added;
    left += Math.max(0, saved - room);
    return [id, { ...share, saved: Math.min(saved, room) }] as const;
  });
  const common = Math.min(account.common + left, allowance.capacity / 2);
  return { common, shares: Object.fromEntries(shares) };
}

/** The account after a target has used so much: of its own first, then of what is common, then on credit. */
export function spend(account: Account, targetId: string, cost: number): Account {
  const share = account.shares[targetId];
  if (share === undefined) return { ...account, common: account.common - cost };
  const ofOwn = Math.min(Math.max(share.saved, 0), cost);
  const ofCommon = Math.min(Math.max(account.common, 0), cost - ofOwn);
  const saved = share.saved - (cost - ofCommon);
  return {
    common: account.common - ofCommon,
    shares: { ...account.shares, [targetId]: { saved, lastCost: cost } },
  };
}

/** All that is saved up, less what is owed. */
export function totalOf({ common, shares }: Account): number {
  return Object.values(shares).reduce((sum, { saved }) => sum + saved, common);
}

/** What a target may use now. */
export function available({ common, shares }: Account, targetId: string): number {
  return (shares[targetId]?.saved ?? 0) + Math.max(common, 0);
}

/**
 * Whether a run may be made that is expected to take so much. While anything is owed none is, so that in all never more is used than
 * the allowance and one run; a target whose runs take more than it can save is made when it has saved all that it can.
 */
export function affords(
  account: Account,
  { targetId, cost }: { readonly targetId: string; readonly cost: number },
  allowance: Allowance,
): boolean {
  const has = available(account, targetId);
  const most = ownCapacity(Object.keys(account.shares).length, allowance);
  // What was added up in small parts may be that much less than the whole.
  return totalOf(account) > 0 && has > 0 && has >= Math.min(cost, most) * (1 - 1e-9);
}

/** The account for these targets: what others have, or owe, becomes common. */
export function keepTargets(account: Account, targetIds: readonly string[]): Account {
  const shares = targetIds.map((id) => [id, account.shares[id] ?? { saved: 0 }] as const);
  const kept = { common: 0, shares: Object.fromEntries(shares) };
  return { ...kept, common: totalOf(account) - totalOf(kept) };
}

function ownCapacity(count: number, { capacity }: Allowance): number {
  return capacity / 2 / Math.max(1, count);
}
