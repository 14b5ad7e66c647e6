import { readdir, readFile, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { BUCKETS_BUT_COLD_STARTS, UNUSED_BUCKETS } from "../../scripts/bench/fleet/settings.js";
import { runPromtool } from "../support/promtool.ts";
import { makeTemporaryDirectory } from "../support/temporary-directory.ts";

const root = resolve(import.meta.dirname, "../..");
const page = await readFile(join(root, "docs/fleet-cost.md"), "utf8");
const scrapes = [...page.matchAll(/```yaml\n(scrape_configs:[\s\S]*?)```/g)].map(
  ([, text = ""]) => text,
);

describe("what the page has Prometheus do", () => {
  test.each(scrapes)("is a configuration that promtool takes: %#", async (text) => {
    await using directory = await makeTemporaryDirectory();
    const file = join(directory.path, "prometheus.yml");
    await writeFile(file, text);
    expect(runPromtool(["check", "config", file])).toMatchObject({ code: 0 });
  });

  test("is what was counted", () => {
    const dropped = scrapes.flatMap((text) =>
      [...text.matchAll(/regex: (\S+)/g)].map(([, regex]) => regex),
    );
    expect(dropped).toEqual([UNUSED_BUCKETS]);
    expect(page).toContain(BUCKETS_BUT_COLD_STARTS);
  });

  test("takes nothing that a dashboard or a rule asks for", async () => {
    const unused = new RegExp(UNUSED_BUCKETS);
    expect(unused.test("cudaprobe_lane_wait_seconds_bucket")).toBe(true);
    for (const [name, text] of await readAsking()) expect.soft(unused.exec(text), name).toBeNull();
  });

  test("leaves but one panel empty where the page says so", async () => {
    const dropped = new RegExp(BUCKETS_BUT_COLD_STARTS);
    const asking = (await readAsking()).filter(([, text]) => dropped.test(text));
    expect(asking.map(([name]) => name)).toEqual(["ipc.json"]);
  });
});

/** All that asks Prometheus for something: names and texts. */
async function readAsking(): Promise<readonly (readonly [name: string, text: string])[]> {
  const dashboards = join(root, "grafana/dashboards");
  const rules = join(root, "deploy/prometheus");
  const files = [
    ...(await readdir(dashboards)).map((name) => join(dashboards, name)),
    join(rules, "cudaprobe.rules.yml"),
    join(rules, "slo.sloth.yaml"),
  ].filter((file) => /\.(json|ya?ml)$/.test(file));
  return Promise.all(
    files.map(
      async (file) =>
        [file.slice(file.lastIndexOf("/") + 1), await readFile(file, "utf8")] as const,
    ),
  );
}
