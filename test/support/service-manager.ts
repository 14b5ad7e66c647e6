import { resolve } from "node:path";
import { execa } from "execa";
import { followLines } from "./follow-lines.ts";

const LISTEN = resolve(import.meta.dirname, "../fixtures/service-manager/listen.py");

/** A message to the service manager, and the process that sent it. */
export interface Notification {
  readonly pid: number;
  readonly message: string;
}

/** Somebody who listens as systemd does. */
export interface ListeningManager extends AsyncDisposable {
  readonly notifications: () => readonly Notification[];
  /** Waits for a message that begins so, after so many others. */
  readonly told: (beginning: string, from?: number) => Promise<number>;
}

function parseNotification(line: string): Notification {
  const notification: Notification = JSON.parse(line);
  return notification;
}

/** Listens on a socket: a path, or an abstract name behind an @. */
export async function listenAsManager(socket: string): Promise<ListeningManager> {
  const child = execa({ reject: false, buffer: false, stdin: "ignore" })("python3", [
    LISTEN,
    socket,
  ]);
  const output = followLines(child.stdout);
  await output.until(["listening"]);
  return {
    notifications: () => output.lines.slice(1).map(parseNotification),
    told: async (beginning, from = 0) =>
      (await output.until([`"message": "${beginning}`], from + 1)) - 1,
    [Symbol.asyncDispose]: async () => {
      child.kill("SIGKILL");
      await child;
    },
  };
}
