import type { Clock } from "../base/clock.ts";

/** Makes something anew when what it made before is so old, and gives the same object until then. What fails is tried again by who asks next. */
export function keepFor<Value extends object>(
  seconds: number,
  make: () => Promise<Value>,
  { monotonicSeconds }: Pick<Clock, "monotonicSeconds">,
): () => Promise<Value> {
  let made: { readonly value: Value; readonly atSeconds: number } | undefined;
  return async () => {
    const now = monotonicSeconds();
    if (made !== undefined && now - made.atSeconds < seconds) return made.value;
    const value = await make();
    made = { value, atSeconds: now };
    return value;
  };
}
