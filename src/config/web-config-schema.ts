import * as z from "zod";
import {
  choice,
  choices,
  goDuration,
  text,
  texts,
  truth,
  wholeNumber,
} from "./web-config-values.ts";
import { CIPHER_SUITES, CLIENT_AUTH, CURVES, namesOf, TLS_VERSIONS } from "./web-tls-names.ts";

const tlsShape = {
  cert: text(),
  key: text(),
  client_ca: text(),
  cert_file: text(),
  key_file: text(),
  client_ca_file: text(),
  // Whether it was given at all decides whether TLS is on, so the default comes later.
  client_auth_type: choice(["", ...namesOf(CLIENT_AUTH)], ""),
  client_allowed_sans: texts(),
  min_version: choice(namesOf(TLS_VERSIONS), "TLS12"),
  max_version: choice(namesOf(TLS_VERSIONS), "TLS13"),
  cipher_suites: choices(namesOf(CIPHER_SUITES)),
  curve_preferences: choices(namesOf(CURVES)),
  prefer_server_cipher_suites: truth(true),
};

const headersShape = {
  "Content-Security-Policy": headerText(),
  "Strict-Transport-Security": headerText(),
  "X-Content-Type-Options": valueOf(["nosniff"]),
  "X-Frame-Options": valueOf(["deny", "sameorigin"]),
  "X-XSS-Protection": headerText(),
};

/** A hash as bcrypt's programs write it; Go's and ours accept costs from 4 to 31. */
const BCRYPT_HASH = /^\$2[aby]\$(?:0[4-9]|[12]\d|3[01])\$[./A-Za-z0-9]{53}$/;

const userSchema = z.unknown().transform((value, context) => {
  if (typeof value === "string" && BCRYPT_HASH.test(value)) return value;
  const message = "must be a bcrypt hash, such as htpasswd -nBC 10 NAME prints after the colon";
  context.addIssue({ code: "custom", message });
  return "";
});

/** The whole file, with its sections filled in. Scalars come as text; every key but a section may be left out. */
export const webConfigSchema = z.strictObject({
  tls_server_config: z.strictObject(tlsShape),
  http_server_config: z.strictObject({ http2: truth(true), headers: z.strictObject(headersShape) }),
  basic_auth_users: z.record(z.string(), userSchema),
  rate_limit: z.strictObject({ interval: goDuration(), burst: wholeNumber() }),
});

export type WebConfigValues = z.output<typeof webConfigSchema>;
export type TlsValues = WebConfigValues["tls_server_config"];

/** Ends of lines become blanks, as Go's servers write them; what else a header cannot have (RFC 9110, 5.5) is refused. */
function headerText(): z.ZodType<string | undefined> {
  return text().transform((value, context) => {
    const line = value?.replaceAll(/[\r\n]/g, " ").trim();
    if (line !== undefined && !/^[\t\u0020-\u007e\u0080-\u00ff]*$/.test(line)) {
      context.addIssue({ code: "custom", message: "must be text that a header can have" });
    }
    return line === "" ? undefined : line;
  });
}

function valueOf(allowed: readonly string[]): z.ZodType<string | undefined> {
  return text().transform((value, context) => {
    if (value !== undefined && !allowed.includes(value)) {
      const message = `must be ${allowed.join(" or ")}`;
      context.addIssue({ code: "custom", message });
    }
    return value;
  });
}
