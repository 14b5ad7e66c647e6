import { describe, expect, it } from "vitest";
import { metricsDocument } from "../../src/metrics/document.ts";
import { allFamilies } from "../../src/metrics/families.ts";
import { oneRunFamilies } from "../../src/metrics/one-run-families.ts";
import { KINDS } from "../../src/probes/index.ts";

const document = metricsDocument(KINDS);

describe("the document of metrics", () => {
  it("has every family once, with its help", () => {
    const entries = [...document.matchAll(/^### `(.*)`\n\n(.*)$/gm)].map(([text]) => text);
    const all = [...allFamilies(KINDS), ...oneRunFamilies];
    const families = all.map(({ name, help }) => `### \`${name}\`\n\n${help}`);
    expect(entries).toHaveLength(families.length);
    expect(new Set(entries)).toEqual(new Set(families));
  });

  it("says of a family that two kinds have that the second has it, too", () => {
    const [, density = ""] = document.split("## `density`\n");
    const [section] = density.split("\n## ");
    expect(section).toContain("Above, and of this kind too: `cudaprobe_density_limit_info`.\n");
    expect(section).not.toContain("### `cudaprobe_density_limit_info`");
  });

  it("names type, labels and buckets, the device's labels first", () => {
    expect(document).toContain(
      [
        "### `cudaprobe_run_skips_total`",
        "",
        "Runs that a gate stopped before they started, or that the probe itself skipped, by reason.",
        "",
        "- Type: counter",
        "- Labels: `gpu`, `gpu_uuid`, `mig_uuid`, `probe`, `kind`, `reason`",
        "",
      ].join("\n"),
    );
    expect(document).toContain("- Type: gauge\n- Labels: none\n");
    expect(document).toContain(
      "- Type: histogram\n- Labels: `kind`\n- Buckets: 0.01, 0.1, 1, 10, 60\n",
    );
    expect(document).toContain("- Type: gauge, last\n");
  });
});

describe("every family", () => {
  it.each(allFamilies(KINDS).map((family) => [family.name, family] as const))(
    "%s has a sentence of help, base units and no abbreviated name",
    (name, family) => {
      expect(name).toMatch(/^cudaprobe_[a-z_]+$/);
      expect(family.help).toMatch(/^[A-Z0-9].*\.$/);
      expect(name.endsWith("_total")).toBe(family.type === "counter");
      expect(family.buckets !== undefined).toBe(family.type === "histogram");
    },
  );
});
