// @ts-check
// Loaded into a daemon before its own code (node --import): from a first SIGWINCH on it samples what is
// allocated in the heap of V8, garbage too, and at every further one says on standard error how much it was
// since the one before, as a line that begins with ALLOCATED.
import { Session } from "node:inspector/promises";

const INTERVAL_BYTES = 4096;

const session = new Session();
session.connect();

async function start() {
  await session.post("HeapProfiler.startSampling", {
    samplingInterval: INTERVAL_BYTES,
    // Without these it tells what is still alive.
    includeObjectsCollectedByMajorGC: true,
    includeObjectsCollectedByMinorGC: true,
  });
}

async function tell() {
  const { profile } = await session.post("HeapProfiler.stopSampling");
  process.stderr.write(`ALLOCATED ${bytesOf(profile.head)}\n`);
}

/** @param {import("node:inspector").HeapProfiler.SamplingHeapProfileNode} node @returns {number} */
function bytesOf({ selfSize, children }) {
  return children.reduce((sum, child) => sum + bytesOf(child), selfSize);
}

async function answer() {
  if (isSampling) await tell();
  else process.stderr.write("ALLOCATED 0\n");
  isSampling = true;
  await start();
}

let isSampling = false;
process.on("SIGWINCH", () => {
  answer().catch((error) => process.stderr.write(`${error}\n`));
});
