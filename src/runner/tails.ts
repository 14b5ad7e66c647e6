/** The last lines of an output. */
export interface TranscriptTail {
  readonly push: (line: string) => void;
  readonly lines: () => readonly string[];
}

/** Limits of what is kept of an output for people to read. */
export interface TranscriptLimits {
  readonly lines: number;
  readonly bytes: number;
}

/** A line that is longer than this is cut: it is none of the protocol. */
const MAX_LINE_CHARACTERS = 4096;

/** Keeps the last lines, so many of them and so many bytes at most. */
export function createTranscriptTail(limits: TranscriptLimits): TranscriptTail {
  const kept: string[] = [];
  let bytes = 0;

  const dropOverLimit = (): void => {
    while (kept.length > limits.lines || bytes > limits.bytes) {
      bytes -= sizeOf(kept.shift() ?? "");
    }
  };

  return {
    push: (line) => {
      const cut =
        line.length > MAX_LINE_CHARACTERS ? `${line.slice(0, MAX_LINE_CHARACTERS)}…` : line;
      kept.push(cut);
      bytes += sizeOf(cut);
      dropOverLimit();
    },
    lines: () => [...kept],
  };
}

function sizeOf(line: string): number {
  return Buffer.byteLength(line) + 1;
}

/** The last bytes of an output, as text. */
export interface TextTail {
  readonly push: (chunk: Buffer) => void;
  readonly text: () => string;
}

export function createTextTail(maxBytes: number): TextTail {
  let kept = Buffer.alloc(0);
  return {
    push: (chunk) => {
      kept = Buffer.concat([kept, chunk.subarray(-maxBytes)]).subarray(-maxBytes);
    },
    text: () => kept.subarray(startOfCharacter(kept)).toString("utf8"),
  };
}

/** Where the first whole character begins: the cut may have left up to three bytes of one. */
function startOfCharacter(bytes: Buffer): number {
  const head = bytes.subarray(0, 3);
  const start = head.findIndex((byte) => byte < 0x80 || byte >= 0xc0);
  return start < 0 ? head.length : start;
}
