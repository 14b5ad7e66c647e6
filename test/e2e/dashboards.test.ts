import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { COLD_START, ratioName } from "../../deploy/prometheus/source/medians.ts";
import { SETTINGS } from "../../deploy/prometheus/source/settings.ts";
import { DASHBOARDS, panelsOf, type Panel } from "../grafana/panels.ts";
import { runPromtoolOn, type PromtoolEnd } from "../support/promtool.ts";
import { until } from "../support/until.ts";
import { DATA } from "./dashboard-data.ts";
import { startHosts, type State } from "./dashboard-hosts.ts";

const STATES: readonly (readonly [State, letter: string])[] = [
  ["healthy", "H"],
  ["failing", "F"],
  ["without GPU", "N"],
];
const EXPRESSIONS = DASHBOARDS.flatMap(([, dashboard]) => [
  ...panelsOf(dashboard).flatMap(({ targets = [] }) => targets.map(({ expr }) => expr)),
  ...dashboard.annotations.list.flatMap(({ expr }) => (expr === undefined ? [] : [expr])),
]);

/** What comes last. */
const PAST = ratioName(SETTINGS, COLD_START, "fast");

let hosts: Awaited<ReturnType<typeof startHosts>>;

beforeAll(async () => {
  hosts = await startHosts();
  const sees = async (expression: string): Promise<boolean> =>
    (await hosts.query("healthy", expression)).length > 0;
  await until("runs in Prometheus", async () => sees("cudaprobe_runs_total > 0"));
  await until("a past to compare with", async () => sees(PAST));
}, 90_000);
afterAll(async () => hosts[Symbol.asyncDispose]());

describe("the expressions of the dashboards", () => {
  it("are PromQL", async () => {
    expect(await checkExpressions(EXPRESSIONS)).toMatchObject({ code: 0 });
  });

  it("would not be, if promtool did not look", async () => {
    const { code, output } = await checkExpressions([...EXPRESSIONS, "rate(up)"]);
    expect(code).not.toBe(0);
    expect(output).toContain("expected type range vector");
  });
});

describe.each(STATES)("on a host that is %s", (state, letter) => {
  it.each(DASHBOARDS)(
    "%s has series where it should, and nowhere else",
    async (name, dashboard) => {
      const panels = panelsOf(dashboard);
      const expected = DATA[name] ?? {};
      expect(panels.map(({ title }) => title).toSorted()).toEqual(Object.keys(expected).toSorted());
      const wrong = async (): Promise<readonly string[]> => {
        const found = await Promise.all(
          panels.map(async (panel) => {
            const wanted = expected[panel.title] ?? "";
            const may = /\((.*)\)/.exec(wanted)?.[1] ?? "";
            const has = await hasSeries(state, panel);
            const isRight = may.includes(letter) || has === wanted.includes(letter);
            return isRight ? [] : [`${panel.title} has ${has ? "" : "no "}series`];
          }),
        );
        return found.flat();
      };
      // What runs leave behind comes one by one; what is still wrong then is told.
      await until("the series", async () => (await wrong()).length === 0).catch(() => undefined);
      expect(await wrong()).toEqual([]);
    },
  );
});

describe("why there is no figure", () => {
  it("stands at the top: an emulated host, runs that fail, no driver", async () => {
    expect(await top("Figures from")).toEqual([1, 1, -1]);
    const [healthy = NaN, ...others] = await top("Collection");
    // A busy machine has runs of a second skipped.
    expect([0, 1]).toContain(healthy);
    expect(others).toEqual([2, 3]);
  });

  it("stands with each probe: it succeeded, it failed, it was skipped", async () => {
    const title = "Last run of each probe";
    expect(await first("healthy", "ipc.json", title)).toEqual([1, 1, 1, 1]);
    expect(await first("failing", "ipc.json", title)).toEqual([0, 0, 0, 0]);
    expect(await first("without GPU", "exporter-health.json", title)).toEqual([-2]);
  });
});

/** What a figure at the top is in each state. */
async function top(title: string): Promise<readonly number[]> {
  return Promise.all(
    STATES.map(async ([state]) => (await first(state, "cold-start.json", title))[0] ?? NaN),
  );
}

async function hasSeries(state: State, { targets = [] }: Panel): Promise<boolean> {
  const found = await Promise.all(targets.map(async ({ expr }) => hosts.query(state, expr)));
  return found.some((samples) => samples.length > 0);
}

/** The values that the first query of a panel gives. */
async function first(state: State, name: string, title: string): Promise<readonly number[]> {
  const [, dashboard] = DASHBOARDS.find(([file]) => file === name) ?? [];
  const panel = dashboard && panelsOf(dashboard).find((candidate) => candidate.title === title);
  const samples = await hosts.query(state, panel?.targets?.[0]?.expr ?? "");
  return samples.map(({ value }) => value);
}

/** Promtool has no command for an expression, but reads rules; Grafana's variables take a place in them. */
async function checkExpressions(expressions: readonly string[]): Promise<PromtoolEnd> {
  const rules = expressions.map((expr, index) => ({
    record: `dashboard:number_${index}`,
    expr: expr.replaceAll("$window", "1h"),
  }));
  return runPromtoolOn("check", { groups: [{ name: "dashboards", rules }] });
}
