import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { renderFiles } from "../../deploy/prometheus/source/files.ts";
import { allGroups } from "../../deploy/prometheus/source/groups.ts";
import { SETTINGS } from "../../deploy/prometheus/source/settings.ts";

const files = new Map(renderFiles(SETTINGS).map(({ name, text }) => [name, parse(text)]));

describe("the files of the rules", () => {
  it.each([...files])("are committed as the source has them: %s", async (name, content) => {
    const path = resolve(import.meta.dirname, "../../deploy/prometheus", name);
    expect(parse(await readFile(path, "utf8"))).toEqual(content);
  });

  it("hold the same rules for Prometheus and for its operator", () => {
    const groups = allGroups(SETTINGS);
    expect(files.get("cudaprobe.rules.yml")).toEqual({ groups });
    expect(files.get("prometheus-rule.yaml")).toMatchObject({
      apiVersion: "monitoring.coreos.com/v1",
      kind: "PrometheusRule",
      spec: { groups },
    });
  });

  it("hold the same objective for Sloth", () => {
    expect(files.get("slo.sloth.yaml")).toMatchObject({
      version: "prometheus/v1",
      slos: [
        {
          objective: 100 * SETTINGS.slo.objective,
          sli: {
            events: { error_query: expect.stringContaining("[{{.window}}]") },
          },
        },
      ],
    });
  });
});
