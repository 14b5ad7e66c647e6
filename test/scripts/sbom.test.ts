import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { execa } from "execa";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { makeTemporaryDirectory } from "../support/temporary-directory.ts";

const root = resolve(import.meta.dirname, "../..");

const packageSchema = z.object({
  dependencies: z.record(z.string(), z.string()),
  devDependencies: z.record(z.string(), z.string()),
});
const namedSchema = z.object({ name: z.string() });
const billSchema = z.object({
  components: z.array(namedSchema).default([]),
  packages: z.array(namedSchema).default([]),
});

describe("what a release says it is made of", () => {
  it.each(["cudaprobe.cdx.json", "cudaprobe.spdx.json"])(
    "names what is shipped, and nothing that is only developed with: %s",
    async (file) => {
      const text = await readFile(resolve(root, "package.json"), "utf8");
      const { dependencies, devDependencies } = packageSchema.parse(JSON.parse(text));
      await using directory = await makeTemporaryDirectory();
      await execa(resolve(root, "scripts/sbom.sh"), [directory.path]);
      const written = await readFile(join(directory.path, file), "utf8");
      const { components, packages } = billSchema.parse(JSON.parse(written));
      const names = new Set([...components, ...packages].map(({ name }) => name));
      expect(Object.keys(dependencies).filter((name) => !names.has(name))).toEqual([]);
      expect(Object.keys(devDependencies).filter((name) => names.has(name))).toEqual([]);
      expect(written).toMatch(/cudaprobe[@-]\d/);
    },
  );
});
