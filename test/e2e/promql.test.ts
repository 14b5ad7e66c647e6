import { readdir, readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { runPromtoolOn } from "../support/promtool.ts";

const root = resolve(import.meta.dirname, "../..");
const CONTAINER = "9c1185a5c5e9fc54612808977ee8f548b2258d31e9b0c5a7d3f1e2d3c4b5a697";
const POD = "6f1b3c52-84a1-4e0d-9d6e-2f0c5b7a9e13";

describe("the PromQL in the documentation", () => {
  it("is valid, on every page", async () => {
    const pages = ["README.md", ...(await listPages())];
    const examples = (await Promise.all(pages.map(readExamples))).flat();
    expect(examples.length).toBeGreaterThan(3);
    expect(await runPromtoolOn("check", rules(examples))).toMatchObject({ code: 0 });
  });

  it("would not be, if promtool did not look", async () => {
    const { code } = await runPromtoolOn("check", rules(["sum by (a b"]));
    expect(code).not.toBe(0);
  });

  it("names the container and the pod that hold memory", async () => {
    const [byContainer = "", byPod = ""] = await readExamples("docs/operations.md");
    const names = 'gpu_uuid="GPU-a", namespace="shop", pod="web-0"';
    const tests = [
      expectation(byContainer, `{${names}, container="model"}`, 300),
      expectation(byPod, `{${names}}`, 307),
    ];
    expect(await runPromtoolOn("test", testsFile(tests))).toMatchObject({ code: 0 });
  });
});

/** Two processes in the container of a pod, one in the pod alone, one of somebody else; Kubernetes' side is there twice. */
const SERIES = [
  [process(`pid="1", container_id="${CONTAINER}", pod_uid="${POD}"`), 100],
  [process(`pid="2", container_id="${CONTAINER}", pod_uid="${POD}"`), 200],
  [process(`pid="3", container_id="", pod_uid="${POD}"`), 7],
  [process('pid="4", container_id="", pod_uid=""'), 1000],
  ...["a", "b"].flatMap((replica): readonly (readonly [string, number])[] => {
    const pod = `instance="${replica}", namespace="shop", pod="web-0", uid="${POD}"`;
    const id = `container="model", container_id="containerd://${CONTAINER}"`;
    return [
      [`kube_pod_info{${pod}}`, 1],
      [`kube_pod_container_info{${pod}, ${id}}`, 1],
      // Containers that wait have no id yet.
      [`kube_pod_container_info{${pod}, container="waits", container_id=""}`, 1],
      [`kube_pod_container_info{${pod}, container="waits_too", container_id=""}`, 1],
    ];
  }),
] as const;

function process(labels: string): string {
  const own = 'instance="node-1:10062", namespace="monitoring", pod="cudaprobe-x"';
  return `cudaprobe_gpu_process_memory_bytes{gpu_uuid="GPU-a", ${own}, ${labels}}`;
}

function expectation(expr: string, labels: string, value: number): object {
  return { expr, eval_time: "1m", exp_samples: [{ labels, value }] };
}

function testsFile(tests: readonly object[]): object {
  const input_series = SERIES.map(([series, value]) => ({ series, values: `${value}x5` }));
  return { tests: [{ interval: "1m", input_series, promql_expr_test: tests }] };
}

function rules(expressions: readonly string[]): object {
  const named = expressions.map((expr, index) => ({ record: `example:number_${index}`, expr }));
  return { groups: [{ name: "examples", rules: named }] };
}

async function listPages(): Promise<readonly string[]> {
  const names = await readdir(join(root, "docs"));
  return names.filter((name) => name.endsWith(".md")).map((name) => join("docs", name));
}

async function readExamples(page: string): Promise<readonly string[]> {
  const text = await readFile(join(root, page), "utf8");
  return [...text.matchAll(/```promql\n([\s\S]*?)```/g)].map(([, example = ""]) => example);
}
