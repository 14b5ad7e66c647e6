import { setFlagsFromString } from "node:v8";

/**
 * The space in which objects begin stays as small as it is, at first 1 MiB; it would grow to 32 MiB, for a process that makes a few
 * megabytes a minute. --max-semi-space-size says the same, and is heard at the start alone. Safe at any time: V8 reads the factor when the
 * space is to grow.
 */
export function keepYoungSpaceSmall(): void {
  setFlagsFromString("--semi-space-growth-factor=1");
}

/**
 * The rest is collected when it has grown by a fifth since the last time; by itself V8 lets it grow to several times of what is alive. It
 * is no bound: the heap grows as far as what is alive in it needs. Each collection moves what is alive together, so that pages which are
 * half empty after many runs are given back; it takes 15 ms instead of 3.
 */
export function keepOldSpaceSmall(): void {
  setFlagsFromString("--heap-growing-percent=20");
  setFlagsFromString("--compact-on-every-full-gc");
}
