import { stringify } from "yaml";
import { allGroups } from "./groups.ts";
import type { Settings } from "./settings.ts";
import { slothSpec } from "./sloth.ts";

interface GeneratedFile {
  /** Under deploy/prometheus. */
  readonly name: string;
  readonly text: string;
}

/** What is committed beside this folder. */
export function renderFiles(settings: Settings): readonly GeneratedFile[] {
  return [
    { name: "cudaprobe.rules.yml", text: renderRules(settings) },
    {
      name: "prometheus-rule.yaml",
      text: write("The rules for the Prometheus operator.", prometheusRule(settings)),
    },
    {
      name: "slo.sloth.yaml",
      text: write("The objective of cold starts, for Sloth.", slothSpec(settings)),
    },
  ];
}

/** The rules as Prometheus loads them. */
export function renderRules(settings: Settings): string {
  return write("Recording rules and alerts, for rule_files.", { groups: allGroups(settings) });
}

function prometheusRule(settings: Settings): object {
  return {
    apiVersion: "monitoring.coreos.com/v1",
    kind: "PrometheusRule",
    metadata: { name: "cudaprobe", labels: { "app.kubernetes.io/name": "cudaprobe" } },
    spec: { groups: allGroups(settings) },
  };
}

function write(title: string, content: object): string {
  const head = `# ${title}\n# Generated from source/ by \`npm run generate\`; thresholds are in source/settings.ts.\n`;
  return `${head}${stringify(content, { lineWidth: 0, aliasDuplicateObjects: false })}`;
}
