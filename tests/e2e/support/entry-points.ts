import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

const root = path.resolve(import.meta.dirname, "../../..");
const app = path.join(root, "app");
const methods = "GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS";

/** What can be called from outside, read from the sources under app/ as Next.js reads them. */
export function entryPoints() {
  const files = readdirSync(app, { recursive: true, encoding: "utf8" })
    .map((file) => file.split(path.sep).join("/"))
    .filter((file) => /\.(ts|tsx)$/.test(file))
    .sort();
  const sourceOf = (file: string) => readFileSync(path.join(app, file), "utf8");
  const named = (name: string) => files.filter((file) => path.posix.basename(file) === name);
  const serverFiles = files.filter((file) => sourceOf(file).includes('"use server"'));
  return {
    pages: named("page.tsx").map(pathOf),
    handlers: named("route.ts")
      .filter((file) => !file.startsWith("_"))
      .flatMap((file) => methodsOf(sourceOf(file)).map((method) => `${method} ${pathOf(file)}`)),
    actions: serverFiles.flatMap((file) => exportsOf(sourceOf(file)).map((name) => `${file} ${name}`)),
    /** Server actions that are not exports of a file of actions, so that no list would show them. */
    hiddenActions: serverFiles.filter((file) => !sourceOf(file).startsWith('"use server"')),
  };
}

export interface BuiltAction {
  /** By file under app/ and export. */
  name: string;
  /** What a browser sends in `Next-Action`. */
  id: string;
  /** Path of a page that uses it. */
  page: string;
}

/** The server actions that the build has made callable. */
export function builtActions(): BuiltAction[] {
  const manifest = JSON.parse(
    readFileSync(path.join(root, ".next/server/server-reference-manifest.json"), "utf8"),
  ) as {
    node: Record<string, { filename: string; exportedName: string; workers: Record<string, unknown> }>;
  };
  return Object.entries(manifest.node).map(([id, { filename, exportedName, workers }]) => ({
    name: `${filename.replace(/^app\//, "")} ${exportedName}`,
    id,
    page: pathOf(`${Object.keys(workers)[0]!.replace(/^app\//, "")}.tsx`),
  }));
}

/** `(workspace)/admin/users/page.tsx` is served at `/admin/users`. */
function pathOf(file: string): string {
  const folders = file.split("/").slice(0, -1);
  return `/${folders.filter((folder) => !folder.startsWith("(")).join("/")}`;
}

function methodsOf(source: string): string[] {
  const declared = new RegExp(`export\\s+(?:const|(?:async\\s+)?function)\\s+(${methods})\\b`, "g");
  const renamed = new RegExp(`\\bas\\s+(${methods})\\b`, "g");
  return [...source.matchAll(declared), ...source.matchAll(renamed)].map((match) => match[1]!);
}

function exportsOf(source: string): string[] {
  return [...source.matchAll(/export\s+(?:const|(?:async\s+)?function)\s+(\w+)/g)].map((match) => match[1]!);
}
