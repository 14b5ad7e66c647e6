import { readdirSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, test } from "vitest";

const root = resolve(import.meta.dirname, "../..");

/** What would give a text to a shell or to an interpreter, or start a program past the launcher. */
const FORBIDDEN: Readonly<Record<string, readonly RegExp[]>> = {
  ".ts": [
    /\bshell\s*:/,
    /child_process/,
    /\bexecaCommand|(?:^|[\s(])\$`|execa`/,
    /(?<![.\w])(?:eval|Function)\(/,
    /["'`](?:\/bin\/)?(?:ba|da)?sh["'`]/,
    /["'`](?:ba|da)?sh -c/,
  ],
  ".cpp": [
    /\b(?:system|popen|wordexp|execlp?|execle|execvpe?)\s*\(/,
    /"(?:\/bin\/)?(?:ba|da)?sh"/,
    /\bsh -c/,
  ],
  ".py": [/\bos\.(?:system|popen|exec|spawn)/, /\bsubprocess\b/, /(?<!\.)\b(?:eval|exec)\(/],
};
const LIKE: Readonly<Record<string, string>> = { ".h": ".cpp", ".cu": ".cpp" };

const FOLDERS = [
  "src",
  ..."common transfer function_ipc cuda_ipc launcher probes frameworks"
    .split(" ")
    .map((folder) => `native/${folder}`),
];

const sources = FOLDERS.flatMap((folder) =>
  readdirSync(resolve(root, folder), { recursive: true, encoding: "utf8" })
    .filter((file) => /\.(?:ts|cpp|h|cu|py)$/.test(file))
    .map((file) => `${folder}/${file}`),
);

describe("what is shipped", () => {
  test("is looked through in all of its languages", () => {
    for (const ending of [".ts", ".cpp", ".h", ".py"]) {
      expect(sources.filter((file) => file.endsWith(ending)).length).toBeGreaterThan(4);
    }
  });

  test("gives no text to a shell or to an interpreter", () => {
    const found = sources.flatMap((file) =>
      findForbidden(readFileSync(resolve(root, file), "utf8"), file).map(
        (line) => `${file}: ${line}`,
      ),
    );
    expect(found).toEqual([]);
  });
});

describe("a source", () => {
  test.each([
    ["a.ts", 'execa("ls", { shell: true })'],
    ["a.ts", 'import { exec } from "node:child_process";'],
    ["a.ts", 'execa("sh", ["-c", text])'],
    ["a.ts", "await $`ls ${name}`"],
    ["a.ts", "new Function(text)()"],
    ["a.cpp", "  system(text);"],
    ["a.h", '  FILE* pipe = popen (text, "r");'],
    ["a.cu", '  execl("/bin/sh", "sh", "-c", text, nullptr);'],
    ["a.py", "os.system(text)"],
    ["a.py", "subprocess.run(text, shell=True)"],
  ])("of %s with %s is found", (file, line) => {
    expect(findForbidden(`first\n${line}\n`, file)).toEqual([line.trim()]);
  });

  test.each([
    ["a.ts", "const found = /x/.exec(text);"],
    ["a.ts", "const pattern = new RegExp(`^${name}$`);"],
    ["a.ts", "const machine = await system();"],
    ["a.cpp", "posix_spawnp(&pid, program[0], actions, attributes, program, environ);"],
    ["a.cpp", "nvmlSystemGetDriverVersion(text, size)"],
    ["a.py", "model.eval()"],
  ])("of %s with %s is not", (file, line) => {
    expect(findForbidden(line, file)).toEqual([]);
  });
});

function findForbidden(text: string, file: string): readonly string[] {
  const ending = file.slice(file.lastIndexOf("."));
  const patterns = FORBIDDEN[LIKE[ending] ?? ending] ?? [];
  const lines = text.split("\n").map((line) => line.trim());
  const code = lines.filter((line) => !/^(?:\/\*|\/\/|\*|#)/.test(line));
  return code.filter((line) => patterns.some((pattern) => pattern.test(line)));
}
