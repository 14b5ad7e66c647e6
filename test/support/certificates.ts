import { join } from "node:path";
import { execa } from "execa";

/** An authority of a test, and what it signs, as PEM files of one directory. */
export interface Authority {
  /** Its own certificate. */
  readonly certificate: string;
  /** Makes `NAME.pem` and `NAME.key` for these names, such as `DNS:localhost` or `IP:127.0.0.1`. */
  readonly sign: (name: string, sans: readonly string[]) => Promise<KeyPair>;
}

/** Files. */
export interface KeyPair {
  readonly certificate: string;
  readonly key: string;
}

/** Makes an authority with openssl. */
export async function makeAuthority(directory: string, name = "ca"): Promise<Authority> {
  const own = filesOf(directory, name);
  await makeCertificate(own, name, ["-addext", "basicConstraints=critical,CA:TRUE"]);
  return {
    certificate: own.certificate,
    sign: async (leaf, sans) => {
      const pair = filesOf(directory, leaf);
      const signer = ["-CA", own.certificate, "-CAkey", own.key];
      const names = ["-addext", `subjectAltName=${sans.join(",")}`];
      const notAuthority = ["-addext", "basicConstraints=CA:FALSE"];
      await makeCertificate(pair, leaf, [...signer, ...names, ...notAuthority]);
      return pair;
    },
  };
}

function filesOf(directory: string, name: string): KeyPair {
  return { certificate: join(directory, `${name}.pem`), key: join(directory, `${name}.key`) };
}

async function makeCertificate(
  { certificate, key }: KeyPair,
  name: string,
  more: readonly string[],
): Promise<void> {
  const curve = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"];
  const files = ["-keyout", key, "-out", certificate];
  const request = ["req", "-x509", "-nodes", "-days", "2", "-subj", `/CN=${name}`];
  await execa("openssl", [...request, ...curve, ...files, ...more]);
}
