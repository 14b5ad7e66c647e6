import { readFile } from "node:fs/promises";
import { join } from "node:path";

/** In the order in which they are likely to say why. */
const FILES = ["server.log", "control.log"];

const MAX_CHARACTERS = 300;

/** What MPS wrote last, by file, for people; empty when it wrote nothing. */
export async function readLog(directory: string): Promise<string> {
  const said = await Promise.all(FILES.map(async (file) => describe(directory, file)));
  return said.filter((text) => text !== "").join("; ");
}

async function describe(directory: string, file: string): Promise<string> {
  const text = await readFile(join(directory, file), "utf8").catch(() => "");
  const last = text.trimEnd().split("\n").at(-1) ?? "";
  return last === "" ? "" : `${file}: ${cut(last)}`;
}

function cut(line: string): string {
  return line.length > MAX_CHARACTERS ? `${line.slice(0, MAX_CHARACTERS)}…` : line;
}
