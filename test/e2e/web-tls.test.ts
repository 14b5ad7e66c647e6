import { readFile } from "node:fs/promises";
import { connect } from "node:net";
import { join } from "node:path";
import { execa } from "execa";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { curl } from "../support/curl.ts";
import {
  askPlain,
  makeWebDirectory,
  TLS,
  withAuth,
  withPair,
  type WebDirectory,
} from "../support/web-directory.ts";

let directory: WebDirectory;

beforeAll(async () => {
  directory = await makeWebDirectory();
});

afterAll(async () => directory[Symbol.asyncDispose]());

describe("TLS", () => {
  test("serves those who trust its authority, by the paths beside the file", async () => {
    await using server = await directory.serve(TLS);
    expect(await directory.ask(server)).toMatchObject({ status: 200, text: "test_a 1\ntest_ü 2" });
    const distrusting = await curl(`https://${server.address}/metrics`);
    expect(distrusting.status).toBe(0);
  });

  test("says so to who asks without it, and takes the next connection", async () => {
    await using server = await directory.serve(TLS);
    const { status, text } = await askPlain(server);
    expect({ status, text }).toMatchObject({ status: 400, text: expect.stringContaining("HTTPS") });
    expect((await directory.ask(server)).status).toBe(200);
  });

  test("is off with an empty file", async () => {
    await using server = await directory.serve("");
    expect((await askPlain(server)).status).toBe(200);
    expect((await directory.ask(server)).status).toBe(0);
  });

  test("can stand in the file itself", async () => {
    const [cert, key] = await Promise.all(
      ["server.pem", "server.key"].map(async (name) => {
        const text = await readFile(join(directory.path, name), "utf8");
        return text.trimEnd().replaceAll("\n", "\n    ");
      }),
    );
    const config = `tls_server_config:\n  cert: |\n    ${cert ?? ""}\n  key: |\n    ${key ?? ""}\n`;
    await using server = await directory.serve(config);
    expect((await directory.ask(server)).status).toBe(200);
  });

  test("keeps to the versions that it is told", async () => {
    await using server = await directory.serve(`${TLS}  max_version: TLS12\n`);
    expect((await directory.ask(server, ["--tlsv1.2"])).status).toBe(200);
    expect((await directory.ask(server, ["--tlsv1.3"])).status).toBe(0);
    await server.configure(`${TLS}  min_version: TLS13\n`);
    expect((await directory.ask(server, ["--tls-max", "1.2"])).status).toBe(0);
    expect((await directory.ask(server, ["--tlsv1.3"])).status).toBe(200);
  });

  test("has the oldest versions only where the file asks for them", async () => {
    const old = ["--tls-max", "1.1", "--tlsv1.1", "--ciphers", "DEFAULT@SECLEVEL=0"];
    await using server = await directory.serve(TLS);
    expect((await directory.ask(server, old)).status).toBe(0);
    await server.configure(`${TLS}  min_version: TLS11\n`);
    expect((await directory.ask(server, old)).status).toBe(200);
  });

  test("keeps to the cipher suites and curves that it is told", async () => {
    const suite = "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384";
    await using server = await directory.serve(
      `${TLS}  cipher_suites: [${suite}]\n  curve_preferences: [CurveP384]\n`,
    );
    const tls12 = ["--tls-max", "1.2", "--curves", "P-256:P-384", "--ciphers"];
    expect((await directory.ask(server, [...tls12, "ECDHE-ECDSA-AES256-GCM-SHA384"])).status).toBe(
      200,
    );
    expect((await directory.ask(server, [...tls12, "ECDHE-ECDSA-AES128-GCM-SHA256"])).status).toBe(
      0,
    );
    expect((await directory.ask(server, ["--tlsv1.3", "--curves", "P-384"])).status).toBe(200);
    expect((await directory.ask(server, ["--tlsv1.3", "--curves", "P-256"])).status).toBe(0);
  });

  test("takes no session up again that an earlier certificate has begun", async () => {
    await using server = await directory.serve(TLS);
    const args = ["s_client", "-connect", server.address, "-reconnect", "-tls1_2"];
    const { stdout: text } = await execa("openssl", args, { input: "" });
    expect(text).toContain("New, TLSv1.2");
    expect(text).not.toContain("Reused, ");
  });
});

test.each([
  [TLS.replace("server.pem", "server.key"), "cert_file: PATH/server.key: there is no certificate"],
  [TLS.replace("server.key", "server.pem"), "key_file: PATH/server.pem: there is no private key"],
  [TLS.replace("server.key", "client.key"), "key_file: this is not the key of the certificate"],
  [withAuth("RequestClientCert").replace("ca.pem", "server.key"), "there is no certificate in PEM"],
  [TLS.replace("server.pem", "."), "cert_file: PATH: this is a directory, not a file"],
])("files that do not hold what they should are told of: %j", async (config, problem) => {
  const refused = directory.serve(config);
  await expect(refused).rejects.toThrow(problem.replace("PATH", directory.path));
  await expect(refused).rejects.not.toThrow("BEGIN");
});

describe("client certificates", () => {
  test.each([
    { type: "RequestClientCert", statuses: { none: 200, ours: 200, foreign: 200 } },
    { type: "RequireAnyClientCert", statuses: { none: 0, ours: 200, foreign: 200 } },
    { type: "RequireClientCert", statuses: { none: 0, ours: 200, foreign: 200 } },
    { type: "VerifyClientCertIfGiven", statuses: { none: 200, ours: 200, foreign: 0 } },
    { type: "RequireAndVerifyClientCert", statuses: { none: 0, ours: 200, foreign: 0 } },
  ])("are judged by $type", async ({ type, statuses }) => {
    await using server = await directory.serve(withAuth(type));
    for (const version of [["--tls-max", "1.2"], ["--tlsv1.3"]]) {
      const status = async (args: readonly string[]): Promise<number> =>
        (await directory.ask(server, [...version, ...args])).status;
      expect({
        none: await status([]),
        ours: await status(withPair(directory.client)),
        foreign: await status(withPair(directory.foreign)),
      }).toEqual(statuses);
    }
  });

  test.each([
    { sans: ["scraper.example"], allowed: true },
    { sans: ["::1"], allowed: true },
    { sans: ["spiffe://a/b", "nobody"], allowed: true },
    { sans: ["SCRAPER.example", "scraper", "DNS:scraper.example"], allowed: false },
    { sans: ["ops@example.org"], allowed: false },
    { sans: [], allowed: false },
  ])("need one of the names $sans", async ({ sans, allowed }) => {
    const list = `  client_allowed_sans: ${JSON.stringify(sans)}\n`;
    await using server = await directory.serve(withAuth("RequireAndVerifyClientCert") + list);
    expect((await directory.ask(server, withPair(directory.client))).status).toBe(
      allowed ? 200 : 0,
    );
  });

  test("are needed where names are, even where a certificate is only asked for", async () => {
    const list = '  client_allowed_sans: ["ops@example.org"]\n';
    await using server = await directory.serve(withAuth("VerifyClientCertIfGiven") + list);
    expect((await directory.ask(server)).status).toBe(0);
    expect((await directory.ask(server, withPair(directory.other))).status).toBe(200);
  });

  test("are asked for from the next connection on when the file says so", async () => {
    await using server = await directory.serve(TLS);
    expect((await directory.ask(server)).status).toBe(200);
    await server.configure(withAuth("RequireAndVerifyClientCert"));
    expect((await directory.ask(server)).status).toBe(0);
    expect((await directory.ask(server, withPair(directory.client))).status).toBe(200);
  });
});

test("closing ends connections that never shake hands", async () => {
  const server = await directory.serve(TLS);
  const [host = "", port = ""] = server.address.split(":");
  const socket = connect(Number(port), host).resume();
  const closed = new Promise((resolve) => socket.once("close", resolve));
  expect((await directory.ask(server)).status).toBe(200);
  await server[Symbol.asyncDispose]();
  await closed;
  expect(socket.destroyed).toBe(true);
});
