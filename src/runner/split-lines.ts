const NEWLINE = 0x0a;

/** Cuts a stream of bytes into lines. */
export interface LineSplitter {
  /** The lines that the chunk completes, without their ends. Bytes that are no UTF-8 become U+FFFD. */
  readonly push: (chunk: Buffer) => readonly string[];
  /** How much of a line without an end is kept. */
  readonly pendingBytes: () => number;
  /** The last line, which has no end; empty when there is none. */
  readonly rest: () => string;
}

export function createLineSplitter(): LineSplitter {
  let pending: Buffer[] = [];

  const take = (last: Buffer): string => {
    const line = Buffer.concat([...pending, last]).toString("utf8");
    pending = [];
    return line;
  };

  return {
    push: (chunk) => {
      const lines: string[] = [];
      let start = 0;
      for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, start)) {
        lines.push(take(chunk.subarray(start, end)));
        start = end + 1;
      }
      if (start < chunk.length) pending.push(chunk.subarray(start));
      return lines;
    },
    pendingBytes: () => pending.reduce((sum, part) => sum + part.length, 0),
    rest: () => take(Buffer.alloc(0)),
  };
}
