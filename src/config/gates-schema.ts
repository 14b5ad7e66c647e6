import * as z from "zod";
import { ratio, size } from "../probes/quantities.ts";

/** The keys of `gates` that need nothing else to be checked. */
export const gatesShape = {
  min_free_memory: size({ minimum: "0B", maximum: "1024GiB" })
    .prefault("1GiB")
    .describe(
      "A run is skipped (`memory_floor`) while the GPU has less free memory than this, or than twice what such a run is known to take. Kinds that pass data on want three times the largest size beside it.",
    ),
  max_gpu_utilization: ratio()
    .prefault("90%")
    .describe(
      "Above this utilization, kinds that measure bandwidth or density are skipped (`busy`). Cold starts are not: a start on a busy host is what people live with.",
    ),
  pause_file: z
    .string()
    .regex(/^\//, { error: "must be an absolute path" })
    .optional()
    .describe(
      "While this file is there nothing is started, not even a look at the driver: all runs are skipped (`paused`). For driver upgrades and resets of GPUs.",
    ),
  min_free_host_memory: size({ minimum: "0B", maximum: "1024GiB" })
    .prefault("256MiB")
    .describe(
      "A run on a GPU is skipped (`host_load`) while the host, or a control group with a limit that the daemon is in, has less memory available than this.",
    ),
  max_host_load: z
    .number()
    .min(0.1)
    .max(1000)
    .default(32)
    .describe(
      "A run on a GPU is skipped (`host_load`) while the load average of the last minute, divided by the CPUs of the host, is above this. The default is a host in trouble, not a busy one.",
    ),
};
