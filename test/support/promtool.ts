import { spawnSync } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { makeTemporaryDirectory } from "./temporary-directory.ts";

/** How promtool ended, 0 when all is well, and its complaints. */
export interface PromtoolEnd {
  readonly code: number | null;
  readonly output: string;
}

/** What `promtool check metrics` says of a text. */
export function checkMetrics(text: string): PromtoolEnd {
  return runPromtool(["check", "metrics"], text);
}

/** Debian's promtool, to its end. */
export function runPromtool(args: readonly string[], input = ""): PromtoolEnd {
  const { status, stdout, stderr, error } = spawnSync("promtool", args, {
    input,
    encoding: "utf8",
  });
  if (error !== undefined) throw new Error("promtool is needed: apt-get install prometheus");
  return { code: status, output: `${stdout}${stderr}` };
}

/** Debian's `promtool check rules` or `promtool test rules` on what a file would hold; JSON is YAML, too. */
export async function runPromtoolOn(
  command: "check" | "test",
  content: object,
): Promise<PromtoolEnd> {
  await using directory = await makeTemporaryDirectory();
  const file = join(directory.path, "rules.json");
  await writeFile(file, JSON.stringify(content));
  return runPromtool([command, "rules", file]);
}
