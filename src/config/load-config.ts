import { readFile } from "node:fs/promises";
import { fail, type Result } from "../base/result.ts";
import type { Config, ConfigProblem } from "./config.ts";
import { type ConfigSource, parseConfig } from "./parse-config.ts";

const READ_ERRORS: Readonly<Record<string, string>> = {
  ENOENT: "there is no such file",
  ENOTDIR: "there is no such file",
  EISDIR: "this is a directory, not a file",
  EACCES: "permission to read it is denied",
};

/** Reads and checks a config file. A file that cannot be read is one problem, of line 0. */
export async function loadConfig(
  source: Omit<ConfigSource, "text">,
): Promise<Result<Config, readonly ConfigProblem[]>> {
  const { file } = source;
  const text = await readFile(file, "utf8").catch(describeReadError);
  if (typeof text === "string") return parseConfig({ ...source, text });
  return fail([{ file, line: 0, column: 0, key: "", message: text.message }]);
}

/** Why a file cannot be read, for people. */
export function describeReadError(error: unknown): { readonly message: string } {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  return { message: READ_ERRORS[code] ?? `it cannot be read: ${String(error)}` };
}
