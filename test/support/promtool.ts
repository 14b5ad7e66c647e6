import { spawnSync } from "node:child_process";

/** What `promtool check metrics` says of a text: its exit code, 0 when all is well, and its complaints. */
export function checkMetrics(text: string): {
  readonly code: number | null;
  readonly output: string;
} {
  const { status, stdout, stderr, error } = spawnSync("promtool", ["check", "metrics"], {
    input: text,
    encoding: "utf8",
  });
  if (error !== undefined) throw new Error("promtool is needed: apt-get install prometheus");
  return { code: status, output: `${stdout}${stderr}` };
}
