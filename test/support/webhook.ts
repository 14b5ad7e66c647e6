import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { text } from "node:stream/consumers";

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
  const server = createServer((request, response) => {
    void take(request, response);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${portOf(server)}/`,
    notifications,
    [Symbol.asyncDispose]: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
}

async function readAlerts(request: IncomingMessage): Promise<readonly Notification[]> {
  const message: { readonly alerts: readonly Notification[] } = JSON.parse(await text(request));
  return message.alerts;
}

function portOf(server: Server): number {
  const address = server.address();
  if (typeof address !== "object" || address === null) throw new Error("it does not listen");
  return address.port;
}
