// @ts-check
// When an alert fires, from when its expression holds.

/**
 * The moments in which an alert begins to fire: its expression has held, minute after minute, for
 * `forSeconds`. It may begin again when it has not held in between.
 * @param {readonly number[]} times Seconds at which the expression holds, rising.
 * @param {number} forSeconds
 */
export function firingsOf(times, forSeconds) {
  const STEP = 60;
  /** @type {number[]} */
  const firings = [];
  let since = -Infinity;
  let last = -Infinity;
  let fires = false;
  for (const time of times) {
    if (time - last > STEP) {
      since = time;
      fires = false;
    }
    last = time;
    if (!fires && time - since >= forSeconds) {
      fires = true;
      firings.push(time);
    }
  }
  return firings;
}
