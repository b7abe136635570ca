import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import ts from "typescript";
import { describe, expect, it } from "vitest";

/**
 * Runs the `@example` blocks of docstrings. A line with a comment says what its expression gives:
 *
 *     drawPatients(patients, { maxSlices: 60, seed: 1 }).size // 3
 *
 * The expression must then equal that value. Lines without such a comment prepare something. What a module exports is in
 * reach by its name; so is what the example imports from other modules of the product with `import { x } from "@/..."`.
 */
const root = path.resolve(import.meta.dirname, "../..");
const folders = ["lib/science", "lib/records"];

const files = folders
  .flatMap((folder) =>
    readdirSync(path.join(root, folder), { recursive: true, encoding: "utf8" }).map((name) =>
      path.join(folder, name),
    ),
  )
  .filter((name) => name.endsWith(".ts"));

const examples = files.flatMap((file) => {
  const text = readFileSync(path.join(root, file), "utf8");
  return [...text.matchAll(/\/\*\*(?:(?!\*\/)[\s\S])*?\*\//g)]
    .flatMap(([comment]) => comment.split("@example").slice(1))
    .map((block, index) => ({ file, index: index + 1, code: codeOf(block) }));
});

function codeOf(block: string): string[] {
  const lines = block.split("\n").map((line) => line.replace(/^\s*\*\/?\s?/, "").trimEnd());
  const end = lines.findIndex((line, at) => at > 0 && line.startsWith("@"));
  return (end < 0 ? lines : lines.slice(0, end)).filter((line) => line.trim() !== "" && line !== "/");
}

async function run(file: string, lines: string[]): Promise<number> {
  const names: Record<string, unknown> = { ...(await import(path.join(root, file))) };
  const body: string[] = [];
  let checks = 0;
  for (const line of lines) {
    const imported = /^import \{ (.+) \} from "@\/(.+)";$/.exec(line);
    if (imported) {
      const module = (await import(path.join(root, `${imported[2]}.ts`))) as Record<string, unknown>;
      for (const name of imported[1]!.split(",")) names[name.trim()] = module[name.trim()];
      continue;
    }
    const checked = /^(.+?)\s+\/\/ (.+)$/.exec(line);
    if (!checked) body.push(line);
    else {
      checks++;
      body.push(
        `expect(plain(await (${checked[1]!.replace(/;$/, "")})), ${JSON.stringify(line)}).toEqual(${checked[2]});`,
      );
    }
  }
  const js = ts.transpileModule(body.join("\n"), {
    compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext },
  }).outputText;
  const all = { ...names, expect, plain };
  const AsyncFunction = Object.getPrototypeOf(async () => {}).constructor;
  await new AsyncFunction(...Object.keys(all), js)(...Object.values(all));
  return checks;
}

/** Typed arrays and sets as an example writes them. */
function plain(value: unknown): unknown {
  if (ArrayBuffer.isView(value)) return [...(value as Uint8Array)];
  if (value instanceof Set) return [...value];
  if (value instanceof Map) return [...value];
  return value;
}

describe("examples in docstrings", () => {
  it("are found", () => {
    expect(examples.length).toBeGreaterThan(0);
  });

  it.each(examples)("$file, example $index, gives what it says", async ({ file, code }) => {
    expect(await run(file, code)).toBeGreaterThan(0);
  });
});
