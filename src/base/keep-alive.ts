/** A day: it only has to be an interval. */
const INTERVAL_MILLISECONDS = 86_400_000;

/** Keeps the process alive, which the clock's timers do not, until the returned function is called. */
export function keepAlive(): () => void {
  const timer = setInterval(() => undefined, INTERVAL_MILLISECONDS);
  return () => {
    clearInterval(timer);
  };
}
