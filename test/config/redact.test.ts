import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { redactConfig } from "../../src/config/redact.ts";

describe("a redacted config", () => {
  it.each([
    ["password: hunter2", "password: <redacted>"],
    ["api_key: 'a b'", "api_key: <redacted>"],
    ["secrets: [one, { a: two }]", "secrets: [<redacted>, { a: <redacted> }]"],
    ["env: { HOME: /root, LEVEL: 3 }", "env: { HOME: <redacted>, LEVEL: <redacted> }"],
    ["proxy: https://user:pw@host/path", "proxy: https://<redacted>@host/path"],
    ["argv: [/opt/x, --api-token, abc, -n, 5]", "argv: [/opt/x, --api-token, <redacted>, -n, 5]"],
    ['argv: [/opt/x, "--password=abc"]', 'argv: [/opt/x, "--password=<redacted>"]'],
    ["argv: /opt/x --token abc --n 5", "argv: /opt/x --token <redacted> --n 5"],
    ["# token: abc, as it was", "# token: <redacted>, as it was"],
  ])("has %s as %s", (text, redacted) => {
    expect(redactConfig(`probes: []\n${text}\nlast: 1\n`)).toBe(
      `probes: []\n${redacted}\nlast: 1\n`,
    );
  });

  it("leaves no line of a value that has several", () => {
    const redacted = redactConfig("password: |\n  one\n  two\nnext: 1\n");
    expect(redacted).toBe("password: <redacted>\nnext: 1\n");
  });

  it("hides what a scalar of several lines in an argv says after a flag", () => {
    expect(redactConfig("argv:\n  - /opt/x\n  - --secret\n  - |\n    a\n    b\n")).not.toMatch(
      /\b[ab]\b/,
    );
  });

  it("is the text itself where nothing is secret, comments and all", () => {
    const text = readFileSync("config/cudaprobe.yml", "utf8");
    expect(redactConfig(text)).toBe(text);
    expect(redactConfig("argv: [/opt/x, --model, resnet]\nschedule: '* * * * *'\n")).toBe(
      "argv: [/opt/x, --model, resnet]\nschedule: '* * * * *'\n",
    );
  });
});
