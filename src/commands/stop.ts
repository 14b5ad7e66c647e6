import type { Logger } from "../base/logger.ts";
import { EXIT, type CommandIo } from "./io.ts";

/** What is waited for, and how to stop waiting. */
export interface StopSignals {
  /** Settles at the first SIGTERM or SIGINT. */
  readonly stopped: Promise<void>;
  readonly dispose: () => void;
}

/** The first signal is a request to stop in order; the second ends the process at once. */
export function listenForStop(io: CommandIo, logger: Logger): StopSignals {
  const disposers: (() => void)[] = [];
  let isStopping = false;
  const stopped = new Promise<void>((resolve) => {
    const onSignal = (name: "SIGTERM" | "SIGINT") => (): void => {
      if (isStopping) io.exitNow(EXIT.fault);
      isStopping = true;
      logger.info({ signal: name }, "stopping");
      resolve();
    };
    disposers.push(
      io.onSignal("SIGTERM", onSignal("SIGTERM")),
      io.onSignal("SIGINT", onSignal("SIGINT")),
    );
  });
  return {
    stopped,
    dispose: () => {
      for (const dispose of disposers) dispose();
    },
  };
}
