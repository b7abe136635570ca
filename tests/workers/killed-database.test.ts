import { existsSync, readFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { GET } from "@/app/api/health/ready/route";
import { enqueueCollection } from "@/lib/features/system/jobs";
import { database, disconnect, listen } from "@/lib/platform/database";
import { changeChannel } from "@/lib/platform/jobs";
import { applyMigrations } from "@/lib/platform/migrate";
import { Children } from "../../bin/setup/children.mjs";
import { compiledCommand } from "../../bin/setup/compile.mjs";
import { ensurePostgres } from "../../bin/setup/postgres.mjs";
import { supervise } from "../../bin/setup/supervise.mjs";
import { testFolder } from "../../bin/setup/test-database.mjs";
import { compile } from "../support/compiled";
import { makeActor } from "../support/factories";
import { endOfJob, until } from "../support/worker-process";

/** An installation of its own: a Postgres that is kept running, a supervised worker, and what the web process runs here. */
const folder = path.join(testFolder, "killed-database");
const children = new Children();
const lines: string[] = [];
const say = (line: string) => {
  lines.push(line);
};
let server: Awaited<ReturnType<typeof ensurePostgres>>;

beforeAll(async () => {
  if (existsSync(folder)) await (await ensurePostgres({ dataDir: folder, owner: true })).stop();
  await rm(folder, { recursive: true, force: true });
  server = await ensurePostgres({ dataDir: folder, owner: true });
  server.keep({ say });
  process.env.DATABASE_URL = server.url;
  await applyMigrations(server.url, path.resolve(import.meta.dirname, "../../prisma/migrations"));
  await compile();
  const env = { ...process.env, NODE_OPTIONS: "", SULCUS_EXAMINE: "0" };
  supervise({ name: "worker", ...compiledCommand("worker"), options: { env } }, children, say);
});
afterAll(async () => {
  await children.stop(5_000);
  await disconnect();
  await server.stop();
  await rm(folder, { recursive: true, force: true });
});

async function missing(): Promise<string[]> {
  const { ready, missing } = await (await GET()).json();
  return ready ? [] : missing;
}
const untilMissing = (parts: string[]) =>
  until(
    async () => (await missing()).join() === parts.join(),
    () => `readiness without [${parts}]; so far:\n${lines.join("\n")}`,
  );
const collect = async () => endOfJob(await enqueueCollection());

it("a killed database comes back by itself, and web and worker go on", async () => {
  await untilMissing([]);
  const { id, name } = await makeActor("READER");
  expect((await collect()).status).toBe("DONE");
  const heard: string[] = [];
  const endListening = listen(changeChannel, (payload) => heard.push(payload));
  const { folder: place } = JSON.parse(readFileSync(path.join(folder, "postgres.json"), "utf8"));
  const log = () => readFileSync(path.join(place, "postgres.log"), "utf8");
  const before = log();

  const postmaster = Number(readFileSync(path.join(place, "data/postmaster.pid"), "utf8").split("\n")[0]);
  process.kill(postmaster, "SIGKILL");
  await untilMissing(["database"]);
  await untilMissing([]);

  await until(
    async () => lines.includes("The database runs again"),
    () => `a line that says so in:\n${lines.join("\n")}`,
  );
  expect((await database().user.findUniqueOrThrow({ where: { id: id! } })).name).toBe(name);
  expect(await collect()).toMatchObject({ status: "DONE", error: null });
  await until(
    async () => {
      await database().$executeRaw`SELECT pg_notify(${changeChannel}, 'after')`;
      return heard.includes("after");
    },
    () => "a listener that is connected again",
  );
  await endListening();
  expect(log().startsWith(before)).toBe(true);
  expect(log().slice(before.length)).toContain("database system is ready to accept connections");
});
