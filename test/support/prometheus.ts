import { startServer } from "./server-program.ts";

/** One series of an answer. */
export interface Sample {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** How it scrapes, and what it does beside that. */
export interface PrometheusOptions {
  /** Further keys of its scrape config, such as `scheme`, as JSON has them. */
  readonly scraping?: object;
  /** The text of a file of rules that it evaluates. */
  readonly rules?: string;
  /** The address of an Alertmanager that it tells. */
  readonly alertmanager?: string;
}

/** A Prometheus that scrapes some addresses every second. It goes with its scope. */
export interface RunningPrometheus extends AsyncDisposable {
  /** What a PromQL expression gives now. */
  readonly query: (expression: string) => Promise<readonly Sample[]>;
  /** The exemplars that it keeps of the series which an expression names. */
  readonly exemplars: (expression: string) => Promise<readonly Exemplar[]>;
}

/** An exemplar with the labels of its series. */
export interface Exemplar extends Sample {
  readonly seriesLabels: Readonly<Record<string, string>>;
  /** Seconds since 1970. */
  readonly atSeconds: number;
}

/** Starts Debian's Prometheus, and waits until it is ready. */
export async function startPrometheus(
  targets: string | readonly string[],
  options: PrometheusOptions = {},
): Promise<RunningPrometheus> {
  return startPrometheusWith(configuration([targets].flat(), options), options.rules);
}

/** Starts one with a configuration of its own, and the rules that this names `rules.yml`. */
export async function startPrometheusWith(
  config: string,
  rules?: string,
): Promise<RunningPrometheus> {
  const server = await startServer({
    name: "prometheus",
    args: [
      "--config.file=prometheus.yml",
      "--storage.tsdb.path=data",
      "--enable-feature=exemplar-storage",
    ],
    files: {
      "prometheus.yml": config,
      ...(rules === undefined ? {} : { "rules.yml": rules }),
    },
    ready: "Server is ready to receive web requests",
  });
  return {
    ...server,
    query: async (expression) => query(server.address, expression),
    exemplars: async (expression) => queryExemplars(server.address, expression),
  };
}

function configuration(
  targets: readonly string[],
  { scraping = {}, rules, alertmanager }: PrometheusOptions,
): string {
  const job = { job_name: "cudaprobe", static_configs: [{ targets }], ...scraping };
  const alertmanagers = alertmanager === undefined ? [] : [alertmanager];
  return `global: { scrape_interval: 1s, scrape_timeout: 1s, evaluation_interval: 1s }
rule_files: ${JSON.stringify(rules === undefined ? [] : ["rules.yml"])}
alerting:
  alertmanagers: [{ static_configs: [{ targets: ${JSON.stringify(alertmanagers)} }] }]
scrape_configs: ${JSON.stringify([job])}
`;
}

interface Answer {
  /** What is wrong with the expression. */
  readonly error?: string;
  readonly data: {
    readonly result: readonly {
      readonly metric: Readonly<Record<string, string>>;
      readonly value: readonly [atSeconds: number, value: string];
    }[];
  };
}

async function query(address: string, expression: string): Promise<readonly Sample[]> {
  const path = `/api/v1/query?query=${encodeURIComponent(expression)}`;
  const text = await (await fetch(`http://${address}${path}`)).text();
  const answer: Answer = JSON.parse(text);
  if (answer.error !== undefined) throw new Error(`${answer.error}: ${expression}`);
  return answer.data.result.map(({ metric, value: [, value] }) => ({
    labels: metric,
    value: Number(value),
  }));
}

interface ExemplarAnswer {
  readonly data: readonly {
    readonly seriesLabels: Readonly<Record<string, string>>;
    readonly exemplars: readonly {
      readonly labels: Readonly<Record<string, string>>;
      readonly value: string;
      readonly timestamp: number;
    }[];
  }[];
}

async function queryExemplars(address: string, expression: string): Promise<readonly Exemplar[]> {
  const end = Date.now() / 1000 + 60;
  const range = `start=${String(end - 3600)}&end=${String(end)}`;
  const path = `/api/v1/query_exemplars?query=${encodeURIComponent(expression)}&${range}`;
  const answer: ExemplarAnswer = JSON.parse(await (await fetch(`http://${address}${path}`)).text());
  return answer.data.flatMap(({ seriesLabels, exemplars }) =>
    exemplars.map(({ labels, value, timestamp }) => ({
      seriesLabels,
      labels,
      value: Number(value),
      atSeconds: timestamp,
    })),
  );
}
