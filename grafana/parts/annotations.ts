import {
  AnnotationQueryBuilder,
  type AnnotationQuery,
} from "@grafana/grafana-foundation-sdk/dashboard";
import type { Builder } from "@grafana/grafana-foundation-sdk/cog";
import { DATASOURCE } from "./panel.ts";
import { onHosts } from "./select.ts";

/** The alerts of cudaprobe that fire; one about a whole job has no instance. */
export const FIRING =
  'ALERTS{alertname=~"Cudaprobe.+", alertstate="firing", job=~"$job|", instance=~"$instance|"}';

const DRIVER = onHosts("cudaprobe_driver_info");
/** What answered before, also before a reboot. */
const DRIVER_BEFORE = `last_over_time(${DRIVER}[1h] offset 2m)`;
/** For two minutes, another driver than before; at the first scrape there was none to differ from. */
const DRIVER_CHANGE = `${DRIVER}
unless on (job, instance, driver_version) ${DRIVER_BEFORE}
and on (job, instance) ${DRIVER_BEFORE}`;

/**
 * What explains a step in a figure: alerts of these names, changes of the driver, restarts. An alert is one for a
 * host, however many of its GPUs and sizes it is about.
 */
export function commonAnnotations(alerts: string): Builder<AnnotationQuery>[] {
  return [
    builtIn(),
    annotation({
      name: "Firing alerts",
      color: "red",
      expr: beginnings(FIRING.replace("{", `{alertname=~"${alerts}", `)),
      title: "{{alertname}}",
      text: "{{severity}}",
    }),
    annotation({
      name: "Driver change",
      color: "purple",
      expr: DRIVER_CHANGE,
      title: "Driver {{driver_version}}",
      text: "{{instance}}",
    }),
    annotation({
      name: "Restarts",
      color: "blue",
      expr: `changes(${onHosts("process_start_time_seconds")}[2m]) > 0`,
      title: "cudaprobe restarted",
      text: "{{instance}}",
    }),
  ];
}

/** For two minutes each: an alert that fires for days would colour all panels. */
function beginnings(firing: string): string {
  const by = "max by (alertname, severity, instance)";
  return `${by} (${firing})\nunless\n${by} (${firing} offset 2m)`;
}

interface Annotation {
  readonly name: string;
  readonly color: string;
  readonly expr: string;
  readonly title: string;
  readonly text: string;
}

function annotation({ name, color, expr, title, text }: Annotation): Builder<AnnotationQuery> {
  return onTheDashboard(
    new AnnotationQueryBuilder()
      .name(name)
      .datasource(DATASOURCE)
      .iconColor(color)
      .expr(expr)
      .titleFormat(title)
      .textFormat(text)
      .step("60s")
      .tagKeys("instance")
      .enable(true),
  );
}

/** What people write onto a dashboard themselves, which Grafana expects to be listed. */
function builtIn(): Builder<AnnotationQuery> {
  return onTheDashboard(
    new AnnotationQueryBuilder()
      .name("Annotations & Alerts")
      .datasource({ type: "grafana", uid: "-- Grafana --" })
      .builtIn(1)
      .type("dashboard")
      .iconColor("rgba(0, 211, 255, 1)")
      .hide(true),
  );
}

/** The SDK puts the switch of an annotation into a menu where nobody finds it. */
function onTheDashboard(builder: AnnotationQueryBuilder): Builder<AnnotationQuery> {
  const { placement: _, ...query } = builder.build();
  return { build: () => query };
}
