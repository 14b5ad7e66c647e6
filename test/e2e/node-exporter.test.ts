import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { curl } from "../support/curl.ts";
import { startNodeExporter } from "../support/node-exporter.ts";
import {
  makeWebDirectory,
  TLS,
  withAuth,
  withPair,
  type WebDirectory,
} from "../support/web-directory.ts";
import { startWebServer } from "../support/web-server.ts";

const HEADERS = `http_server_config:
  http2: false
  headers:
    X-Frame-Options: deny
    X-Content-Type-Options: nosniff
    X-XSS-Protection: "0"
    Content-Security-Policy: default-src 'self'
    Strict-Transport-Security: max-age=1
`;
const SET = [
  "x-frame-options",
  "x-content-type-options",
  "x-xss-protection",
  "content-security-policy",
  "strict-transport-security",
] as const;

let directory: WebDirectory;
/** Requests by what they are: the scheme, and arguments of curl. */
let requests: Readonly<Record<string, readonly [scheme: string, ...args: readonly string[]]>> = {};

beforeAll(async () => {
  directory = await makeWebDirectory();
  requests = makeRequests(directory);
});

afterAll(async () => directory[Symbol.asyncDispose]());

function authorization(value: string): readonly string[] {
  return ["--header", `Authorization: ${value}`];
}

function makeRequests({ path, client, foreign }: WebDirectory): typeof requests {
  const https = ["https", "--cacert", join(path, "ca.pem")] as const;
  return {
    plain: ["http"],
    "plain, right": ["http", "--user", "ada:right"],
    "plain, wrong": ["http", "--user", "ada:wrong"],
    "plain, unknown": ["http", "--user", "bob:right"],
    "plain, no password": ["http", "--user", "007:"],
    "plain, a number that is equal": ["http", "--user", "7:"],
    "plain, no base64": ["http", ...authorization("Basic YWRhOnJpZ2h0!")],
    "plain, no padding": ["http", ...authorization("Basic YWRhOnJpZ2h0Og")],
    "plain, no colon": ["http", ...authorization("Basic YWRh")],
    "plain, lower case": ["http", ...authorization("basic YWRhOnJpZ2h0")],
    "plain, two spaces": ["http", ...authorization("Basic  YWRhOnJpZ2h0")],
    "plain, bearer": ["http", ...authorization("Bearer YWRhOnJpZ2h0")],
    "plain, HEAD": ["http", "--head"],
    TLS: https,
    "TLS, right": [...https, "--user", "ada:right"],
    "TLS, wrong": [...https, "--user", "ada:wrong"],
    "TLS 1.1": [...https, "--tls-max", "1.1", "--ciphers", "DEFAULT@SECLEVEL=0"],
    "TLS 1.2": [...https, "--tls-max", "1.2"],
    "TLS 1.3": [...https, "--tlsv1.3"],
    "a cipher suite": [...https, "--tls-max", "1.2", "--ciphers", "ECDHE-ECDSA-AES128-GCM-SHA256"],
    "another suite": [...https, "--tls-max", "1.2", "--ciphers", "ECDHE-ECDSA-AES256-GCM-SHA384"],
    "a curve": [...https, "--curves", "P-384"],
    "another curve": [...https, "--curves", "P-256"],
    "our client": [...https, ...withPair(client)],
    "our client, TLS 1.2": [...https, "--tls-max", "1.2", ...withPair(client)],
    "a foreign client": [...https, ...withPair(foreign)],
    "a foreign client, TLS 1.2": [...https, "--tls-max", "1.2", ...withPair(foreign)],
  };
}

/** Status codes by request. */
async function askAll(address: string): Promise<Readonly<Record<string, number>>> {
  const answers: [string, number][] = [];
  for (const [name, [scheme, ...args]] of Object.entries(requests)) {
    answers.push([name, (await curl(`${scheme}://${address}/metrics`, args)).status]);
  }
  return Object.fromEntries(answers);
}

interface Case {
  readonly what: string;
  readonly config: () => string;
  /** How many of the requests are answered with 200. */
  readonly served: number;
}

const GOOD: readonly Case[] = [
  { what: "an empty file", config: () => "", served: 13 },
  { what: "empty sections", config: () => "tls_server_config:\nbasic_auth_users:\n", served: 13 },
  { what: "users", config: () => directory.users, served: 3 },
  { what: "TLS", config: () => TLS, served: 13 },
  { what: "TLS and users", config: () => TLS + directory.users, served: 1 },
  { what: "headers", config: () => HEADERS, served: 13 },
  { what: "TLS 1.3 alone", config: () => `${TLS}  min_version: TLS13\n`, served: 8 },
  { what: "TLS 1.2 at most", config: () => `${TLS}  max_version: TLS12\n`, served: 11 },
  { what: "TLS 1.1 too", config: () => `${TLS}  min_version: TLS11\n`, served: 14 },
  {
    what: "a cipher suite",
    config: () => `${TLS}  cipher_suites: [TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256]\n`,
    served: 12,
  },
  { what: "a curve", config: () => `${TLS}  curve_preferences: [CurveP384]\n`, served: 12 },
  {
    what: "YAML's old words",
    config: () => `${TLS}  prefer_server_cipher_suites: no\nhttp_server_config: { http2: off }\n`,
    served: 13,
  },
  { what: "NoClientCert", config: () => `${TLS}  client_auth_type: NoClientCert\n`, served: 13 },
  { what: "RequestClientCert", config: () => withAuth("RequestClientCert"), served: 13 },
  { what: "RequireAnyClientCert", config: () => withAuth("RequireAnyClientCert"), served: 4 },
  { what: "RequireClientCert", config: () => withAuth("RequireClientCert"), served: 4 },
  {
    what: "VerifyClientCertIfGiven",
    config: () => withAuth("VerifyClientCertIfGiven"),
    served: 11,
  },
  { what: "a client CA", config: () => withAuth("RequireAndVerifyClientCert"), served: 2 },
];

const BAD: readonly (readonly [what: string, config: string])[] = [
  ["an unknown section", "tls: {}\n"],
  ["an unknown key", `${TLS}  cert_path: a\n`],
  ["no YAML", "{"],
  ["a list", "- a\n"],
  ["a key that is there twice", `${TLS}  cert_file: other.pem\n`],
  ["a hash that is none", "basic_auth_users: { ada: right }\n"],
  ["an impossible cost", `basic_auth_users: { ada: "$2b$32$${"a".repeat(53)}" }\n`],
  ["no key", "tls_server_config: { cert_file: server.pem }\n"],
  ["no certificate", "tls_server_config: { key_file: server.key }\n"],
  ["only a client_auth_type", "tls_server_config: { client_auth_type: RequestClientCert }\n"],
  ["a file that is not there", TLS.replace("server.pem", "none.pem")],
  ["another's key", TLS.replace("server.key", "client.key")],
  ["a key in place of the certificate", TLS.replace("server.pem", "server.key")],
  ["a client CA and no client_auth_type", `${TLS}  client_ca_file: ca.pem\n`],
  ["a client CA and NoClientCert", withAuth("NoClientCert")],
  ["a client CA that is not there", withAuth("RequestClientCert").replace("ca.pem", "none.pem")],
  ["an unknown client_auth_type", `${TLS}  client_auth_type: requireAnyClientCert\n`],
  ["an unknown version", `${TLS}  min_version: "1.2"\n`],
  ["an unknown suite", `${TLS}  cipher_suites: [ECDHE-ECDSA-AES128-GCM-SHA256]\n`],
  ["an unknown curve", `${TLS}  curve_preferences: [P-256]\n`],
  ["a header that may not be set", "http_server_config: { headers: { X-Other: a } }\n"],
  ["a header in lower case", "http_server_config: { headers: { x-frame-options: deny } }\n"],
  ["a value that is not allowed", "http_server_config: { headers: { X-Frame-Options: DENY } }\n"],
  ["a switch that is none", "http_server_config: { http2: maybe }\n"],
];

describe("node_exporter and we", () => {
  test.each(GOOD)("answer alike with $what", async ({ config, served }) => {
    await using ours = await startWebServer(directory.path, config());
    await using theirs = await startNodeExporter(join(directory.path, "web.yml"));
    const statuses = await askAll(ours.address);
    expect(statuses).toEqual(await askAll(theirs.address));
    expect(Object.values(statuses).filter((status) => status === 200)).toHaveLength(served);
  });

  test("set the same headers", async () => {
    await using ours = await startWebServer(directory.path, HEADERS + directory.users);
    await using theirs = await startNodeExporter(join(directory.path, "web.yml"));
    for (const login of ["ada:right", "ada:wrong"]) {
      const [left, right] = await Promise.all(
        [ours, theirs].map(async ({ address }) => {
          const { headers } = await curl(`http://${address}/metrics`, ["--user", login]);
          return [...SET, "www-authenticate"].map((name) => [name, headers.get(name)]);
        }),
      );
      expect(left).toEqual(right);
      expect(left?.[0]).toEqual(["x-frame-options", "deny"]);
    }
  });

  test.each(BAD)("refuse %s", async (_, config) => {
    await writeFile(join(directory.path, "web.yml"), config);
    await expect(startNodeExporter(join(directory.path, "web.yml"))).rejects.toThrow("never came");
    await expect(startWebServer(directory.path, config)).rejects.toThrow("web.yml");
  });
});
