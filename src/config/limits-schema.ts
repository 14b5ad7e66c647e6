import * as z from "zod";
import { duration, ratio, size } from "../probes/quantities.ts";

/** The keys of `limits`. */
export const limitsShape = {
  processes_per_device: z
    .int()
    .min(0)
    .max(4096)
    .default(64)
    .describe(
      "For kinds that list a GPU's processes: so many have series of their own, the rest is one sum.",
    ),
  history: z
    .int()
    .min(1)
    .max(1000)
    .default(50)
    .describe("Runs kept for each target, for the status page; failures are kept apart, as many."),
  lane_wait: duration({ minimum: "1s", maximum: "1h" })
    .prefault("30s")
    .describe(
      "How long a run may wait for the host's lane, which other processes use too, before it is skipped (`lane_busy`).",
    ),
  duty_cycle: ratio({ minimum: "0.01%" })
    .prefault("2%")
    .describe(
      "The share of the time that runs may have a context open on a GPU. What is not used is saved for up to an hour; a run that would take more than there is left is skipped (`budget`), each target's first one after the start excepted.",
    ),
  transferred_bytes_per_hour: size({ minimum: "1MiB", maximum: "1048576GiB" })
    .prefault("1024GiB")
    .describe(
      "What runs may copy to, from and on a GPU, by the same rules. The default is 2% of what 16 lanes of PCIe 3 carry.",
    ),
};
