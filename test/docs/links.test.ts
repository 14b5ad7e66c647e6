import { access, readdir, readFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { describe, expect, it } from "vitest";

const root = resolve(import.meta.dirname, "../..");
const DIRECTORIES = [".", "docs", "docs/adr", "grafana", "native/emulator"];

async function listPages(): Promise<readonly string[]> {
  const pages = await Promise.all(
    DIRECTORIES.map(async (directory) => {
      const names = await readdir(join(root, directory));
      return names.filter((name) => name.endsWith(".md")).map((name) => join(directory, name));
    }),
  );
  return pages.flat();
}

/** Links to files, relative to their page, without the part behind `#`. */
async function readLinks(page: string): Promise<readonly string[]> {
  const text = await readFile(join(root, page), "utf8");
  return [...text.matchAll(/\]\(([^)#\s]+)[^)]*\)/g)]
    .map(([, target = ""]) => target)
    .filter((target) => !/^[a-z]+:/.test(target));
}

describe("the documentation", () => {
  it("links to files that are there", async () => {
    const missing: string[] = [];
    for (const page of await listPages()) {
      for (const target of await readLinks(page)) {
        const file = resolve(root, dirname(page), target);
        await access(file).catch(() => missing.push(`${page}: ${target}`));
      }
    }
    expect(missing).toEqual([]);
  });

  it("is listed in the README, every page of it", async () => {
    const text = await readFile(join(root, "README.md"), "utf8");
    const [, list = ""] = text.split("\n## Documentation\n");
    const listed = new Set([...list.matchAll(/\]\(docs\/([^)]+)\)/g)].map(([, name]) => name));
    const pages = (await readdir(join(root, "docs"))).filter((name) => name.endsWith(".md"));
    expect(pages.length).toBeGreaterThan(5);
    expect(pages.filter((name) => !listed.has(name))).toEqual([]);
  });
});
