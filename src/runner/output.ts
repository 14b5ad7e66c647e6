import { createFold } from "../protocol/fold.ts";
import type { Line } from "../protocol/line.ts";
import type { Report } from "../protocol/report.ts";
import { createLineSplitter } from "./split-lines.ts";
import { createTranscriptTail } from "./tails.ts";

export interface OutputOptions {
  readonly instances: number;
  /** They are released from the launcher's barrier; several always are. */
  readonly barrier: boolean;
  readonly maxBytes: number;
  /** Called with each line that is of the protocol. */
  readonly onLine: (line: Line) => void;
  /** Called when something was not; it may be called again. */
  readonly onProblem: () => void;
}

/** What comes of a run's standard output. */
export interface Output {
  readonly write: (chunk: Buffer) => void;
  /** After the last chunk: what is left without an end is a line too. */
  readonly end: () => void;
  readonly report: () => Report;
  readonly transcript: () => readonly string[];
  /** In words, when there was more than is allowed; the rest has been thrown away then. */
  readonly excess: () => string | undefined;
}

const MAX_PENDING_BYTES = 64 * 1024;
const TRANSCRIPT_LIMITS = { lines: 200, bytes: 64 * 1024 };

/** Folds an output of any length and content in bounded memory. */
export function createOutput(options: OutputOptions): Output {
  const splitter = createLineSplitter();
  const fold = createFold(options.instances, options.barrier);
  const transcript = createTranscriptTail(TRANSCRIPT_LIMITS);
  let bytes = 0;
  let excess: string | undefined;

  const take = (text: string): void => {
    transcript.push(text);
    const pushed = fold.push(text);
    if (pushed.ok) options.onLine(pushed.value);
    else options.onProblem();
  };

  return {
    write: (chunk) => {
      if (excess !== undefined) return;
      splitter.push(chunk.subarray(0, options.maxBytes - bytes)).forEach(take);
      bytes += chunk.length;
      excess = findExcess(bytes, splitter.pendingBytes(), options.maxBytes);
      if (excess === undefined) return;
      splitter.rest();
      options.onProblem();
    },
    end: () => {
      const rest = splitter.rest();
      if (rest !== "") take(rest);
    },
    report: fold.report,
    transcript: transcript.lines,
    excess: () => excess,
  };
}

function findExcess(bytes: number, pendingBytes: number, maxBytes: number): string | undefined {
  if (bytes > maxBytes) return `more than ${maxBytes} bytes of output`;
  if (pendingBytes > MAX_PENDING_BYTES) return `a line of more than ${MAX_PENDING_BYTES} bytes`;
  return undefined;
}
