import { coldStart } from "./cold-start.ts";
import { cudaIpc } from "./cuda-ipc.ts";
import { density } from "./density.ts";
import { footprint } from "./footprint.ts";
import { functionIpc } from "./function-ipc.ts";
import type { Kind } from "./kind.ts";
import { processMemory } from "./process-memory.ts";

/** The table of kinds. */
export const KINDS: readonly Kind[] = [
  coldStart,
  processMemory,
  footprint,
  density,
  functionIpc,
  cudaIpc,
];
