import { access, readdir, readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { z } from "zod";

const root = resolve(import.meta.dirname, "../..");
const page = await readFile(resolve(root, "docs/install.md"), "utf8");
const sections = new Map(
  page
    .split(/^## /m)
    .slice(1)
    .map((section) => [section.slice(0, section.indexOf("\n")), section]),
);

const WAYS = [
  "The bundle",
  "Debian package",
  "systemd by hand",
  "Container",
  "Kubernetes",
  "Compose",
];

/** What Prometheus' documentation counts with at most, in a thousandth of a thousandth. */
const MEGABYTES_A_SAMPLE = 2e-6;

const SECONDS_A_DAY = 86_400;

describe("the page on installing", () => {
  it.each(WAYS)("says how to begin, to upgrade and to remove, in one screen: %s", (way) => {
    const section = sections.get(way) ?? "";
    expect(section).toMatch(/```sh\n/);
    expect(section).toMatch(/^- \*\*Upgrade\*\*: /m);
    expect(section).toMatch(/^- \*\*Removal\*\*: /m);
    expect(section.split("\n").length).toBeLessThanOrEqual(45);
  });

  it("names files and directories that are there", async () => {
    const named = page.match(/\b(deploy\/(kubernetes|compose|container)|scripts)(\/[\w.-]*\w)?/g);
    const paths = new Set(named?.filter((path) => !path.endsWith("/ours")));
    expect(paths.size).toBeGreaterThan(3);
    await Promise.all([...paths].map(async (path) => access(resolve(root, path))));
  });

  it("lists every component for Kubernetes, and no other", async () => {
    const there = await readdir(resolve(root, "deploy/kubernetes/components"));
    const listed = [...page.matchAll(/^\| `components\/([\w-]+)`/gm)].map(([, name]) => name);
    expect(new Set(listed)).toEqual(new Set(there));
  });

  it("names the version that is built here", async () => {
    const { version } = z
      .object({ version: z.string() })
      .parse(JSON.parse(await readFile(resolve(root, "package.json"), "utf8")));
    const named = page.match(/(?<=cudaprobe[-_:])\d+\.\d+\.\d+/g) ?? [];
    expect(named.length).toBeGreaterThan(5);
    expect(new Set(named)).toEqual(new Set([version]));
  });

  it("has computed rightly what Prometheus stores", () => {
    const rows = [...page.matchAll(/^\| [\w ]+ \| ([\d ]+)\| (\d+) s +\|([\d .|]+)\|$/gm)];
    expect(rows).toHaveLength(4);
    for (const [, samples, every, computed = ""] of rows) {
      const aDay = (Number(samples) * SECONDS_A_DAY) / Number(every);
      const megabytes = aDay * MEGABYTES_A_SAMPLE;
      const expected = [String(aDay), megabytes.toFixed(1), (30 * megabytes).toFixed(0)];
      expect(computed.split("|").map((cell) => cell.trim())).toEqual(expected);
    }
  });
});
