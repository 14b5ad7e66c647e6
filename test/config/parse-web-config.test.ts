import { describe, expect, it } from "vitest";
import { parseWebConfig } from "../../src/config/parse-web-config.ts";
import { formatProblem } from "../../src/config/problem.ts";
import type { WebConfig } from "../../src/config/web-config.ts";

const HASH = `$2y$10$${"a".repeat(53)}`;

function parse(text: string): WebConfig {
  const parsed = parseWebConfig("/etc/x/web.yml", text);
  if (!parsed.ok) throw new Error(parsed.error.map(formatProblem).join("\n"));
  return parsed.value;
}

function problems(text: string): readonly string[] {
  const parsed = parseWebConfig("web.yml", text);
  return parsed.ok ? [] : parsed.error.map(formatProblem);
}

describe("a web config", () => {
  it.each(["", "# nothing\n", "tls_server_config:\nhttp_server_config:\n  headers:\n"])(
    "without a key is plain HTTP: %j",
    (text) => {
      const { tls, headers, users, rateLimit } = parse(text);
      expect({ tls, rateLimit }).toEqual({ tls: undefined, rateLimit: undefined });
      expect([...headers, ...users]).toEqual([]);
    },
  );

  it("has its files beside it, and the toolkit's defaults", () => {
    expect(parse("tls_server_config: { cert_file: a.pem, key_file: /b.key }\n").tls).toEqual({
      certificate: { file: "/etc/x/a.pem" },
      key: { file: "/b.key" },
      clientAuthority: undefined,
      clientAuth: "NoClientCert",
      allowedSans: undefined,
      minVersion: "TLS12",
      maxVersion: "TLS13",
      cipherSuites: [],
      curves: [],
      prefersServerOrder: true,
    });
  });

  it("takes a file before a text, and an empty text for none", () => {
    const { tls } = parse("tls_server_config: { cert_file: a, cert: x, key: y, key_file: '' }\n");
    expect(tls).toMatchObject({ certificate: { file: "/etc/x/a" }, key: { text: "y" } });
  });

  it("reads users as they are written", () => {
    expect([...parse(`basic_auth_users:\n  007: ${HASH}\n  "yes": ${HASH}\n`).users]).toEqual([
      ["007", HASH],
      ["yes", HASH],
    ]);
  });

  it("writes a header of several lines as one, as Go's servers do", () => {
    const headers = 'headers: { X-XSS-Protection: "1;\\r\\n mode=block\\n" }';
    expect([...parse(`http_server_config: { ${headers} }\n`).headers]).toEqual([
      ["X-XSS-Protection", "1;   mode=block"],
    ]);
  });

  it("leaves out headers that are blank", () => {
    const headers = "{ X-Frame-Options: '', X-XSS-Protection: 0 }";
    expect([...parse(`http_server_config: { headers: ${headers} }\n`).headers]).toEqual([
      ["X-XSS-Protection", "0"],
    ]);
  });

  it.each([
    ["1s", 1],
    ["1m30s", 90],
    ["1.5h", 5400],
    ["250ms", 0.25],
    ["10us", 1e-5],
  ])("has a limit with an interval of %s", (interval, seconds) => {
    const { rateLimit } = parse(`rate_limit: { interval: ${interval}, burst: 3 }\n`);
    expect(rateLimit?.intervalSeconds).toBeCloseTo(seconds, 9);
    expect(rateLimit?.burst).toBe(3);
  });

  it("has no limit with an interval of 0", () => {
    expect(parse("rate_limit: { interval: 0, burst: 3 }\n").rateLimit).toBeUndefined();
  });
});

describe("a mistake in a web config", () => {
  it.each([
    ["foo: 1\n", 'web.yml:1:1: foo: unknown key "foo"; allowed: tls_server_config, '],
    ["\ntls_server_config:\n  certfile: a\n", "did you mean cert_file? allowed: cert, key, "],
    ["tls_server_config: { min_version: TLS1 }\n", 'min_version: unknown value "TLS1"; did you'],
    ["tls_server_config: { cipher_suites: [x] }\n", "tls_server_config.cipher_suites[0]: unknown"],
    ["tls_server_config: { cipher_suites: x }\n", "cipher_suites: must be a list of texts"],
    ["tls_server_config: { cert: [a] }\n", "tls_server_config.cert: must be text"],
    ["tls_server_config: { cert_file: a }\n", "tls_server_config: TLS needs key_file (or key)"],
    ["tls_server_config: { client_auth_type: NoClientCert }\n", "TLS needs cert_file (or cert)"],
    [
      "tls_server_config: { cert: a, key: b, min_version: TLS13, max_version: TLS12 }\n",
      "tls_server_config.min_version: is above max_version",
    ],
    ["http_server_config: { http2: 2 }\n", "http_server_config.http2: must be true or false"],
    ["http_server_config: { headers: { Server: a } }\n", 'headers.Server: unknown key "Server"'],
    [
      'http_server_config: { headers: { X-XSS-Protection: "a\\0b" } }\n',
      "headers.X-XSS-Protection: must be text that a header can have",
    ],
    ["rate_limit: { interval: 1, burst: 1 }\n", "such as 100ms, 1s or 1m30s"],
    ["rate_limit: { interval: 1s }\n", "rate_limit.burst: must be at least 1"],
    ["rate_limit: { interval: 1s, burst: -1 }\n", "rate_limit.burst: must be a whole number"],
    ["- a\n", "web.yml:1:1: the file must be a mapping of keys"],
    ["a: &x 1\nb: [*x]\n", "web.yml:2:5: aliases (*name) are not allowed"],
  ])("is told with its place: %j", (text, problem) => {
    expect(problems(text).join("\n")).toContain(problem);
  });

  it.each(["basic_auth_users: hunter2", "tls_server_config: [hunter2]", "rate_limit: hunter2"])(
    "does not show what stands where a section should: %s",
    (text) => {
      expect(problems(text)).toEqual([
        expect.stringContaining("this is not allowed: must be a mapping"),
      ]);
      expect(problems(text).join()).not.toContain("hunter2");
    },
  );

  it("is a user by the name of __proto__, who would not be asked for a password", () => {
    expect(problems(`basic_auth_users: { __proto__: ${HASH} }`)).toEqual([
      expect.stringContaining("the key __proto__ is not allowed"),
    ]);
  });

  it.each([`${"9".repeat(400)}h`, "9999999h", "1".repeat(200_000)])(
    "is an interval without an end, and found at once: %.20s",
    (interval) => {
      expect(problems(`rate_limit: { interval: "${interval}", burst: 1 }`)).toEqual([
        expect.stringContaining("must be a duration"),
      ]);
    },
  );

  it("does not show what may be a secret", () => {
    const text = `basic_auth_users: { ada: secret }\ntls_server_config: { key: [secret] }\n`;
    expect(problems(text)).toHaveLength(2);
    expect(problems(text).join("\n")).not.toContain("secret");
  });

  it.each([`$2x$10$${"a".repeat(53)}`, HASH.slice(1), `${HASH}a`, HASH.replace("10", "03"), ""])(
    "is a hash such as %j",
    (hash) => {
      expect(problems(`basic_auth_users: { ada: "${hash}" }\n`)).toEqual([
        expect.stringContaining("web.yml:1:21: basic_auth_users.ada: must be a bcrypt hash"),
      ]);
    },
  );
});
