import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { makeTemporaryDirectory } from "./temporary-directory.ts";

/** What is read of a host with these files, by their paths below its root. */
export async function readHost<Read>(
  read: (root: string) => Read,
  files: Readonly<Record<string, string>>,
): Promise<Read> {
  await using directory = await makeTemporaryDirectory();
  for (const [name, text] of Object.entries(files)) {
    const file = join(directory.path, name);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
  }
  return read(directory.path);
}
