import { readFile } from "node:fs/promises";
import { join } from "node:path";

/** The version in package.json. */
export async function readVersion(packageDirectory: string): Promise<string> {
  const text = await readFile(join(packageDirectory, "package.json"), "utf8");
  const manifest: unknown = JSON.parse(text);
  if (typeof manifest === "object" && manifest !== null && "version" in manifest) {
    return String(manifest.version);
  }
  throw new Error("package.json has no version");
}
