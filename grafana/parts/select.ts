const HOSTS = 'job=~"$job", instance=~"$instance"';

/** The series of a family on the chosen hosts; of Prometheus itself, such as `up`, too. */
export function onHosts(family: string, ...matchers: readonly string[]): string {
  return select(family, [HOSTS, ...matchers]);
}

/** The series of a family on the chosen GPUs. */
export function onGpus(family: string, ...matchers: readonly string[]): string {
  return select(family, [ON_GPUS, ...matchers]);
}

/** The series of a family on the chosen GPUs and of probes that are of the whole host, whose `gpu` is empty. */
export function ofTargets(family: string, ...matchers: readonly string[]): string {
  return select(family, [HOSTS, 'gpu=~"$gpu|"', ...matchers]);
}

/** The matchers of the chosen GPUs. */
export const ON_GPUS = `${HOSTS}, gpu=~"$gpu"`;

/** The median of a gauge of the last run over the chosen window, now or so long ago. */
export function median(selected: string, ago?: string): string {
  const offset = ago === undefined ? "" : ` offset ${ago}`;
  return `quantile_over_time(0.5, ${selected}[$window]${offset})`;
}

/** What came in the chosen window, as a counter counts it; a mark at 0 is no event. */
export function increase(selected: string): string {
  return `increase(${selected}[$window])`;
}

/** How often each bucket of a histogram was met in the window; nothing at all where none was, rather than a blank. */
export function bucketCounts(selected: (suffix: string) => string): string {
  return `sum by (le) (${increase(selected("_bucket"))})
and on ()
(sum(${increase(selected("_count"))}) > 0)`;
}

/** How long what a histogram observed took on the average of the window: means add up, quantiles do not. */
export function mean(by: string, selected: (suffix: string) => string): string {
  const rate = (suffix: string): string => `sum by (${by}) (rate(${selected(suffix)}[$window]))`;
  return `${rate("_sum")}\n/\n(${rate("_count")} > 0)`;
}

function select(family: string, matchers: readonly string[]): string {
  return `${family}{${matchers.join(", ")}}`;
}
