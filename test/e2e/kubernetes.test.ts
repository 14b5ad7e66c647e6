import { readFile, readdir } from "node:fs/promises";
import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import { parseConfig } from "../../src/config/parse-config.ts";
import { parseWebConfig } from "../../src/config/parse-web-config.ts";
import { KINDS } from "../../src/probes/index.ts";
import { validateSchedule } from "../../src/scheduler/schedule.ts";
import { type Manifest, renderKustomization, theOnly } from "../support/kustomize.ts";
import { findMistakes } from "../support/manifest-types.ts";
import { fileIn, podOf } from "../support/pod.ts";

const root = resolve(import.meta.dirname, "../..");

const [base, example, all] = await Promise.all(
  ["deploy/kubernetes/base", "deploy/kubernetes/example", "test/fixtures/kubernetes"].map(
    renderKustomization,
  ),
);
if (base === undefined || example === undefined || all === undefined) throw new Error("no render");

describe("the manifests for Kubernetes", () => {
  it.each([
    ["the base", base],
    ["the example", example],
    ["the base with every component", all],
  ])("are as their schemas have it: %s", async (_, manifests) => {
    expect(manifests.length).toBeGreaterThanOrEqual(4);
    expect(await findMistakes(manifests)).toEqual([]);
  });

  it("are refused with a field, a value or a type that there is not", async () => {
    const [daemonSet, monitor] = [theOnly(all, "DaemonSet"), theOnly(all, "ServiceMonitor")];
    const pod = podOf(all);
    const withPod = (fields: object): Manifest => {
      const template = { spec: { ...pod, ...fields } };
      return { ...daemonSet, spec: Object.assign({}, daemonSet["spec"], { template }) };
    };
    const endpoints = [{ port: "metrics", interval: "often", relabeling: [] }];
    const mistakes = await findMistakes([
      withPod({ hostPid: true }),
      withPod({ restartPolicy: "Sometimes" }),
      { ...monitor, spec: Object.assign({}, monitor["spec"], { endpoints }) },
    ]);
    expect(mistakes.join("\n")).toMatch(/'"hostPid"' does not exist/);
    expect(mistakes.join("\n")).toMatch(/'"relabeling"' does not exist/);
    expect(mistakes.join("\n")).toMatch(/restartPolicy must be equal to one of/);
    expect(mistakes.join("\n")).toMatch(/interval.* pattern/);
  });
});

describe("the pod on each host", () => {
  const pod = podOf(base);
  const [daemon] = pod.containers;

  it("sees all GPUs and the host's processes, and requests no GPU", () => {
    expect(pod).toMatchObject({ hostPID: true, runtimeClassName: "nvidia" });
    expect(daemon.env).toContainEqual({ name: "NVIDIA_VISIBLE_DEVICES", value: "all" });
    expect(JSON.stringify(daemon.resources)).not.toContain("nvidia.com");
    expect(daemon.resources.limits).not.toHaveProperty("cpu");
  });

  it.each([
    ["the base", base],
    ["the base with every component", all],
  ])("may do nothing that needs a privilege: %s", (_, manifests) => {
    const [container] = podOf(manifests).containers;
    expect(podOf(manifests)).toMatchObject({
      securityContext: { runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } },
      automountServiceAccountToken: false,
    });
    expect(podOf(manifests)).not.toHaveProperty("hostNetwork");
    expect(podOf(manifests)).not.toHaveProperty("hostIPC");
    expect(container.securityContext).toMatchObject({
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ["ALL"], add: [] },
    });
  });

  it.each([
    ["the base", base],
    ["the example", example],
    ["the base with every component", all],
  ])("mounts what it declares, and declares what it mounts: %s", (_, manifests) => {
    const { containers, initContainers, volumes } = podOf(manifests);
    const mounted = [...containers, ...initContainers].flatMap(({ volumeMounts }) =>
      volumeMounts.map(({ name }) => name),
    );
    expect(new Set(mounted)).toEqual(new Set(volumes.map(({ name }) => name)));
  });

  it("is of the version that is built here, also in the example", async () => {
    const { version } = z
      .object({ version: z.string() })
      .parse(JSON.parse(await readFile(resolve(root, "package.json"), "utf8")));
    const images = [base, example, all]
      .map(podOf)
      .flatMap(({ containers, initContainers }) => [...containers, ...initContainers])
      .map(({ image }) => image);
    expect(new Set(images)).toEqual(new Set([`ghcr.io/cudaprobe/cudaprobe:${version}`]));
  });
});

describe("what is mounted into the pod", () => {
  it("is the shipped configuration, or one that replaces it", async () => {
    const shipped = await readFile(resolve(root, "config/cudaprobe.yml"), "utf8");
    expect(fileIn(base, "cudaprobe-config", "cudaprobe.yml")).toBe(shipped);
    const text = fileIn(example, "cudaprobe-config", "cudaprobe.yml");
    expect(text).not.toBe(shipped);
    expect(parseConfig({ file: "", text, kinds: KINDS, validateSchedule }).ok).toBe(true);
  });

  it("is a state that goes with the pod, or the host's with the component for that", () => {
    expect(stateOf(base)).toEqual({ name: "state", emptyDir: {} });
    expect(stateOf(example)).toMatchObject({ hostPath: { path: "/var/lib/cudaprobe" } });
    expect(stateOf(example)).not.toHaveProperty("emptyDir");
  });
});

describe("what watches the pods", () => {
  it("finds them by the labels that they have", () => {
    const labels = { "app.kubernetes.io/name": "cudaprobe" };
    for (const manifests of [base, example, all]) {
      expect(theOnly(manifests, "Service")["spec"]).toMatchObject({ selector: labels });
      expect(theOnly(manifests, "DaemonSet")["spec"]).toMatchObject({
        selector: { matchLabels: labels },
        template: { metadata: { labels } },
      });
    }
    const monitor = theOnly(all, "ServiceMonitor");
    expect(monitor["spec"]).toMatchObject({ selector: { matchLabels: labels } });
    expect(theOnly(all, "Service").metadata).toMatchObject({ labels });
  });

  it("has the rules that are shipped", async () => {
    const text = await readFile(resolve(root, "deploy/prometheus/cudaprobe.rules.yml"), "utf8");
    expect(theOnly(all, "PrometheusRule")["spec"]).toEqual(parse(text));
  });

  it("has each dashboard that is shipped, in a ConfigMap that Grafana's sidecar looks for", async () => {
    const names = await readdir(resolve(root, "grafana/dashboards"));
    const shipped = await Promise.all(
      names
        .filter((name) => name.endsWith(".json"))
        .map(async (name) => readFile(resolve(root, "grafana/dashboards", name), "utf8")),
    );
    const found = all.filter(({ metadata }) => metadata.name.startsWith("cudaprobe-dashboard-"));
    const files = z.array(z.object({ data: z.record(z.string(), z.string()) })).parse(found);
    const texts = files.flatMap(({ data }) => Object.values(data));
    expect(texts.toSorted()).toEqual(shipped.toSorted());
    for (const { metadata } of found) {
      expect(metadata).toMatchObject({ labels: { grafana_dashboard: "1" } });
    }
  });
});

describe("TLS in Kubernetes", () => {
  it("is what the daemon serves, and the kubelet and Prometheus ask for", () => {
    const [daemon] = podOf(all).containers;
    expect(daemon.args).toContain("--web.config.file=/etc/cudaprobe-web/web-config.yml");
    expect(daemon.livenessProbe?.httpGet).toMatchObject({ path: "/-/healthy", scheme: "HTTPS" });
    expect(daemon.readinessProbe?.httpGet).toMatchObject({ path: "/-/ready", scheme: "HTTPS" });
    expect(theOnly(all, "ServiceMonitor")["spec"]).toMatchObject({
      endpoints: [{ scheme: "https" }],
    });
  });

  it("has a web config whose files are mounted", () => {
    const text = Buffer.from(
      fileIn(all, "cudaprobe-web-config", "web-config.yml"),
      "base64",
    ).toString();
    const parsed = parseWebConfig("web-config.yml", text);
    expect(parsed.ok).toBe(true);
    const mounts = podOf(all).containers[0].volumeMounts.map(({ mountPath }) => mountPath);
    expect(text).toContain("cert_file: /etc/cudaprobe-tls/tls.crt");
    expect(mounts).toContain("/etc/cudaprobe-tls");
  });

  it("is not served without the component", () => {
    const [daemon] = podOf(base).containers;
    expect(daemon.args).toEqual(["serve", "--driver=nvidia"]);
    expect(daemon.livenessProbe?.httpGet.scheme).toBeUndefined();
  });
});

function stateOf(manifests: readonly Manifest[]): unknown {
  return podOf(manifests).volumes.find(({ name }) => name === "state");
}
