/** The lines of a stream, and those that are still to come. */
export interface FollowedLines {
  readonly lines: readonly string[];
  /** Waits for a line that contains all of these, from the given line on; its index. Rejects when the stream ends without. */
  readonly until: (parts: readonly string[], from?: number) => Promise<number>;
}

/** Reads a stream to its end, line by line. */
export function followLines(stream: NodeJS.ReadableStream): FollowedLines {
  const lines: string[] = [];
  const waiters = new Set<() => void>();
  let rest = "";
  let hasEnded = false;
  const take = (added: readonly string[]): void => {
    lines.push(...added);
    for (const check of waiters) check();
  };
  stream.setEncoding("utf8");
  stream.on("data", (text: string) => {
    const parts = (rest + text).split("\n");
    rest = parts.pop() ?? "";
    take(parts);
  });
  stream.on("end", () => {
    hasEnded = true;
    take(rest === "" ? [] : [rest]);
  });
  const until: FollowedLines["until"] = async (parts, from = 0) =>
    new Promise((resolve, reject) => {
      const check = (): void => {
        const index = lines.findIndex(
          (line, at) => at >= from && parts.every((part) => line.includes(part)),
        );
        if (index < 0 && !hasEnded) return;
        waiters.delete(check);
        if (index >= 0) resolve(index);
        else reject(new Error(`"${parts.join(" … ")}" never came in:\n${lines.join("\n")}`));
      };
      waiters.add(check);
      check();
    });
  return { lines, until };
}
