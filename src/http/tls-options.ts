import type { TlsOptions } from "node:tls";
import type { TlsMaterial } from "../config/load-web-config.ts";
import type { TlsConfig } from "../config/web-config.ts";
import {
  CIPHER_SUITES,
  CLIENT_AUTH,
  CURVES,
  TLS_VERSIONS,
  type CipherSuite,
} from "../config/web-tls-names.ts";
import { constants } from "node:crypto";

/** For how long a client may take to shake hands. */
const HANDSHAKE_MILLISECONDS = 10_000;

/** `tls_server_config` as Node has it. Whom to let in is decided after the handshake, by {@link judgeClient}. */
export function makeTlsOptions(tls: TlsConfig, material: TlsMaterial): TlsOptions {
  return {
    cert: material.certificate,
    key: material.key,
    ...(material.clientAuthority === undefined ? {} : { ca: material.clientAuthority }),
    requestCert: CLIENT_AUTH[tls.clientAuth].asks,
    rejectUnauthorized: false,
    minVersion: TLS_VERSIONS[tls.minVersion],
    maxVersion: TLS_VERSIONS[tls.maxVersion],
    ...listCiphers(tls),
    ...(tls.curves.length === 0
      ? {}
      : { ecdhCurve: tls.curves.map((curve) => CURVES[curve]).join(":") }),
    honorCipherOrder: tls.prefersServerOrder,
    // A session that is taken up again would be one of another configuration.
    secureOptions: constants.SSL_OP_NO_TICKET,
    ALPNProtocols: ["http/1.1"],
    handshakeTimeout: HANDSHAKE_MILLISECONDS,
  };
}

function listCiphers({ cipherSuites, minVersion }: TlsConfig): Pick<TlsOptions, "ciphers"> {
  // OpenSSL's default level of security leaves nothing of the two oldest versions.
  const level = minVersion === "TLS10" || minVersion === "TLS11" ? ["@SECLEVEL=0"] : [];
  if (cipherSuites.length === 0) {
    return level.length === 0 ? {} : { ciphers: ["DEFAULT", ...level].join(":") };
  }
  const older = cipherSuites.filter((suite) => !ALWAYS.includes(suite));
  const names = [...ALWAYS, ...older].map((suite) => CIPHER_SUITES[suite]);
  return { ciphers: [...names, ...level].join(":") };
}

/** Go cannot turn these off, so the file cannot. */
const ALWAYS: readonly CipherSuite[] = [
  "TLS_AES_128_GCM_SHA256",
  "TLS_AES_256_GCM_SHA384",
  "TLS_CHACHA20_POLY1305_SHA256",
];
