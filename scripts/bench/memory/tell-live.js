// @ts-check
// Loaded into a daemon before its own code (node --expose-gc --import): at every SIGWINCH it collects all garbage and
// says on standard error what is left, as a line that begins with LIVE.
process.on("SIGWINCH", () => {
  globalThis.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  process.stderr.write(`LIVE ${heapUsed + external}\n`);
});
