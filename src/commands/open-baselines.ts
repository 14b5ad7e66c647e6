import { createBaselineStore, type BaselineStore } from "../baseline/store.ts";
import { createLogger } from "../base/logger.ts";
import { openStorage } from "../storage/storage.ts";
import type { CommonFlags } from "./flags.ts";
import type { CommandIo } from "./io.ts";
import { findStorageDirectory } from "./paths.ts";

/** The baselines under the storage path; undefined where it cannot be used, which is said on standard error. */
export async function openBaselines(
  flags: CommonFlags,
  io: CommandIo,
): Promise<BaselineStore | undefined> {
  const logger = createLogger({
    level: "warn",
    format: "logfmt",
    destination: { write: io.error },
  });
  const storage = await openStorage({ directory: findStorageDirectory(flags, io), logger });
  return storage.directory === undefined ? undefined : createBaselineStore(storage);
}
