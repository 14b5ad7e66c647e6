import { setFlagsFromString } from "node:v8";

/**
 * What V8 is told, whatever way the process was started. Neither bounds the heap: it grows as far as what is alive in it needs.
 *
 * The space in which objects begin stays as it is now, which is small in a process that has done little more than load; it would grow to 32 MiB, for a process that makes a few megabytes a minute.
 * --max-semi-space-size says the same, and is heard at the start alone. Safe at any time: V8 reads the factor when the space is to
 * grow.
 *
 * The rest is collected when it has grown by a fifth since the last time; by itself V8 lets it grow to several times of what is alive.
 */
const FLAGS = ["--semi-space-growth-factor=1", "--heap-growing-percent=20"];

/** Keeps garbage from taking several times the memory of what is alive, at the price of collecting it more often. */
export function keepHeapSmall(): void {
  for (const flag of FLAGS) setFlagsFromString(flag);
}
