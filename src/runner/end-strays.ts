import type { Clock } from "../base/clock.ts";
import { endGracefully, type Patience } from "./end-gracefully.ts";
import { isMakerGone } from "./mark.ts";
import { findMarked, type Strays } from "./marked.ts";
import { pause } from "./wait.ts";

const POLL_SECONDS = 0.05;

const DEFAULTS = { graceSeconds: 10, giveUpSeconds: 5 };

/** Ends what is not ours to wait for; false when some of it is there still. Whoever sends a signal is told which. */
export async function endStrays(
  strays: Pick<Strays, "kill" | "isGone">,
  { clock, ...patience }: Patience & { readonly clock: Clock },
): Promise<boolean> {
  const endsWithin = async (seconds: number): Promise<boolean> =>
    goneWithin(strays, seconds, clock);
  return endGracefully({ kill: strays.kill, endsWithin }, patience);
}

async function goneWithin(
  strays: Pick<Strays, "isGone">,
  seconds: number,
  clock: Clock,
): Promise<boolean> {
  const deadline = clock.monotonicSeconds() + seconds;
  while (!strays.isGone()) {
    if (clock.monotonicSeconds() >= deadline) return false;
    // oxlint-disable-next-line no-await-in-loop -- nobody tells when a process that is not our child ends
    await pause(clock, POLL_SECONDS);
  }
  return true;
}

/**
 * Ends what processes like this one have left of their runs when they were killed, and their launchers with them. Fulfils with how many
 * processes that were, and whether all are gone.
 */
export async function endLeftovers({
  clock,
  ...patience
}: Partial<Patience> & { readonly clock: Clock }): Promise<{
  readonly count: number;
  readonly gone: boolean;
}> {
  const left = await findMarked(isMakerGone);
  if (left.count === 0) return { count: 0, gone: true };
  return { count: left.count, gone: await endStrays(left, { clock, ...DEFAULTS, ...patience }) };
}
