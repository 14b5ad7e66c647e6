import { constantFrom, dictionary, nat, property, record, string, tuple } from "fast-check";
import { describe, expect, test } from "vitest";
import { stringify } from "yaml";
import { parseWebConfig } from "../../src/config/parse-web-config.ts";
import type { WebConfig } from "../../src/config/web-config.ts";
import { fuzz, FUZZ_LIMIT_MS, watched } from "./fuzz.ts";
import { mutated } from "./mutations.ts";
import { faultsOfProblems } from "./problems.ts";

const FILE = "/etc/cudaprobe/web-config.yml";
const HASH = `$2y$10$${"abcdefghijklmnopqrstuvwxyz./ABCDEFGHIJKLMNOPQRSTUVWXY".slice(0, 53)}`;

const COMPLETE = `tls_server_config:
  cert_file: cudaprobe.pem
  key: |
    -----BEGIN PRIVATE KEY-----
    c2VjcmV0
    -----END PRIVATE KEY-----
  client_auth_type: RequireAndVerifyClientCert
  client_ca_file: ca.pem
  client_allowed_sans: [prometheus.example.org]
  min_version: TLS12
  cipher_suites: [TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256]
  curve_preferences: [X25519, CurveP256]
  prefer_server_cipher_suites: true
http_server_config:
  http2: true
  headers:
    Strict-Transport-Security: max-age=31536000
    X-Frame-Options: deny
basic_auth_users:
  prometheus: ${HASH}
rate_limit:
  interval: 1m30.5s
  burst: 50
`;
const USERS = `basic_auth_users:\n  prometheus: ${HASH}\n  "007": ${HASH}\n`;

describe("a web config that is nearly a valid one", () => {
  test(
    "is taken, or refused with places inside the file, at once",
    { timeout: FUZZ_LIMIT_MS },
    () => {
      fuzz(
        property(mutated([COMPLETE, USERS]), (text) => {
          expect(faultsOf(text)).toEqual([]);
        }),
      );
    },
  );

  test(
    "never loses a user: what it has is asked for, or it is refused",
    { timeout: FUZZ_LIMIT_MS },
    () => {
      fuzz(
        property(string({ unit: "binary", minLength: 1, maxLength: 12 }), names, (one, other) => {
          const users = new Map([one, other].map((name) => [name, HASH]));
          const parsed = parse(printUsers([...users.keys()]));
          expect(parsed.ok ? parsed.value.users : users).toEqual(users);
        }),
      );
    },
  );
});

const names = constantFrom(
  "__proto__",
  "constructor",
  "toString",
  "null",
  "~",
  "007",
  "<<",
  "true",
);

/** JSON is YAML, and takes any key. */
function printUsers(users: readonly string[]): string {
  const entries = users.map((name) => `${JSON.stringify(name)}: ${JSON.stringify(HASH)}`);
  return `basic_auth_users: {${entries.join(", ")}}\n`;
}

describe("a valid web config", () => {
  const values = record({
    users: dictionary(string({ minLength: 1, maxLength: 20 }), constantFrom(HASH), {
      maxKeys: 5,
      noNullPrototype: true,
    }),
    hours: nat(5),
    milliseconds: nat(5000),
    burst: nat(1000).map((count) => count + 1),
    indent: constantFrom(1, 4),
    http2: constantFrom("yes", "No", "TRUE", "off"),
  });

  test("says what was written, however it is printed", { timeout: FUZZ_LIMIT_MS }, () => {
    fuzz(
      property(values, ({ users, hours, milliseconds, burst, indent, http2 }) => {
        const value = {
          basic_auth_users: withoutPrototype(users),
          rate_limit: { interval: `${hours}h${milliseconds}ms`, burst: String(burst) },
          http_server_config: { http2 },
        };
        const printed = stringify(value, { indent, schema: "failsafe" });
        for (const text of [printed, JSON.stringify(value)]) {
          const config = load(text);
          expect(config.users).toEqual(new Map(Object.entries(withoutPrototype(users))));
          const intervalSeconds = hours * 3600 + milliseconds / 1000;
          expect(config.rateLimit?.intervalSeconds ?? 0).toBeCloseTo(intervalSeconds, 9);
        }
      }),
      0.5,
    );
  });
});

describe("a secret at the wrong place", () => {
  const secret = string({ minLength: 0, maxLength: 30 }).map((text) => `SECRET${text}`);
  const place = constantFrom(
    (text: string) => ({ basic_auth_users: { prometheus: text } }),
    (text: string) => ({ basic_auth_users: { prometheus: [text] } }),
    (text: string) => ({ basic_auth_users: text }),
    (text: string) => ({ tls_server_config: { key: { pem: text } } }),
    (text: string) => ({ tls_server_config: { key: [text], cert: "x" } }),
  );

  test("is in no message", { timeout: FUZZ_LIMIT_MS }, () => {
    fuzz(
      property(tuple(secret, place), ([text, make]) => {
        const parsed = parse(JSON.stringify(make(text)));
        expect(parsed.ok).toBe(false);
        expect(JSON.stringify(parsed)).not.toContain("SECRET");
      }),
      0.5,
    );
  });
});

function withoutPrototype(users: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(users).filter(([name]) => name !== "__proto__"));
}

function parse(text: string): ReturnType<typeof parseWebConfig> {
  return parseWebConfig(FILE, text);
}

function load(text: string): WebConfig {
  const parsed = parse(text);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.error));
  return parsed.value;
}

function faultsOf(text: string): readonly string[] {
  const parsed = watched(() => parse(text));
  if (!parsed.ok) return faultsOfProblems(parsed.error, { file: FILE, text });
  const { tls, users, headers, rateLimit } = parsed.value;
  const faults = {
    "a hash that is none": ![...users.values()].every((hash) => /^\$2[aby]\$\d\d\$/.test(hash)),
    "a header that ends another": ![...headers.values()].every((value) => !/[\r\n\0]/.test(value)),
    "a rate that is none": !Number.isFinite(rateLimit?.intervalSeconds ?? 0),
    "a bucket without a bottom": rateLimit !== undefined && rateLimit.burst < 1,
    "a file beside a text": tls !== undefined && "text" in tls.key && "file" in tls.key,
  };
  return Object.entries(faults).flatMap(([fault, found]) => (found ? [fault] : []));
}
