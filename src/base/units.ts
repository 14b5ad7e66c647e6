import { clip } from "./clip.ts";
import { fail, ok, type Result } from "./result.ts";

const BYTES_BY_UNIT: Readonly<Record<string, number>> = {
  B: 1,
  kB: 1e3,
  MB: 1e6,
  GB: 1e9,
  KiB: 2 ** 10,
  MiB: 2 ** 20,
  GiB: 2 ** 30,
};

const SECONDS_BY_UNIT: Readonly<Record<string, number>> = {
  ms: 0.001,
  s: 1,
  m: 60,
  h: 3600,
  d: 86400,
};

/** Bytes of a size as people write it: "64MiB", "1.5GB". The error says what is allowed. */
export function parseSize(text: string): Result<number> {
  const [, digits, unit] = /^(\d+(?:\.\d+)?) ?([A-Za-z]+)$/.exec(text) ?? [];
  const factor = BYTES_BY_UNIT[unit ?? ""];
  if (digits === undefined || factor === undefined) {
    return fail(
      `"${clip(text)}" is not a size: write a number and one of B, kB, MB, GB, KiB, MiB, GiB`,
    );
  }
  return ok(Math.round(Number(digits) * factor));
}

/** Of digits without a unit each is the beginning of another search: what is longer is none. */
const LONGEST_DURATION = 100;

/** Seconds of a duration as people write it: "30s", "1h30m", "500ms". The error says what is allowed. */
export function parseDuration(text: string): Result<number> {
  const parts = [...text.slice(0, LONGEST_DURATION + 1).matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h|d)/g)];
  if (parts.length === 0 || parts.map((part) => part[0]).join("") !== text) {
    return fail(
      `"${clip(text)}" is not a duration: write numbers with one of ms, s, m, h, d, such as 30s or 1h30m`,
    );
  }
  const seconds = parts.map(
    ([, digits, unit]) => Number(digits) * (SECONDS_BY_UNIT[unit ?? ""] ?? Number.NaN),
  );
  return ok(seconds.reduce((sum, value) => sum + value, 0));
}

/** A size for people: "520 MiB", "1.5 GiB". */
export function formatSize(bytes: number): string {
  const units = ["B", "KiB", "MiB", "GiB", "TiB"];
  const step = bytes < 1024 ? 0 : Math.min(units.length - 1, Math.floor(Math.log2(bytes) / 10));
  return `${Number((bytes / 1024 ** step).toPrecision(3))} ${units[step] ?? "B"}`;
}

/** A size without rounding, so that no two sizes read the same: "64 KiB", "1536 KiB", "4100 B". */
export function formatExactSize(bytes: number): string {
  const units = [
    ["GiB", 2 ** 30],
    ["MiB", 2 ** 20],
    ["KiB", 2 ** 10],
  ] as const;
  const [unit, factor] = units.find(([, size]) => bytes >= size && bytes % size === 0) ?? ["B", 1];
  return `${String(bytes / factor)} ${unit}`;
}

/** A duration for people: "31 µs", "208 ms", "4.48 s". */
export function formatDuration(seconds: number): string {
  // Rounded first: just under a millisecond is 1 ms and not 1000 µs.
  const rounded = Number(seconds.toPrecision(3));
  if (rounded < 0.001) return `${Number((rounded * 1e6).toPrecision(3))} µs`;
  if (rounded < 1) return `${Number((rounded * 1e3).toPrecision(3))} ms`;
  return `${String(rounded)} s`;
}

/** A span as the config has it: "8h", "1h30m", "45s". Fractions of a second are left out. */
export function formatSpan(seconds: number): string {
  const parts = [
    ["d", 86400],
    ["h", 3600],
    ["m", 60],
    ["s", 1],
  ] as const;
  let left = Math.floor(seconds);
  const words = parts.flatMap(([unit, length]) => {
    const count = Math.floor(left / length);
    left -= count * length;
    return count === 0 ? [] : `${String(count)}${unit}`;
  });
  return words.length === 0 ? "0s" : words.join("");
}

/** A part of a whole for people: "93.6 %". */
export function formatPercent(ratio: number): string {
  return `${Number((ratio * 100).toPrecision(3))} %`;
}
