import { startServer, type RunningServer } from "./server-program.ts";

/** Starts Debian's Alertmanager, which posts every alert and its end to a webhook, and at once. It goes with its scope. */
export async function startAlertmanager(webhookUrl: string): Promise<RunningServer> {
  return startServer({
    name: "prometheus-alertmanager",
    args: [
      "--config.file=alertmanager.yml",
      "--storage.path=data",
      // No port for others of its kind.
      "--cluster.listen-address=",
    ],
    files: { "alertmanager.yml": configuration(webhookUrl) },
    ready: "Listening on",
  });
}

/** Every alert is a group of its own; a group may change every second. */
function configuration(webhookUrl: string): string {
  return `route:
  receiver: webhook
  group_by: ["..."]
  group_wait: 0s
  group_interval: 1s
  repeat_interval: 1h
receivers:
  - name: webhook
    webhook_configs: [{ url: "${webhookUrl}", send_resolved: true }]
`;
}
