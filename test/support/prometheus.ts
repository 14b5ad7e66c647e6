import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import { followLines } from "./follow-lines.ts";

/** One series of an answer. */
export interface Sample {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** A Prometheus that scrapes some addresses every second. It goes with its scope. */
export interface RunningPrometheus extends AsyncDisposable {
  /** What a PromQL expression gives now. */
  readonly query: (expression: string) => Promise<readonly Sample[]>;
}

/**
 * Starts Debian's Prometheus on a free port of 127.0.0.1, and waits until it is ready. It evaluates the rules, as
 * the text of a file, if there are any.
 */
export async function startPrometheus(
  targets: string | readonly string[],
  rules?: string,
): Promise<RunningPrometheus> {
  const directory = await mkdtemp(join(tmpdir(), "cudaprobe-prometheus-"));
  const file = join(directory, "prometheus.yml");
  if (rules !== undefined) await writeFile(join(directory, "rules.yml"), rules);
  await writeFile(file, configuration([targets].flat(), rules === undefined ? [] : ["rules.yml"]));
  const address = `127.0.0.1:${await findFreePort()}`;
  const child = execa({ reject: false, buffer: false, stdin: "ignore", stdout: "ignore" })(
    "prometheus",
    [
      `--config.file=${file}`,
      `--storage.tsdb.path=${join(directory, "data")}`,
      `--web.listen-address=${address}`,
    ],
  );
  const close = async (): Promise<void> => {
    child.kill("SIGKILL");
    await child;
    await rm(directory, { recursive: true });
  };
  try {
    await followLines(child.stderr).until(["Server is ready to receive web requests"]);
  } catch (error) {
    await close();
    const { code } = await child;
    if (code === "ENOENT") {
      throw new Error("prometheus is needed: apt-get install prometheus", { cause: error });
    }
    throw error;
  }
  return { query: async (expression) => query(address, expression), [Symbol.asyncDispose]: close };
}

function configuration(targets: readonly string[], ruleFiles: readonly string[]): string {
  return `global: { scrape_interval: 1s, scrape_timeout: 1s, evaluation_interval: 1s }
rule_files: ${JSON.stringify(ruleFiles)}
scrape_configs:
  - job_name: cudaprobe
    static_configs: [{ targets: ${JSON.stringify(targets)} }]
`;
}

/** Prometheus does not tell which port it got for 0. */
async function findFreePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (typeof address !== "object" || address === null) throw new Error("there is no free port");
  return address.port;
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
