import { readdir, readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { DASHBOARDS, panelsOf, type Panel } from "./panels.ts";

const folder = resolve(import.meta.dirname, "../../grafana/dashboards");

describe("the dashboards", () => {
  it("are committed as the source has them, and no others", async () => {
    const names = (await readdir(folder)).filter((name) => name !== "kustomization.yaml");
    expect(names.toSorted()).toEqual(DASHBOARDS.map(([name]) => name).toSorted());
    const committed = await Promise.all(
      names.map(async (name): Promise<unknown> =>
        JSON.parse(await readFile(join(folder, name), "utf8")),
      ),
    );
    const source = new Map<string, unknown>(DASHBOARDS);
    expect(committed).toEqual(names.map((name) => source.get(name)));
  });

  it("have an address of their own, and the tag by which they are linked", () => {
    const uids = DASHBOARDS.map(([, { uid }]) => uid);
    expect(uids).toEqual([
      "cudaprobe-fleet",
      "cudaprobe-cold-start",
      "cudaprobe-memory",
      "cudaprobe-ipc",
      "cudaprobe-health",
    ]);
    for (const [, { tags }] of DASHBOARDS) expect(tags).toEqual(["cudaprobe"]);
  });
});

describe.each(DASHBOARDS)("%s", (_, dashboard) => {
  const panels = panelsOf(dashboard);

  it("has panels and headings with ids of their own", () => {
    const ids = dashboard.panels.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.every((id) => id > 0)).toBe(true);
  });

  it("has panels that are beside each other and on the grid", () => {
    const overlapping = dashboard.panels.filter((panel, index) =>
      dashboard.panels.slice(index + 1).some((other) => overlap(panel, other)),
    );
    expect(overlapping.map(({ title }) => title)).toEqual([]);
    expect(panels.filter(({ gridPos: { x, w } }) => x + w > 24)).toEqual([]);
  });

  it("says of every panel what it shows, and in which unit", () => {
    const silent = panels.filter(({ description = "" }) => !/^[A-Z].{20,}\.$/s.test(description));
    expect(silent.map(({ title }) => title)).toEqual([]);
    expect(panels.filter(({ fieldConfig }) => fieldConfig?.defaults.unit === undefined)).toEqual(
      [],
    );
    const titles = panels.map(({ title }) => title);
    expect(new Set(titles).size).toBe(titles.length);
  });

  it("has a unit for every column of its tables", () => {
    const bare = panels
      .filter(({ type }) => type === "table")
      .flatMap(({ fieldConfig }) => fieldConfig?.overrides ?? [])
      .filter(({ properties }) => !properties.some(({ id }) => id === "unit"));
    expect(bare).toEqual([]);
  });

  it("has a legend for every panel with lines", () => {
    const lines = panels.filter(({ type }) => type === "timeseries");
    expect(lines.length).toBeGreaterThan(1);
    expect(lines.filter(({ options }) => options?.legend?.showLegend !== true)).toEqual([]);
    const unnamed = lines
      .flatMap(({ targets = [] }) => targets)
      .filter((target) => target.legendFormat === "");
    expect(unnamed).toEqual([]);
  });

  it("begins with whether its figures are a GPU's, and how collecting goes", () => {
    expect(panels.slice(0, 2).map(({ title }) => title)).toEqual(["Figures from", "Collection"]);
  });

  it("lets people choose, and shows what happened where they see it", () => {
    const variables = dashboard.templating.list.map(({ name }) => name);
    expect(variables.slice(0, 5)).toEqual(["datasource", "job", "instance", "gpu", "window"]);
    const { list } = dashboard.annotations;
    const names = ["Annotations & Alerts", "Firing alerts", "Driver change", "Restarts"];
    expect(list.map(({ name }) => name)).toEqual(names);
    expect(list.filter(({ placement }) => placement !== undefined)).toEqual([]);
  });
});

function overlap(one: Panel, other: Panel): boolean {
  const { x, y, w, h } = one.gridPos;
  const place = other.gridPos;
  return x < place.x + place.w && place.x < x + w && y < place.y + place.h && place.y < y + h;
}
