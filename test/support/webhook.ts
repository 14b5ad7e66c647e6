import type { IncomingMessage, ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import { startLocalServer } from "./local-server.ts";

/** An alert as Alertmanager's webhook has it. */
export interface Notification {
  readonly status: "firing" | "resolved";
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}

/** A server to which Alertmanager posts. It goes with its scope. */
export interface Webhook extends AsyncDisposable {
  readonly url: string;
  /** What has come so far, first things first. */
  readonly notifications: readonly Notification[];
}

/** Listens on a free port of 127.0.0.1. */
export async function startWebhook(): Promise<Webhook> {
  const notifications: Notification[] = [];
  const take = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    notifications.push(...(await readAlerts(request)));
    response.end();
  };
  const { address, ...server } = await startLocalServer((request, response) => {
    void take(request, response);
  });
  return { ...server, url: `http://${address}/`, notifications };
}

async function readAlerts(request: IncomingMessage): Promise<readonly Notification[]> {
  const message: { readonly alerts: readonly Notification[] } = JSON.parse(await text(request));
  return message.alerts;
}
