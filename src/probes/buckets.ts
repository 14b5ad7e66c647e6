/** Seven steps a decade from 1 ms to 7 s, then up to a minute: the seconds of cold starts. */
export const COLD_START_BUCKETS: readonly number[] = [
  ...[0.001, 0.01, 0.1, 1].flatMap((decade) =>
    [1, 1.4, 2, 2.5, 3.5, 5, 7].map((step) => round(decade * step)),
  ),
  10,
  14,
  20,
  30,
  42,
  60,
];

/** Doubling from 10 µs to 84 s: the seconds of single phases, which span six decades. */
export const PHASE_BUCKETS: readonly number[] = Array.from({ length: 24 }, (_, power) =>
  round(1e-5 * 2 ** power),
);

/** Four times each from 1 µs to 4.2 s: the seconds of transfers, of which there is a histogram for each size and use. */
export const TRANSFER_BUCKETS: readonly number[] = Array.from({ length: 12 }, (_, power) =>
  round(1e-6 * 4 ** power),
);

/** Without the last digits that binary fractions leave, since an edge becomes the text of a label. */
function round(seconds: number): number {
  return Number(seconds.toPrecision(7));
}
