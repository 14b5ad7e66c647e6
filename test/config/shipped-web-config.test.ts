import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { parseWebConfig } from "../../src/config/parse-web-config.ts";
import { formatProblem } from "../../src/config/problem.ts";
import { webConfigSchema } from "../../src/config/web-config-schema.ts";

const FILE = resolve(import.meta.dirname, "../../config/web-config.yml");
const TEXT = readFileSync(FILE, "utf8");

/** With its commented keys switched on, and a hash where it has dots. */
const SPELT_OUT = TEXT.replaceAll(/^( *)# ([A-Za-z0-9_-]+: .*)$/gm, "$1$2")
  .replace("$...", `$${"a".repeat(53)}`)
  .replace("  Made with: htpasswd -nBC 10 prometheus\n", "");

describe("the web config that is shipped", () => {
  it("is plain HTTP as it is", () => {
    const parsed = parseWebConfig(FILE, TEXT);
    expect(parsed).toMatchObject({ ok: true, value: { tls: undefined, rateLimit: undefined } });
  });

  it("has no mistake when its keys are switched on", () => {
    const parsed = parseWebConfig(FILE, SPELT_OUT);
    expect(parsed.ok ? [] : parsed.error.map(formatProblem)).toEqual([]);
    expect(parsed).toMatchObject({
      value: {
        tls: { clientAuth: "RequireAndVerifyClientCert", minVersion: "TLS12", maxVersion: "TLS13" },
        rateLimit: { intervalSeconds: 0.1, burst: 50 },
      },
    });
  });

  it("has every key, but for those that stand in place of a file", () => {
    const { tls_server_config, http_server_config, rate_limit } = webConfigSchema.shape;
    const sections = [tls_server_config, http_server_config, rate_limit];
    const keys = sections.flatMap(({ shape }) => Object.keys(shape));
    const missing = keys.filter((key) => !new RegExp(`^ +${key}:`, "m").test(SPELT_OUT));
    expect(missing).toEqual(["cert", "key", "client_ca"]);
  });
});
