import { Registry } from "prom-client";
import type { Family, Observation } from "../probes/family.ts";
import { createInstrument, type Instrument } from "./instrument.ts";
import { orderedLabels, type Labels } from "./labels.ts";

/** Where one series is: its family and all of its labels. */
export interface SeriesAddress {
  readonly family: string;
  readonly labels: Labels;
}

/** All series of all families. Every change is told, once each, by the family's name. */
export interface SeriesStore {
  /**
   * Sets a gauge, adds to a counter, observes with a histogram. A value that is not finite is left out, as is a counter's
   * that is negative. Throws on a family or on labels that were not declared.
   */
  readonly write: (observation: Observation) => void;
  /** Makes a series exist at zero; one that exists stays as it is. */
  readonly zero: (address: SeriesAddress) => void;
  readonly remove: (address: SeriesAddress) => void;
  /** The family in the text format, without a line end; empty when it has no series. */
  readonly render: (family: string) => Promise<string>;
  readonly contentType: string;
}

interface Shelf {
  readonly family: Family;
  readonly instrument: Instrument;
  /** By {@link keyOf}; the value is kept for gauges, to tell a change from a repetition. */
  readonly values: Map<string, number>;
}

/** A store of these families. `changed` hears the name of a family whose text is no longer what it was. */
export function createStore(
  families: readonly Family[],
  changed: (family: string) => void,
): SeriesStore {
  const registry = new Registry();
  const shelves = new Map(families.map((family) => [family.name, createShelf(family, registry)]));
  const shelfOf = (name: string): Shelf => {
    const shelf = shelves.get(name);
    if (shelf === undefined) throw new Error(`there is no metric family ${name}`);
    return shelf;
  };
  return {
    write: ({ family, labels, value }) => {
      if (write(shelfOf(family), labels, value)) changed(family);
    },
    zero: ({ family, labels }) => {
      if (zero(shelfOf(family), labels)) changed(family);
    },
    remove: ({ family, labels }) => {
      if (remove(shelfOf(family), labels)) changed(family);
    },
    // The library has a metric without labels start at 0, which for a timestamp or for "up" would be a lie.
    render: async (name) =>
      shelfOf(name).values.size === 0 ? "" : registry.getSingleMetricAsString(name),
    contentType: registry.contentType,
  };
}

function createShelf(family: Family, registry: Registry): Shelf {
  return {
    family,
    instrument: createInstrument(family, registry),
    values: new Map<string, number>(),
  };
}

function write(shelf: Shelf, labels: Labels, value: number): boolean {
  if (!isWritable(shelf.family, value)) return false;
  const ordered = orderedLabels(shelf.family, labels);
  const key = keyOf(ordered);
  const before = shelf.values.get(key);
  if (shelf.family.type !== "histogram" && before === nextValue(shelf.family, before, value)) {
    return false;
  }
  shelf.values.set(key, nextValue(shelf.family, before, value));
  shelf.instrument.write(ordered, value);
  return true;
}

function isWritable(family: Family, value: number): boolean {
  return Number.isFinite(value) && (family.type === "gauge" || value >= 0);
}

function nextValue(family: Family, before: number | undefined, value: number): number {
  return family.type === "gauge" ? value : (before ?? 0) + value;
}

function zero(shelf: Shelf, labels: Labels): boolean {
  const ordered = orderedLabels(shelf.family, labels);
  const key = keyOf(ordered);
  if (shelf.values.has(key)) return false;
  shelf.values.set(key, 0);
  shelf.instrument.zero(ordered);
  return true;
}

function remove(shelf: Shelf, labels: Labels): boolean {
  const ordered = orderedLabels(shelf.family, labels);
  if (!shelf.values.delete(keyOf(ordered))) return false;
  shelf.instrument.remove(ordered);
  return true;
}

/** One text for one series: labels that were ordered differ in their values alone. */
function keyOf(ordered: Labels): string {
  return JSON.stringify(Object.values(ordered));
}
