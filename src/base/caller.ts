/**
 * Who called this function: the file and line, as `log-record.js:24`, of the compiled program, since that is what runs. Undefined where the
 * function was not called by anybody who is to be seen.
 */
// oxlint-disable-next-line typescript/no-unsafe-function-type -- whatever its arguments
export function findCaller(callee: Function): string | undefined {
  const trace: { stack?: string } = {};
  Error.captureStackTrace(trace, callee);
  const frame = trace.stack?.split("\n")[1] ?? "";
  return /([^/\\(]+:\d+):\d+\)?$/.exec(frame)?.[1];
}
