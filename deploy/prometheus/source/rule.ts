import { formatDuration } from "./duration.ts";
import type { Settings } from "./settings.ts";

export interface RecordingRule {
  readonly record: string;
  readonly expr: string;
}

export interface AlertRule {
  readonly alert: string;
  readonly expr: string;
  readonly for: string;
  readonly labels: { readonly severity: Severity };
  readonly annotations: {
    readonly summary: string;
    readonly description: string;
    readonly runbook_url: string;
  };
}

export interface Group {
  readonly name: string;
  readonly interval: string;
  readonly rules: readonly (RecordingRule | AlertRule)[];
}

/** critical: look now; warning: look today; info: know it. */
type Severity = "critical" | "warning" | "info";

interface Alert {
  readonly name: string;
  readonly severity: Severity;
  readonly expr: string;
  /** Seconds, before they are scaled. */
  readonly for: number;
  readonly summary: string;
  readonly description: string;
}

/** The labels by which series of one target belong together; NVML's index may change, the UUID does not. */
export const TARGET = "job, instance, gpu_uuid, mig_uuid, probe";
export const DEVICE = "job, instance, gpu_uuid, mig_uuid";
export const HOST = "job, instance";

/** In a description: the host and the device that an alert is about. */
export const ON_GPU =
  "GPU {{ $labels.gpu }} ({{ or $labels.mig_uuid $labels.gpu_uuid }}) of {{ $labels.instance }}";
/** The same where the target may be the host, whose device labels are empty. */
export const ON_TARGET = `{{ if $labels.gpu_uuid }}${ON_GPU}{{ else }}{{ $labels.instance }}{{ end }}`;

/** A duration, scaled. */
export function span(settings: Settings, seconds: number): string {
  return formatDuration(seconds * settings.scale);
}

/** A selector of a family, with matchers. */
export function select(settings: Settings, family: string, ...matchers: readonly string[]): string {
  const all = [settings.selector, ...matchers].filter((matcher) => matcher !== "").join(", ");
  return all === "" ? family : `${family}{${all}}`;
}

export function makeAlert(settings: Settings, alert: Alert): AlertRule {
  return {
    alert: alert.name,
    expr: alert.expr,
    for: span(settings, alert.for),
    labels: { severity: alert.severity },
    annotations: {
      summary: alert.summary,
      description: alert.description,
      runbook_url: runbookUrl(settings, alert.name),
    },
  };
}

/** The section of the runbook, whose anchor GitHub makes of its heading. */
export function runbookUrl(settings: Settings, alertName: string): string {
  return `${settings.runbookUrl}#${alertName.toLowerCase()}`;
}

export function makeGroup(settings: Settings, name: string, rules: Group["rules"]): Group {
  return { name, interval: span(settings, settings.evaluation.every), rules };
}
