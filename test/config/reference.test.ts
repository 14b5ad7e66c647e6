import { describe, expect, it } from "vitest";
import { renderConfigurationPage } from "../../src/config/reference.ts";
import { kinds } from "./fixtures.ts";

const PAGE = renderConfigurationPage(kinds);

/** The text from a heading to the next one. */
function section(heading: string): string {
  return PAGE.slice(PAGE.indexOf(`# ${heading}\n`)).split(/\n#/)[0] ?? "";
}

describe("renderConfigurationPage", () => {
  it("has a row a key, with its default in people's units", () => {
    expect(section("`gates`")).toContain("| `min_free_memory` | size | `1GiB` | A run is skipped");
    expect(section("`limits`")).toContain("| `history` | whole number from 1 to 1000 | `50` |");
    expect(section("`driver`")).toContain("| `libcuda` | text |  | The library");
  });

  it("tells keys that must be there from those with a default", () => {
    expect(section("`probes`")).toContain("| `schedule` | text | required |");
    expect(section("`probes`")).toContain("| `jitter` | duration |  |");
    expect(section("`probes`")).toContain("| `gpus` | `all`, or a list | `all` |");
  });

  it("has the keys of each kind once, under it, with its default timeout", () => {
    const census = section("`kind: census`");
    expect(census).toContain("| `depth` | whole number from 1 to 9 | `3` | How deep to count. |");
    expect(census).toContain("The default timeout is 7s.");
    expect(census).toContain("no `gpus`");
    expect(census).not.toContain("schedule");
    expect(section("`kind: cold_start`")).toContain("| `jit_cache` | `warm`, `cold` | `warm` |");
    expect(section("`probes`")).not.toContain("jit_cache");
  });

  it("has no row without a description", () => {
    expect(PAGE.split("\n").filter((line) => /^\|.*\|\s*\|$/.test(line))).toEqual([]);
  });
});
