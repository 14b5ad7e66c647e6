import type { Unit } from "./chart.ts";
import { formatValue, unitScale, withSymbol } from "./unit-scale.ts";

/** A mark on an axis: where, and what stands at it. */
export interface Tick {
  readonly position: number;
  readonly label: string;
}

/** Values to positions. */
export interface Axis {
  readonly place: (value: number) => number;
  readonly ticks: readonly Tick[];
  readonly isLogarithmic: boolean;
}

/** Where an axis begins and ends, in units of the drawing, and about how many ticks there is room for. */
export interface AxisRoom {
  readonly from: number;
  readonly to: number;
  readonly ticks: number;
}

/** Values further apart than this are read by their powers of ten. */
const LOGARITHMIC_SPAN = 20;

/** An axis over values: logarithmic where they are above 0 and far apart, else linear. */
export function axisOver(values: readonly number[], unit: Unit, room: AxisRoom): Axis {
  const low = Math.min(...values);
  const high = Math.max(...values);
  const isWide = low > 0 && high / low > LOGARITHMIC_SPAN;
  return isWide ? logarithmicAxis([low, high], unit, room) : linearAxis([low, high], unit, room);
}

/** From the tick below the lowest to the tick above the highest value. */
export function linearAxis(
  [low, high]: readonly [number, number],
  unit: Unit,
  room: AxisRoom,
): Axis {
  const { symbol, factor } = unitScale(unit, Math.max(Math.abs(low), Math.abs(high)));
  const [from, to] = spread(low / factor, high / factor);
  const step = niceStep((to - from) / room.ticks);
  const first = Math.floor(from / step + 1e-9);
  const last = Math.ceil(to / step - 1e-9);
  const decimals = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
  const place = placer([first * step * factor, last * step * factor], room);
  const ticks = Array.from({ length: last - first + 1 }, (_, index) => {
    const value = (first + index) * step;
    return { position: place(value * factor), label: withSymbol(value.toFixed(decimals), symbol) };
  });
  return { place, ticks, isLogarithmic: false };
}

/** Equal values get room on both sides, so that they stand in the middle. */
function spread(low: number, high: number): readonly [number, number] {
  if (high > low) return [low, high];
  const margin = low === 0 ? 1 : Math.abs(low) * 0.05;
  return [low - margin, low + margin];
}

/** 1, 2 or 5 times a power of ten, not below the given step. */
function niceStep(step: number): number {
  const power = 10 ** Math.floor(Math.log10(step));
  return power * ([1, 2, 5].find((multiple) => multiple * power >= step * 0.999) ?? 10);
}

/** Whole powers of ten of seconds and counts, of four of bytes, as many as there is room for. */
function logarithmicAxis([low, high]: readonly [number, number], unit: Unit, room: AxisRoom): Axis {
  const base = unit === "bytes" ? 4 : 10;
  const first = Math.floor(Math.log(low) / Math.log(base) + 1e-9);
  const last = Math.max(first + 1, Math.ceil(Math.log(high) / Math.log(base) - 1e-9));
  const every = Math.ceil((last - first) / room.ticks);
  const place = placer([base ** first, base ** last], room, Math.log);
  const ticks = Array.from({ length: Math.floor((last - first) / every) + 1 }, (_, index) => {
    const value = base ** (first + index * every);
    return { position: place(value), label: formatValue(value, unit) };
  });
  return { place, ticks, isLogarithmic: true };
}

/** Ticks at the values themselves, where there are few of them: sizes, numbers of processes. */
export function axisAt(values: readonly number[], unit: Unit, room: AxisRoom): Axis {
  const sorted = [...new Set(values)].toSorted((one, other) => one - other);
  const [low = 1] = sorted;
  const high = sorted.at(-1) ?? low;
  const isWide = low > 0 && high / low >= LOGARITHMIC_SPAN;
  const place = placer([low, high], room, isWide || unit === "bytes" ? Math.log : undefined);
  const every = Math.ceil(sorted.length / room.ticks);
  const ticks = sorted
    .filter((_, index) => index % every === 0)
    .map((value) => ({ position: place(value), label: formatValue(value, unit) }));
  return { place, ticks, isLogarithmic: isWide || unit === "bytes" };
}

function placer(
  [low, high]: readonly [number, number],
  { from, to }: AxisRoom,
  bend: (value: number) => number = (value) => value,
): (value: number) => number {
  const start = bend(low);
  const length = bend(high) - start;
  return (value) =>
    round(length === 0 ? (from + to) / 2 : from + ((bend(value) - start) / length) * (to - from));
}

/** A hundredth of a unit is nothing that anybody sees. */
export function round(position: number): number {
  return Math.round(position * 100) / 100;
}
