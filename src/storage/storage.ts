import { readFile, rename } from "node:fs/promises";
import { join } from "node:path";
import { systemClock, type Clock } from "../base/clock.ts";
import { errorCode, errorText } from "../base/errors.ts";
import type { Logger } from "../base/logger.ts";
import { fail, ok, type Result } from "../base/result.ts";
import { writeAtomically, writeUnsynced } from "./atomic-write.ts";
import { openDirectory } from "./directory.ts";
import { decode, encode, type Parse } from "./envelope.ts";

export interface StorageOptions {
  /** Created when it is missing, for this user alone. */
  readonly directory: string;
  readonly logger: Logger;
  readonly clock?: Clock;
}

/** What survives a restart: versioned JSON files in one directory. */
export interface Storage {
  /** Undefined when it cannot be written: then every file is absent, and every write fails. */
  readonly directory: string | undefined;
  /**
   * The value of a file, as `parse` lets it through. A file that cannot be read, is no JSON, is of another version or is refused
   * by `parse` is `corrupt`: it is renamed to `name.corrupt-<seconds since 1970>`, and is absent from then on.
   */
  readonly read: <Value>(
    name: string,
    version: number,
    parse: Parse<Value>,
  ) => Promise<Result<Value, "absent" | "corrupt">>;
  /** Writes a value whole or not at all. Writes of one process happen in the order of their calls. The error says why. */
  readonly write: (name: string, version: number, value: unknown) => Promise<Result<void>>;
  /** The same without waiting for the disk: a power cut may take the file along, or leave one that is corrupt. The end of this process does not. */
  readonly writeUnsynced: Storage["write"];
}

/** Opens the storage directory. One that cannot be written costs a warning and what it would have kept, not the start. */
export async function openStorage(options: StorageOptions): Promise<Storage> {
  const { logger, clock = systemClock } = options;
  const opened = await openDirectory(options.directory);
  if (!opened.ok) {
    const { directory } = options;
    logger.warn({ directory, error: opened.error }, "the storage directory cannot be written");
    return withoutDirectory(opened.error);
  }
  return inDirectory(options.directory, { logger, clock });
}

function withoutDirectory(why: string): Storage {
  const message = `the storage directory cannot be written: ${why}`;
  return {
    directory: undefined,
    read: async () => fail("absent"),
    write: async () => fail(message),
    writeUnsynced: async () => fail(message),
  };
}

interface Modules {
  readonly logger: Logger;
  readonly clock: Clock;
}

type Writer = (file: string, text: string) => Promise<void>;

function inDirectory(directory: string, modules: Modules): Storage {
  let writing: Promise<unknown> = Promise.resolve();
  const enqueue =
    (writer: Writer): Storage["write"] =>
    async (name, version, value) => {
      const file = fileOf(directory, name);
      const text = encode(version, value);
      const written = writing.then(async () => tryToWrite(writer, file, text));
      writing = written;
      return written;
    };
  return {
    directory,
    read: async (name, version, parse) => {
      const file = fileOf(directory, name);
      const text = await readText(file);
      if (text.ok && text.value === undefined) return fail("absent");
      const value = text.ok ? decode(text.value ?? "", version, parse) : text;
      if (value.ok) return value;
      await setAside(file, value.error, modules);
      return fail("corrupt");
    },
    write: enqueue(writeAtomically),
    writeUnsynced: enqueue(writeUnsynced),
  };
}

function fileOf(directory: string, name: string): string {
  if (!/^\w[\w.@-]*$/.test(name)) throw new Error(`"${name}" is no name for a stored file`);
  return join(directory, name);
}

/** Undefined when there is no such file. */
async function readText(file: string): Promise<Result<string | undefined>> {
  try {
    return ok(await readFile(file, "utf8"));
  } catch (error) {
    return errorCode(error) === "ENOENT" ? ok(undefined) : fail(errorText(error));
  }
}

async function setAside(file: string, reason: string, { logger, clock }: Modules): Promise<void> {
  const aside = `${file}.corrupt-${Math.floor(clock.wallSeconds())}`;
  try {
    await rename(file, aside);
    logger.warn({ file, reason, aside }, "a stored file is of no use and was set aside");
  } catch (error) {
    logger.error({ file, reason, error: errorText(error) }, "a stored file is of no use");
  }
}

async function tryToWrite(writer: Writer, file: string, text: string): Promise<Result<void>> {
  try {
    await writer(file, text);
    return ok(undefined);
  } catch (error) {
    return fail(errorText(error));
  }
}
