import { Registry } from "prom-client";
import type { Family, Observation } from "../probes/family.ts";
import { createExemplars, type Exemplar, type Exemplars } from "./exemplars.ts";
import { createInstrument, type Instrument } from "./instrument.ts";
import { orderedLabels, type Labels } from "./labels.ts";
import { toOpenMetrics } from "./open-metrics.ts";
import type { Format } from "./scrape.ts";

/** Where one series is: its family and all of its labels. */
export interface SeriesAddress {
  readonly family: string;
  readonly labels: Labels;
}

/** A value, and where it comes from, which a histogram keeps for the value's bucket. */
export interface SeriesObservation extends Observation {
  readonly exemplar?: Exemplar;
}

/** All series of all families. Every change is told, once each, by the family's name. */
export interface SeriesStore {
  /**
   * Sets a gauge, adds to a counter, observes with a histogram. A value that is not finite is left out, as is a counter's
   * that is negative. Returns the series' key: one text for one series of a family, in whatever order its labels are. Throws on a family
   * or on labels that were not declared.
   */
  readonly write: (observation: SeriesObservation) => string;
  /** Makes a series exist at zero; one that exists stays as it is. Returns its key. */
  readonly zero: (address: SeriesAddress) => string;
  readonly remove: (address: SeriesAddress) => void;
  /** The family in the text format or in OpenMetrics, without a line end; empty when it has no series. */
  readonly render: (family: string, format?: Format) => Promise<string>;
}

interface Shelf {
  readonly family: Family;
  readonly instrument: Instrument;
  /** By {@link keyOf}; the value is kept for gauges, to tell a change from a repetition. */
  readonly values: Map<string, number>;
  readonly exemplars: Exemplars;
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
    write: ({ family, labels, value, exemplar }) => {
      const place = placeOf(shelfOf(family), labels);
      if (write(place, value, exemplar)) changed(family);
      return place.key;
    },
    zero: ({ family, labels }) => {
      const place = placeOf(shelfOf(family), labels);
      if (zero(place)) changed(family);
      return place.key;
    },
    remove: ({ family, labels }) => {
      if (remove(placeOf(shelfOf(family), labels))) changed(family);
    },
    render: async (name, format = "text") => render(shelfOf(name), registry, format),
  };
}

async function render(shelf: Shelf, registry: Registry, format: Format): Promise<string> {
  // The library has a metric without labels start at 0, which for a timestamp or for "up" would be a lie.
  if (shelf.values.size === 0) return "";
  const text = await registry.getSingleMetricAsString(shelf.family.name);
  return format === "text" ? text : toOpenMetrics(text, shelf.exemplars.find);
}

function createShelf(family: Family, registry: Registry): Shelf {
  return {
    family,
    instrument: createInstrument(family, registry),
    values: new Map<string, number>(),
    exemplars: createExemplars(family),
  };
}

/** Where a series stands, or would. */
interface Place {
  readonly shelf: Shelf;
  readonly labels: Labels;
  readonly key: string;
}

function placeOf(shelf: Shelf, labels: Labels): Place {
  const ordered = orderedLabels(shelf.family, labels);
  return { shelf, labels: ordered, key: keyOf(ordered) };
}

function write(
  { shelf, labels, key }: Place,
  value: number,
  exemplar: Exemplar | undefined,
): boolean {
  if (!isWritable(shelf.family, value)) return false;
  const before = shelf.values.get(key);
  if (shelf.family.type !== "histogram" && before === nextValue(shelf.family, before, value)) {
    return false;
  }
  shelf.values.set(key, nextValue(shelf.family, before, value));
  shelf.instrument.write(labels, value);
  if (exemplar !== undefined) shelf.exemplars.keep(labels, value, exemplar);
  return true;
}

function isWritable(family: Family, value: number): boolean {
  return Number.isFinite(value) && (family.type === "gauge" || value >= 0);
}

function nextValue(family: Family, before: number | undefined, value: number): number {
  return family.type === "gauge" ? value : (before ?? 0) + value;
}

function zero({ shelf, labels, key }: Place): boolean {
  if (shelf.values.has(key)) return false;
  shelf.values.set(key, 0);
  shelf.instrument.zero(labels);
  return true;
}

function remove({ shelf, labels, key }: Place): boolean {
  if (!shelf.values.delete(key)) return false;
  shelf.instrument.remove(labels);
  shelf.exemplars.remove(labels);
  return true;
}

/** One text for one series: labels that were ordered differ in their values alone. */
function keyOf(ordered: Labels): string {
  return JSON.stringify(Object.values(ordered));
}
