import { SingleBar } from "cli-progress";
import type { CommandIo } from "./io.ts";

/** Shows how far a series is. */
export interface Progress {
  readonly step: () => void;
  readonly stop: () => void;
}

/** A bar on a terminal's standard error; nothing where there is no terminal, so that logs stay readable. */
export function showProgress(total: number, io: CommandIo): Progress {
  if (!io.isTerminal) return { step: () => undefined, stop: () => undefined };
  const bar = new SingleBar({
    format: "{bar} {value}/{total} runs, {eta_formatted} left",
    clearOnComplete: true,
  });
  bar.start(total, 0);
  return {
    step: () => {
      bar.increment();
    },
    stop: () => {
      bar.stop();
    },
  };
}
