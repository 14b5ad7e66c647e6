import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { allAlerts } from "../../deploy/prometheus/source/groups.ts";
import { REASONS } from "../../src/protocol/reasons.ts";
import { SETTINGS } from "../../deploy/prometheus/source/settings.ts";

const PAGE = "docs/runbook.md";
const PARTS = ["Means", "Look at", "Do", "Known causes"];

describe("the runbook", () => {
  const alerts = allAlerts(SETTINGS);
  const names = [...new Set(alerts.map(({ alert }) => alert))];

  it("has a section for every alert, and none for another", async () => {
    const sections = await readSections();
    expect([...sections.keys()].toSorted()).toEqual(names.toSorted());
  });

  it("has a row for every reason, and none for another", async () => {
    const rows = [...(await readReasons()).matchAll(/^\| `(\w+)` +\| (\S.*?) +\| (\S.*?) +\|$/gm)];
    expect(rows.map(([, reason]) => reason)).toHaveLength(REASONS.length);
    expect(new Set(rows.map(([, reason]) => reason))).toEqual(new Set(REASONS));
  });

  it("says of each what it means, where to look, what to do and what it often is", async () => {
    const sections = await readSections();
    const incomplete = [...sections].filter(
      ([, text]) => !PARTS.every((part) => text.includes(`**${part}.**`)),
    );
    expect(incomplete.map(([name]) => name)).toEqual([]);
  });

  it("says what to do about a framework that does not start, and a command that says the wrong things", async () => {
    const sections = await readSections();
    const failing = sections.get("CudaprobeRunFailing") ?? "";
    expect(failing).toMatch(/^\| `unsafe_environment` /m);
    expect(failing).toMatch(/^\| `bad_output` of `runtime: command` .*protocol\.md/m);
    const skipped = sections.get("CudaprobeRunSkipped") ?? "";
    expect(skipped).toMatch(/`framework_missing`: .*`page_cache_busy`: /s);
  });

  it("is where alerts link to, by the anchors of its headings", async () => {
    const sections = await readSections();
    const anchors = new Set([...sections.keys()].map((name) => name.toLowerCase()));
    const links = alerts.map(({ annotations }) => new URL(annotations.runbook_url));
    expect(links.filter(({ pathname }) => !pathname.endsWith(PAGE))).toEqual([]);
    expect(links.filter(({ hash }) => !anchors.has(hash.slice(1)))).toEqual([]);
  });
});

async function readPage(): Promise<readonly string[]> {
  const text = await readFile(resolve(import.meta.dirname, "../..", PAGE), "utf8");
  return text.split(/^## /m).slice(1);
}

async function readReasons(): Promise<string> {
  return (await readPage()).find((section) => section.startsWith("Reasons\n")) ?? "";
}

/** The sections of the second level that are named like an alert, by name. */
async function readSections(): Promise<ReadonlyMap<string, string>> {
  const sections = (await readPage()).filter((section) => !section.startsWith("Reasons\n"));
  return new Map(
    sections.map((section) => {
      const [heading = "", ...lines] = section.split("\n");
      return [heading, lines.join("\n")];
    }),
  );
}
