import { dirname, resolve } from "node:path";
import { fail, ok, type Result } from "../base/result.ts";
import type { ConfigProblem } from "./config.ts";
import { findMistakes, type Mistake } from "./mistakes.ts";
import { placeMistakes, placeProblems } from "./problem.ts";
import { parseYaml, type YamlText } from "./syntax.ts";
import type { PemSource, RateLimit, TlsConfig, WebConfig } from "./web-config.ts";
import { type TlsValues, webConfigSchema, type WebConfigValues } from "./web-config-schema.ts";
import { namesOf, TLS_VERSIONS } from "./web-tls-names.ts";

/** Checks a web config, or says all that is wrong with it. An empty file is plain HTTP. Reads no other files. */
export function parseWebConfig(
  file: string,
  text: string,
): Result<WebConfig, readonly ConfigProblem[]> {
  const yaml = parseYaml(text, WEB_YAML);
  if (!yaml.ok) return fail(placeProblems(file, yaml.error));
  const value = fillSections(yaml.value.document.toJS());
  const mistakes = findMistakes(webConfigSchema, value, { showValues: false });
  if (mistakes.length > 0) return fail(placeMistakes(file, yaml.value, mistakes));
  const values = webConfigSchema.parse(value);
  const conflicts = [...findTlsConflicts(values.tls_server_config), ...findBurst(values)];
  if (conflicts.length > 0) return fail(placeMistakes(file, yaml.value, conflicts));
  return ok(makeWebConfig(values, { file, text }));
}

/** Where the keys of a web config without mistakes stand, for what is found wrong with the files that it names. */
export function locateWebConfig({ text }: WebConfig): YamlText {
  const yaml = parseYaml(text, WEB_YAML);
  if (!yaml.ok) throw new Error("the text of a parsed web config is valid YAML");
  return yaml.value;
}

const WEB_YAML = { plainText: true, allowEmpty: true } as const;

/** A section that is left out, or all of whose keys are commented out, is an empty one. */
function fillSections(value: unknown): unknown {
  const file = fill(value, Object.keys(webConfigSchema.shape));
  if (!isMapping(file)) return file;
  return { ...file, http_server_config: fill(file["http_server_config"], ["headers"]) };
}

function fill(value: unknown, sections: readonly string[]): unknown {
  const given = isEmpty(value) ? {} : value;
  if (!isMapping(given)) return given;
  const filled = sections.map((name) => [name, isEmpty(given[name]) ? {} : given[name]]);
  return { ...given, ...Object.fromEntries(filled) };
}

function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || value === "" || value === "~" || value === "null";
}

function isMapping(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function usesTls(tls: TlsValues): boolean {
  const given = [tls.cert, tls.cert_file, tls.key, tls.key_file, tls.client_ca, tls.client_ca_file];
  return tls.client_auth_type !== "" || given.some((source) => source !== undefined);
}

function findTlsConflicts(tls: TlsValues): readonly Mistake[] {
  if (!usesTls(tls)) return [];
  const path = ["tls_server_config"];
  const { cert, cert_file, key, key_file, client_ca, client_ca_file } = tls;
  const conflicts: (readonly [isThere: boolean, path: readonly string[], message: string])[] = [
    [(cert ?? cert_file) === undefined, path, "TLS needs cert_file (or cert)"],
    [(key ?? key_file) === undefined, path, "TLS needs key_file (or key)"],
    [
      (client_ca ?? client_ca_file) !== undefined && isNoClientCert(tls),
      [...path, client_ca_file === undefined ? "client_ca" : "client_ca_file"],
      "needs a client_auth_type other than NoClientCert, such as RequireAndVerifyClientCert",
    ],
    [
      ORDER.indexOf(tls.min_version) > ORDER.indexOf(tls.max_version),
      [...path, "min_version"],
      "is above max_version",
    ],
  ];
  return conflicts.flatMap(([isThere, place, message]) =>
    isThere ? [{ path: place, message }] : [],
  );
}

const ORDER = namesOf(TLS_VERSIONS);

function isNoClientCert({ client_auth_type: type }: TlsValues): boolean {
  return type === "" || type === "NoClientCert";
}

/** Without a burst no request at all would be answered. */
function findBurst({ rate_limit: { interval, burst } }: WebConfigValues): readonly Mistake[] {
  if (interval === 0 || burst > 0) return [];
  return [{ path: ["rate_limit", "burst"], message: "must be at least 1 beside an interval" }];
}

function makeWebConfig(
  values: WebConfigValues,
  { file, text }: { readonly file: string; readonly text: string },
): WebConfig {
  const headers = Object.entries(values.http_server_config.headers).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value] as const],
  );
  return {
    file,
    text,
    tls: makeTls(values.tls_server_config, dirname(file)),
    headers: new Map(headers),
    users: new Map(Object.entries(values.basic_auth_users)),
    rateLimit: makeRateLimit(values),
  };
}

function makeRateLimit({
  rate_limit: { interval, burst },
}: WebConfigValues): RateLimit | undefined {
  return interval === 0 ? undefined : { intervalSeconds: interval, burst };
}

function makeTls(tls: TlsValues, directory: string): TlsConfig | undefined {
  const certificate = makeSource(tls.cert_file, tls.cert, directory);
  const key = makeSource(tls.key_file, tls.key, directory);
  if (certificate === undefined || key === undefined) return undefined;
  return {
    certificate,
    key,
    clientAuthority: makeSource(tls.client_ca_file, tls.client_ca, directory),
    clientAuth: tls.client_auth_type === "" ? "NoClientCert" : tls.client_auth_type,
    allowedSans: tls.client_allowed_sans,
    minVersion: tls.min_version,
    maxVersion: tls.max_version,
    cipherSuites: tls.cipher_suites,
    curves: tls.curve_preferences,
    prefersServerOrder: tls.prefer_server_cipher_suites,
  };
}

/** Of a file and a text the file counts. */
function makeSource(
  file: string | undefined,
  text: string | undefined,
  directory: string,
): PemSource | undefined {
  if (file !== undefined) return { file: resolve(directory, file) };
  return text === undefined ? undefined : { text };
}
