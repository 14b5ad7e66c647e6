import { describe, expect, it } from "vitest";
import { allGroups } from "../../deploy/prometheus/source/groups.ts";
import { SETTINGS } from "../../deploy/prometheus/source/settings.ts";
import { allFamilies } from "../../src/metrics/families.ts";
import { KINDS } from "../../src/probes/index.ts";
import { DASHBOARDS, panelsOf } from "./panels.ts";

const FAMILIES = allFamilies(KINDS);
const RECORDED = allGroups(SETTINGS)
  .flatMap((group) => group.rules)
  .flatMap((rule) => ("record" in rule ? [rule.record] : []));
/** What Prometheus and Node's client add. */
const OTHERS = [
  "ALERTS",
  "up",
  "scrape_duration_seconds",
  "scrape_samples_scraped",
  "process_cpu_seconds_total",
  "process_resident_memory_bytes",
  "process_start_time_seconds",
  "nodejs_eventloop_lag_p99_seconds",
];
const OTHER_LABELS = ["job", "instance", "alertname", "alertstate", "severity"];
const NAME =
  /(?:\b[a-z_]+:\w+:\w+|\b(?:cudaprobe|process|nodejs|scrape)_\w+|\bup\b|\bALERTS\b)(?=\{)/g;

interface Expression {
  readonly where: string;
  readonly expr: string;
  readonly legend: string;
}

const expressions: readonly Expression[] = DASHBOARDS.flatMap(([name, dashboard]) => [
  ...panelsOf(dashboard).flatMap(({ title, targets = [] }) =>
    targets.map(({ expr, legendFormat }) => ({
      where: `${name}: ${title}`,
      expr,
      legend: legendFormat,
    })),
  ),
  ...dashboard.annotations.list.flatMap(({ name: annotation, expr }) =>
    expr === undefined ? [] : [{ where: `${name}: ${annotation}`, expr, legend: "" }],
  ),
]);

describe("the expressions of the dashboards", () => {
  it("read series that are exported or recorded, all of them with selectors", () => {
    const known = new Set([...FAMILIES.flatMap(namesOf), ...RECORDED, ...OTHERS]);
    const unknown = expressions.filter(({ expr }) => {
      const names = expr.match(NAME) ?? [];
      return names.length === 0 || names.some((name) => !known.has(name));
    });
    expect(expressions.length).toBeGreaterThan(100);
    expect(unknown).toEqual([]);
  });

  it("select the chosen job and hosts in every selector", () => {
    const free = expressions.filter(({ expr }) =>
      (expr.match(/(?<=[\w:])\{[^}]*\}/g) ?? []).some(
        (selector) =>
          !selector.includes('job=~"$job') || !selector.includes('instance=~"$instance'),
      ),
    );
    expect(free).toEqual([]);
  });

  it("name labels that their series have", () => {
    const wrong = expressions.flatMap(({ where, expr, legend }) => {
      const known = new Set(labelsIn(expr));
      const named = [...labelsNamed(expr), ...(legend.match(/(?<=\{\{)\w+/g) ?? [])];
      return named.filter((label) => !known.has(label)).map((label) => `${where}: ${label}`);
    });
    expect(wrong).toEqual([]);
  });

  it("take no quantile of buckets, which hide a shift", () => {
    expect(expressions.filter(({ expr }) => expr.includes("histogram_quantile"))).toEqual([]);
  });

  it("keep pairs of GPUs apart from what stays on one GPU", () => {
    const paired = FAMILIES.filter(({ labelNames }) => labelNames.includes("peer_gpu_uuid"))
      .map(({ name }) => name)
      .filter((name) => name !== "cudaprobe_ipc_link_info");
    const mixed = expressions.filter(({ expr }) =>
      (expr.match(/[\w:]+\{[^}]*\}/g) ?? []).some(
        (selector) =>
          paired.some((name) => selector.includes(name)) && !selector.includes("peer_gpu_uuid"),
      ),
    );
    expect(paired.length).toBe(3);
    expect(mixed).toEqual([]);
  });
});

function namesOf({ name, type }: (typeof FAMILIES)[number]): readonly string[] {
  return type === "histogram" ? ["_bucket", "_sum", "_count"].map((end) => name + end) : [name];
}

/** The labels that the series of an expression have, or get in it. */
function labelsIn(expr: string): readonly string[] {
  const names: readonly string[] = expr.match(NAME) ?? [];
  const families = FAMILIES.filter((family) =>
    names.some((name) => namesOf(family).includes(name) || name.split(":")[1] === family.name),
  );
  const device = families.some((family) => family.device) || names.includes("ALERTS");
  return [
    ...OTHER_LABELS,
    ...(device ? ["gpu", "gpu_uuid", "mig_uuid"] : []),
    ...(names.includes("ALERTS") ? ["probe"] : []),
    ...families.flatMap(({ labelNames }) => labelNames),
    ...(expr.includes("_bucket{") ? ["le"] : []),
    ...[...expr.matchAll(/label_replace\(.*, "(\w+)", "\w+", "", ""\)/g)].map(
      ([, label = ""]) => label,
    ),
  ];
}

/** The labels that an expression itself names: in selectors and in what it aggregates or joins by. */
function labelsNamed(expr: string): readonly string[] {
  const inSelectors = [...expr.matchAll(/\{([^}]*)\}/g)].flatMap(
    ([, selector = ""]) => selector.match(/\w+(?=\s*[!=]~?")/g) ?? [],
  );
  const inLists = [
    ...expr.matchAll(/\b(?:by|without|on|ignoring|group_left)\s*\(([\w\s,]*)\)/g),
  ].flatMap(([, list = ""]) => list.match(/\w+/g) ?? []);
  return [...inSelectors, ...inLists];
}
