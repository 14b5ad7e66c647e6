import { runbookUrl } from "./rule.ts";
import type { Settings } from "./settings.ts";
import { failuresThatCount, selectSlo } from "./slo.ts";

const ALERT = "CudaprobeColdStartSloBurn";

/**
 * The same objective for Sloth, over all hosts. Its page windows are left out: with a start a minute they are a
 * matter of single starts.
 */
export function slothSpec(settings: Settings): object {
  const { slo } = settings;
  const selectors = selectSlo(settings, "{{.window}}");
  const { measured, inTime } = selectors;
  const starts = `sum(rate(${measured}))`;
  const failures = `(sum(${failuresThatCount(selectors, "rate")}) or vector(0))`;
  return {
    version: "prometheus/v1",
    service: "cudaprobe",
    slos: [
      {
        name: "cold-start",
        objective: 100 * slo.objective,
        description: `Cold starts of the runtime ${slo.runtime}, one at a time, succeed within ${slo.targetSeconds} s.`,
        sli: {
          events: {
            error_query: `${starts} - sum(rate(${inTime})) + ${failures}`,
            total_query: `${starts} + ${failures}`,
          },
        },
        alerting: {
          name: ALERT,
          annotations: {
            summary: "Too many cold starts fail or are too slow.",
            runbook_url: runbookUrl(settings, ALERT),
          },
          page_alert: { disable: true },
          ticket_alert: { labels: { severity: "warning" } },
        },
      },
    ],
  };
}
