import { spawn } from "node:child_process";
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import os from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

const root = path.resolve(import.meta.dirname, "../..");

/**
 * A copy of set-up in a temporary folder, with the real packages, a real Postgres and two migrations of its own, in
 * which small programs stand for the web application, the worker and the demo: what is tried is the supervisor.
 */
export function makeScratchCheckout() {
  const folder = mkdtempSync(path.join(os.tmpdir(), "sulcus-checkout-"));
  chmodSync(folder, 0o755); // where tests run as root, Postgres' own user has to get in
  const write = (name, text) => {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), text);
  };
  for (const name of [
    "bin/start.mjs",
    "bin/setup",
    "lib/platform/migrate.ts",
    "lib/platform/pool.ts",
    "package.json",
    "package-lock.json",
  ])
    cpSync(path.join(root, name), path.join(folder, name), { recursive: true });
  for (const name of ["tsconfig.json", "prisma.config.ts", "prisma/schema-engine.mjs"])
    cpSync(path.join(root, name), path.join(folder, name));
  linkPackages(path.join(root, "node_modules"), path.join(folder, "node_modules"), ["next"]);

  write("prisma/schema.prisma", schema);
  write("prisma/migrations/1_first/migration.sql", "CREATE TABLE one (id int);");
  write("prisma/migrations/2_second/migration.sql", "CREATE TABLE two (id int);");
  write("app/page.tsx", "export default () => null;");
  write("node_modules/next/dist/bin/next", web);
  write("workers/main.ts", worker);
  write("workers/health/main.ts", "");
  write("lib/features/imports/images/decode-images.ts", "");
  write("bin/sulcus.ts", demo);
  return { folder, write, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

function linkPackages(from, to, except) {
  mkdirSync(to, { recursive: true });
  for (const name of readdirSync(from)) {
    if (except.includes(name) || name === ".sulcus-installed") continue;
    symlinkSync(path.join(from, name), path.join(to, name));
  }
}

const schema = `generator client {
  provider = "prisma-client"
  output   = "../lib/platform/generated"
}
datasource db {
  provider = "postgresql"
}
model One {
  id Int @id
}
`;

// Keeps an event stream open and does not end on SIGTERM while one is, as the real one does.
const web = `const { createServer } = require("node:http");
if (process.argv[2] === "build") require("node:fs").mkdirSync(".next", { recursive: true });
else {
  const server = createServer((request, response) => {
    if (request.url === "/events") return void response.write(" ");
    response.end(JSON.stringify({ pid: process.pid, data: process.env.SULCUS_DATA, secret: process.env.NEXTAUTH_SECRET }));
  }).listen(Number(process.argv[4]));
  process.on("SIGTERM", () => server.close(() => process.exit(0)));
}
`;
const worker = `console.log("worker", process.pid);
setInterval(() => {}, 1000);
process.on("SIGTERM", () => process.exit(0));
`;
const demo = `console.error("making the demo");
console.log(JSON.stringify({ accounts: [{ email: "reader@demo.example", role: "READER", password: "p-" + Math.random() }] }));
`;

/** Starts `bin/start.mjs` of a scratch checkout with `words`; `printed(pattern)` waits for its output to match. */
export function startIn(checkout, env = {}, nodeArgs = [], words = []) {
  const program = path.join(checkout.folder, "bin/start.mjs");
  return follow(checkout, env, process.execPath, [...nodeArgs, program, ...words]);
}

/** The same by `npm start`; the child is npm. */
export function npmStartIn(checkout, env = {}) {
  return follow(checkout, env, "npm", ["start"]);
}

function follow(checkout, env, command, args) {
  const operators = /^(DATABASE_URL|PORT|HOST|SULCUS_.*|NEXTAUTH_.*|NODE_ENV|npm_.*)$/;
  const outside = Object.fromEntries(Object.entries(process.env).filter(([name]) => !operators.test(name)));
  const child = spawn(command, args, { cwd: checkout.folder, env: { ...outside, ...env } });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (output += chunk));
  const ended = new Promise((resolve) => child.once("close", (code) => resolve({ code, output })));
  return {
    child,
    ended,
    output: () => output,
    async printed(pattern, timeoutMs = 60_000) {
      for (const deadline = Date.now() + timeoutMs; Date.now() < deadline; await sleep(20)) {
        const match = output.match(pattern);
        if (match) return match;
        if (child.exitCode !== null) break;
      }
      throw new Error(`not printed: ${pattern}\n${output}`);
    },
  };
}
