import { readdir, readFile, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { allAlerts } from "../../deploy/prometheus/source/groups.ts";
import { SETTINGS } from "../../deploy/prometheus/source/settings.ts";
import { renderRules } from "../../deploy/prometheus/source/files.ts";
import { runPromtool } from "../support/promtool.ts";
import { makeTemporaryDirectory } from "../support/temporary-directory.ts";

const folder = resolve(import.meta.dirname, "../../deploy/prometheus");
const files = await readdir(join(folder, "tests"));
/** The whole of it, so that a failure shows what promtool says. */
const SUCCESS = { code: 0, output: expect.stringContaining("SUCCESS") };

describe("the rules for Prometheus", () => {
  it("are valid", () => {
    expect(runPromtool(["check", "rules", join(folder, "cudaprobe.rules.yml")])).toEqual(SUCCESS);
  });

  it("are valid for a part of the series, and when time is short", async () => {
    await using directory = await makeTemporaryDirectory();
    const file = join(directory.path, "rules.yml");
    await writeFile(file, renderRules({ ...SETTINGS, selector: 'cluster="a"', scale: 1 / 3600 }));
    expect(runPromtool(["check", "rules", file])).toEqual(SUCCESS);
  });

  it.each(files)("warn when they should, and only then: %s", (file) => {
    expect(runPromtool(["test", "rules", join(folder, "tests", file)])).toEqual(SUCCESS);
  });

  it("are each seen to fire", async () => {
    const fired = (await Promise.all(files.map(readFired))).flat();
    const alerts = allAlerts(SETTINGS).map(({ alert, labels }) => `${alert} ${labels.severity}`);
    expect([...new Set(fired)].toSorted()).toEqual(alerts.toSorted());
  });
});

interface Tests {
  readonly tests: readonly {
    readonly alert_rule_test?: readonly {
      readonly alertname: string;
      readonly exp_alerts: readonly { readonly exp_labels: { readonly severity: string } }[];
    }[];
  }[];
}

/** Which alerts a file of tests expects, with their severities. */
async function readFired(file: string): Promise<readonly string[]> {
  const text = await readFile(join(folder, "tests", file), "utf8");
  const { tests }: Tests = parse(text, { merge: true });
  return tests
    .flatMap((test) => test.alert_rule_test ?? [])
    .flatMap(({ alertname, exp_alerts }) =>
      exp_alerts.map(({ exp_labels }) => `${alertname} ${exp_labels.severity}`),
    );
}
