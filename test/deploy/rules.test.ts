import { describe, expect, it } from "vitest";
import { allAlerts, allGroups } from "../../deploy/prometheus/source/groups.ts";
import type { Group } from "../../deploy/prometheus/source/rule.ts";
import { SETTINGS } from "../../deploy/prometheus/source/settings.ts";
import { allFamilies } from "../../src/metrics/families.ts";
import { COLD_START_BUCKETS } from "../../src/probes/buckets.ts";
import { KINDS } from "../../src/probes/index.ts";

const rules = allGroups(SETTINGS).flatMap((group) => group.rules);
const alerts = allAlerts(SETTINGS);

describe("the rules", () => {
  it("read series that are exported or recorded", () => {
    const recorded = allGroups(SETTINGS).flatMap(recordedNames);
    const exported = allFamilies(KINDS).flatMap(({ name, type }) =>
      type === "histogram" ? [`${name}_bucket`, `${name}_count`] : [name],
    );
    const known = new Set([...recorded, ...exported]);
    const descriptions = alerts.map((alert) => alert.annotations.description);
    const names = [...rules.map((rule) => rule.expr), ...descriptions].flatMap(namesIn);
    expect(names.length).toBeGreaterThan(50);
    expect(names.filter((name) => !known.has(name))).toEqual([]);
  });

  it("record nothing twice, and nothing that is not read", () => {
    const recorded = allGroups(SETTINGS).flatMap(recordedNames);
    const read = new Set(rules.flatMap((rule) => namesIn(rule.expr)));
    expect(new Set(recorded).size).toBe(recorded.length);
    expect(recorded.filter((name) => !read.has(name))).toEqual([]);
  });

  it("take no quantile of buckets, which hide a shift", () => {
    expect(rules.filter((rule) => rule.expr.includes("histogram_quantile"))).toEqual([]);
  });

  it("have an objective at an edge of the buckets", () => {
    expect(COLD_START_BUCKETS).toContain(SETTINGS.slo.targetSeconds);
  });
});

describe("alerts", () => {
  it("have a summary that is the same for all they are about, and a description that is not", () => {
    const wrong = alerts.filter(({ annotations: { summary, description } }) => {
      return !/^[^{}]+\.$/.test(summary) || !/\{\{.*\}\}.*\.$/.test(description);
    });
    expect(wrong.map(({ alert }) => alert)).toEqual([]);
  });

  it("of one name differ in severity", () => {
    const keys = alerts.map(({ alert, labels }) => `${alert} ${labels.severity}`);
    expect(new Set(keys).size).toBe(keys.length);
  });
});

describe("settings of the rules", () => {
  it("shorten every duration by one scale, and no name", () => {
    const small = allGroups({ ...SETTINGS, scale: 1 / 3600 });
    const text = JSON.stringify(small);
    expect(small.map(({ interval }) => interval)).toContain("17ms");
    expect(text).toContain("cudaprobe_cold_start_last_duration_seconds[6s]");
    expect(text).toContain("median1h[168s:1s] offset 6s");
    const unscaled = text.match(/\[\d+[mhd](?!s)|"for":"\d+[mhd]"|offset \d+[mhd](?!s)/g) ?? [];
    expect(unscaled).toEqual([]);
    expect(small.flatMap(recordedNames)).toEqual(allGroups(SETTINGS).flatMap(recordedNames));
  });

  it("narrow what is selected", () => {
    const exprs = allGroups({ ...SETTINGS, selector: 'cluster="a"' })
      .flatMap((group) => group.rules)
      .map((rule) => rule.expr);
    const bare = exprs.filter((expr) =>
      /(?<![:\w])cudaprobe_\w+(?![\w:]|\{cluster="a")/.test(expr),
    );
    expect(bare).toEqual([]);
    expect(exprs.join()).toContain('up{cluster="a", job=~');
  });
});

function namesIn(text: string): readonly string[] {
  return text.match(/[a-z_]+:\w+:\w+|\bcudaprobe_\w+/g) ?? [];
}

function recordedNames(group: Group): readonly string[] {
  return group.rules.flatMap((rule) => ("record" in rule ? [rule.record] : []));
}
