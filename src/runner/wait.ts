import type { Clock } from "../base/clock.ts";
import { createDeferred } from "../base/deferred.ts";

/** Whether a promise is fulfilled before so many seconds have passed. */
export async function fulfilledWithin(
  clock: Clock,
  seconds: number,
  promise: Promise<unknown>,
): Promise<boolean> {
  const race = createDeferred<boolean>();
  const cancel = clock.after(seconds, () => race.resolve(false));
  void promise.then(() => race.resolve(true));
  const inTime = await race.promise;
  cancel();
  return inTime;
}

/** Waits so many seconds. */
export async function pause(clock: Clock, seconds: number): Promise<void> {
  return new Promise((resolve) => {
    clock.after(seconds, resolve);
  });
}
