// @ts-check
// Generated files are committed: this writes them, or with --check only says which are not as their source has
// them, which is an error.
import { readFile, writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import { format, getFileInfo, resolveConfig } from "prettier";

const root = resolve(import.meta.dirname, "..");

/** @param {readonly { readonly file: string, readonly text: string }[]} files by their paths from the root */
export async function writeGenerated(files) {
  const isCheck = process.argv.includes("--check");
  for (const { file, text } of files) {
    const path = resolve(root, file);
    const wanted = await layOut(path, text);
    const found = await readFile(path, "utf8").catch(() => "");
    if (found === wanted) continue;
    if (!isCheck) {
      await writeFile(path, wanted);
      continue;
    }
    console.error(`${file} is not as the source has it: npm run generate`);
    process.exitCode = 1;
  }
}

/** What Prettier does not know, such as a manual page, stays as it is. @param {string} path @param {string} text */
async function layOut(path, text) {
  const { inferredParser } = await getFileInfo(path);
  if (inferredParser === null) return text;
  return format(text, { ...(await resolveConfig(path)), filepath: path });
}
