/**
 * Who is at work: the file and line of the first frame that none of these holds, as `log-record.js:24`. Of the compiled program, since
 * that is what runs. Undefined when the stack does not tell.
 */
export function findCaller(notThese: readonly string[]): string | undefined {
  const frames = (new Error("never thrown").stack ?? "").split("\n").slice(2);
  const frame = frames.find((text) => !notThese.some((part) => text.includes(part)));
  return /([^/\\(]+:\d+):\d+\)?$/.exec(frame ?? "")?.[1];
}
