import { rename, writeFile } from "node:fs/promises";

/** Writes a file in one step: who reads it meanwhile sees the old text or the new one. */
export async function replaceFile(file: string, text: string): Promise<void> {
  const draft = `${file}.new`;
  await writeFile(draft, text);
  await rename(draft, file);
}
