import { execa } from "execa";

/** What curl has got. */
export interface CurlAnswer {
  /** 0 when there was none. */
  readonly status: number;
  /** By names in lower case. */
  readonly headers: ReadonlyMap<string, string>;
  readonly text: string;
}

/** Asks once, on a connection of its own. */
export async function curl(url: string, args: readonly string[] = []): Promise<CurlAnswer> {
  const options = ["--silent", "--include", "--http1.1", "--max-time", "20"];
  const { stdout } = await execa("curl", [...options, ...args, url], { reject: false });
  const [head = "", ...rest] = stdout.split(/\r?\n\r?\n/);
  const [first = "", ...lines] = head.split(/\r?\n/);
  const headers = lines.map((line) => {
    const [name = "", ...value] = line.split(": ");
    return [name.toLowerCase(), value.join(": ")] as const;
  });
  const [, status = "0"] = /^HTTP\/\S+ (\d+)/.exec(first) ?? [];
  return { status: Number(status), headers: new Map(headers), text: rest.join("\n\n") };
}
