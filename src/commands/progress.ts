import { SingleBar } from "cli-progress";
import { formatSpan } from "../http/times.ts";
import type { CommandIo } from "./io.ts";

/** Shows how far a series is. */
export interface Progress {
  readonly step: () => void;
  readonly stop: () => void;
}

type ProgressIo = Pick<CommandIo, "isTerminal" | "clock" | "error">;

/** Without a terminal a line at most so often, so that logs stay readable. */
const LINE_SECONDS = 10;

/** On standard error: a bar on a terminal, else now and then a line; with the time that is left at the pace so far. */
export function showProgress(total: number, io: ProgressIo): Progress {
  return io.isTerminal ? showBar(total) : printLines(total, io);
}

function showBar(total: number): Progress {
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

function printLines(total: number, { clock, error }: ProgressIo): Progress {
  const start = clock.monotonicSeconds();
  let done = 0;
  let saidAt = start;
  return {
    step: () => {
      done += 1;
      const now = clock.monotonicSeconds();
      if (done === total || now - saidAt < LINE_SECONDS) return;
      saidAt = now;
      const left = ((now - start) / done) * (total - done);
      error(`${String(done)} of ${String(total)} runs, ${formatSpan(left)} left\n`);
    },
    stop: () => undefined,
  };
}
