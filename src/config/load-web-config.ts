import { createPrivateKey, X509Certificate } from "node:crypto";
import { readFile } from "node:fs/promises";
import { fail, ok, type Result } from "../base/result.ts";
import type { ConfigProblem } from "./config.ts";
import { describeReadError } from "./load-config.ts";
import type { Mistake } from "./mistakes.ts";
import { locateWebConfig, parseWebConfig } from "./parse-web-config.ts";
import { placeMistakes } from "./problem.ts";
import type { PemSource, TlsConfig, WebConfig } from "./web-config.ts";

/** PEM texts of `tls_server_config`. */
export interface TlsMaterial {
  readonly certificate: string;
  readonly key: string;
  readonly clientAuthority: string | undefined;
}

/** A web config with what its files say. */
export interface LoadedWebConfig {
  readonly config: WebConfig;
  /** Undefined without TLS. */
  readonly material: TlsMaterial | undefined;
}

/**
 * Reads and checks a web config and the files that it names; gives `before` itself when nothing has changed. No problem shows what they
 * hold.
 */
export async function loadWebConfig(
  file: string,
  before?: LoadedWebConfig,
): Promise<Result<LoadedWebConfig, readonly ConfigProblem[]>> {
  const text = await readText(file);
  if (!text.ok) return fail([{ file, line: 0, column: 0, key: "", message: text.error }]);
  const config =
    text.value === before?.config.text ? ok(before.config) : parseWebConfig(file, text.value);
  if (!config.ok) return config;
  const { tls } = config.value;
  const material = tls === undefined ? ok(undefined) : await readMaterial(tls);
  if (!material.ok) return fail(placeMistakes(file, locateWebConfig(config.value), material.error));
  const loaded = { config: config.value, material: material.value };
  return ok(before !== undefined && isSame(loaded, before) ? before : loaded);
}

function isSame(left: LoadedWebConfig, right: LoadedWebConfig): boolean {
  const describe = ({ config, material }: LoadedWebConfig): string =>
    JSON.stringify([config.text, material]);
  return describe(left) === describe(right);
}

async function readMaterial(tls: TlsConfig): Promise<Result<TlsMaterial, readonly Mistake[]>> {
  const { certificate, key, clientAuthority } = tls;
  const [certificateText, keyText, authorityText] = await Promise.all([
    readPem("cert", certificate, checkCertificates),
    readPem("key", key, checkKey),
    clientAuthority === undefined
      ? ok(undefined)
      : readPem("client_ca", clientAuthority, checkCertificates),
  ]);
  if (!certificateText.ok || !keyText.ok || !authorityText.ok) {
    const results = [certificateText, keyText, authorityText];
    return fail(results.flatMap((result) => (result.ok ? [] : [result.error])));
  }
  const material = {
    certificate: certificateText.value,
    key: keyText.value,
    clientAuthority: authorityText.value,
  };
  if (isPair(material)) return ok(material);
  const message = "this is not the key of the certificate";
  return fail([{ path: keyPath("key", key), message }]);
}

async function readPem(
  name: string,
  source: PemSource,
  check: (pem: string) => string | undefined,
): Promise<Result<string, Mistake>> {
  const path = keyPath(name, source);
  const read = "text" in source ? ok(source.text) : await readText(source.file);
  const message = read.ok ? check(read.value) : read.error;
  if (read.ok && message === undefined) return read;
  const where = "file" in source ? `${source.file}: ` : "";
  return fail({ path, message: `${where}${message ?? ""}` });
}

function keyPath(name: string, source: PemSource): readonly string[] {
  return ["tls_server_config", "file" in source ? `${name}_file` : name];
}

async function readText(file: string): Promise<Result<string>> {
  return readFile(file, "utf8").then(ok, (error: unknown) =>
    fail(describeReadError(error).message),
  );
}

const CERTIFICATE = /-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/g;

function checkCertificates(pem: string): string | undefined {
  const found = pem.match(CERTIFICATE) ?? [];
  if (found.length === 0) return "there is no certificate in PEM";
  return found.every((one) => succeeds(() => new X509Certificate(one)))
    ? undefined
    : "one of its certificates cannot be read";
}

function checkKey(pem: string): string | undefined {
  return succeeds(() => createPrivateKey(pem))
    ? undefined
    : "there is no private key in PEM that can be read without a passphrase";
}

/** The server's own certificate comes first, those that lead to its authority follow. */
function isPair({ certificate, key }: TlsMaterial): boolean {
  const [own = ""] = certificate.match(CERTIFICATE) ?? [];
  return new X509Certificate(own).checkPrivateKey(createPrivateKey(key));
}

function succeeds(action: () => unknown): boolean {
  try {
    action();
    return true;
  } catch {
    return false;
  }
}
