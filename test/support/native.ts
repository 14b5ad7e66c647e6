import { resolve } from "node:path";

const root = resolve(import.meta.dirname, "../..");

/** A program or library of native/build, or of the build that CUDAPROBE_NATIVE_BUILD names, such as `launcher`. */
export function nativeFile(path: string): string {
  return resolve(root, process.env["CUDAPROBE_NATIVE_BUILD"] ?? "native/build", path);
}
