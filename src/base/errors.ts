/** The code that Node gives the errors of system calls, such as ENOENT; undefined of any other error. */
export function errorCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || !("code" in error)) return undefined;
  return typeof error.code === "string" ? error.code : undefined;
}

/** What an error says, for people. */
export function errorText(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
