import type { CipherSuite, ClientAuthType, Curve, TlsVersion } from "./web-tls-names.ts";

/** PEM that stands in the web config itself, or in a file with an absolute path. */
export type PemSource = { readonly text: string } | { readonly file: string };

/** `tls_server_config`, once it asks for TLS. */
export interface TlsConfig {
  readonly certificate: PemSource;
  readonly key: PemSource;
  readonly clientAuthority: PemSource | undefined;
  readonly clientAuth: ClientAuthType;
  /** A client's certificate must have one of them; undefined when anything will do. */
  readonly allowedSans: readonly string[] | undefined;
  readonly minVersion: TlsVersion;
  readonly maxVersion: TlsVersion;
  /** None are the default ones. */
  readonly cipherSuites: readonly CipherSuite[];
  /** None are the default ones. */
  readonly curves: readonly Curve[];
  readonly prefersServerOrder: boolean;
}

/** A bucket of `burst` tokens that gets one more each `intervalSeconds`; a request takes one. */
export interface RateLimit {
  readonly intervalSeconds: number;
  readonly burst: number;
}

/** The file of `--web.config.file`, in exporter-toolkit's format, checked. */
export interface WebConfig {
  readonly file: string;
  readonly text: string;
  /** Undefined is plain HTTP. */
  readonly tls: TlsConfig | undefined;
  /** By their names, set on answers. */
  readonly headers: ReadonlyMap<string, string>;
  /** bcrypt hashes by user; nobody has to log in when there are none. */
  readonly users: ReadonlyMap<string, string>;
  readonly rateLimit: RateLimit | undefined;
}
