import { coldStart } from "./cold-start.ts";
import type { Kind } from "./kind.ts";
import { processMemory } from "./process-memory.ts";

/** The table of kinds. */
export const KINDS: readonly Kind[] = [coldStart, processMemory];
