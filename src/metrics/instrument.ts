import { Counter, Gauge, Histogram, type Registry } from "prom-client";
import type { Family } from "../probes/family.ts";
import { labelNamesOf, type Labels } from "./labels.ts";

/** The three things done to a series, the same for every type of metric. */
export interface Instrument {
  /** Makes the series exist at zero. */
  readonly zero: (labels: Labels) => void;
  /** Sets a gauge, adds to a counter, observes with a histogram. */
  readonly write: (labels: Labels, value: number) => void;
  readonly remove: (labels: Labels) => void;
}

/** Registers a family and returns what writes to it. Throws when the name is taken. */
export function createInstrument(family: Family, registry: Registry): Instrument {
  return INSTRUMENTS[family.type](family, registry);
}

const INSTRUMENTS = { gauge, counter, histogram } as const;

function configuration(
  family: Family,
  registry: Registry,
): { name: string; help: string; labelNames: string[]; registers: Registry[] } {
  return {
    name: family.name,
    help: family.help,
    labelNames: [...labelNamesOf(family)],
    registers: [registry],
  };
}

function gauge(family: Family, registry: Registry): Instrument {
  const metric = new Gauge(configuration(family, registry));
  return {
    zero: (labels) => {
      metric.set(labels, 0);
    },
    write: (labels, value) => {
      metric.set(labels, value);
    },
    remove: (labels) => {
      metric.remove(labels);
    },
  };
}

function counter(family: Family, registry: Registry): Instrument {
  const metric = new Counter(configuration(family, registry));
  return {
    zero: (labels) => {
      metric.inc(labels, 0);
    },
    write: (labels, value) => {
      metric.inc(labels, value);
    },
    remove: (labels) => {
      metric.remove(labels);
    },
  };
}

function histogram(family: Family, registry: Registry): Instrument {
  if (family.buckets === undefined) throw new Error(`${family.name} has no buckets`);
  const metric = new Histogram({
    ...configuration(family, registry),
    buckets: [...family.buckets],
  });
  return {
    zero: (labels) => {
      metric.zero(labels);
    },
    write: (labels, value) => {
      metric.observe(labels, value);
    },
    remove: (labels) => {
      metric.remove(labels);
    },
  };
}
