#!/usr/bin/env node
/**
 * Prisma's schema engine from npm alone: speaks the engine's JSON-RPC protocol on standard input and output,
 * backed by the engine's WebAssembly form and the `pg` adapter, so that `prisma migrate` works without the
 * binary that Prisma downloads. Named to Prisma by PRISMA_SCHEMA_ENGINE_BINARY (prisma.config.ts).
 */
import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import readline from "node:readline";
import { PrismaPg } from "@prisma/adapter-pg";
import { bindMigrationAwareSqlAdapterFactory, ColumnTypeEnum } from "@prisma/driver-adapter-utils";
import pg from "pg";

const args = process.argv.slice(2);
const valuesOf = (name) => args.flatMap((arg, i) => (arg === name ? [args[i + 1]] : []));
const databaseUrl = new URL(
  JSON.parse(valuesOf("--datasource")[0] ?? "{}").url ??
    process.env.DATABASE_URL ??
    "postgresql://127.0.0.1/none",
);
const databaseName = decodeURIComponent(databaseUrl.pathname.slice(1));
const schema = databaseUrl.searchParams.get("schema") ?? undefined;

// Fields one by one: with a connection string the adapter would run the shadow database's work on the real one.
const connection = {
  host: databaseUrl.hostname,
  port: Number(databaseUrl.port || 5432),
  user: decodeURIComponent(databaseUrl.username),
  password: decodeURIComponent(databaseUrl.password),
  database: databaseName,
  ssl: /sslmode=(require|verify)/.test(databaseUrl.search) ? true : undefined,
  max: 3,
};

if (args.includes("--version")) {
  console.log("schema-engine-wasm");
} else if (args.includes("cli")) {
  await answerCommand(args[args.indexOf("cli") + 1]);
} else {
  process.on("uncaughtException", (error) => {
    log("ERROR", error.message, { is_panic: true });
    process.exit(101);
  });
  let engine;
  const getEngine = () => (engine ??= startEngine());
  readline
    .createInterface({ input: process.stdin })
    .on("line", (line) => answerLine(line, getEngine))
    .on("close", () => setTimeout(() => process.exit(0), 0));
}

/** `can-connect-to-database` and `create-database`, the two that Prisma runs as plain commands. */
async function answerCommand(command) {
  log("INFO", "Starting schema engine CLI"); // Prisma drops the first line on standard error
  try {
    if (command === "can-connect-to-database") await querying(connection, async () => {});
    else if (command === "create-database") await createDatabase();
    else throw new Error(`unknown command ${command}`);
  } catch (error) {
    const missing = error.code === "3D000";
    const message = missing
      ? `Database \`${databaseName}\` does not exist`
      : `Can't reach database server: ${error.message || error.code}`;
    log("ERROR", message, { error_code: missing ? "P1003" : "P1001", is_panic: false });
    process.exit(1);
  }
}

async function answerLine(line, getEngine) {
  const request = JSON.parse(line);
  if (!request.method) return; // Prisma's reply to our `print`
  try {
    const result = await perform(request, getEngine);
    if (request.method === "diff" && result?.stdout != null)
      send({ id: randomUUID(), method: "print", params: { content: result.stdout } });
    send({ id: request.id, result: result ?? null });
  } catch (error) {
    const { message, code, meta } = error;
    send({
      id: request.id,
      error: { code: 4466, message, data: { is_panic: false, message, error_code: code, meta } },
    });
  }
}

async function perform({ method, params }, getEngine) {
  if (method === "createDatabase") return createDatabase();
  const engine = await getEngine();
  if (method === "getDatabaseVersion") return engine.version(params);
  if (typeof engine[method] !== "function") throw new Error(`The schema engine has no method ${method}`);
  return engine[method](params);
}

async function startEngine() {
  treatCatalogCharAsText();
  globalThis.PRISMA_WASM_PANIC_REGISTRY = {
    set_message: (message) => log("ERROR", message, { is_panic: true }),
  };
  const require = createRequire(import.meta.url);
  const glue = await import(require.resolve("@prisma/schema-engine-wasm/schema_engine_bg"));
  const folder = path.dirname(require.resolve("@prisma/schema-engine-wasm"));
  const module = new WebAssembly.Module(readFileSync(path.join(folder, "schema_engine_bg.wasm")));
  const instance = new WebAssembly.Instance(module, { "./schema_engine_bg.js": glue });
  glue.__wbg_set_wasm(instance.exports);
  instance.exports.__wbindgen_start();

  const datamodels = valuesOf("--datamodels").map((file) => [file, readFileSync(file, "utf8")]);
  const onLog = (line) => {
    if (line.includes('"ERROR"')) process.stderr.write(`${line}\n`);
  };
  return glue.SchemaEngine.new(
    { datamodels: datamodels.length > 0 ? datamodels : undefined },
    onLog,
    bindMigrationAwareSqlAdapterFactory(new EngineAdapterFactory(connection, { schema })),
  );
}

class EngineAdapterFactory extends PrismaPg {
  async connect() {
    return fitForEngine(await super.connect());
  }

  /** The adapter's own drops the shadow database while its pool is still connected to it, which Postgres refuses. */
  async connectToShadowDb() {
    const database = `prisma_migrate_shadow_db_${randomUUID()}`;
    await querying(connection, (client) => client.query(`CREATE DATABASE "${database}"`));
    const adapter = fitForEngine(await new PrismaPg({ ...connection, database }, { schema }).connect());
    const dispose = adapter.dispose.bind(adapter);
    adapter.dispose = async () => {
      await dispose();
      await querying(connection, (client) =>
        client.query(`DROP DATABASE IF EXISTS "${database}" WITH (FORCE)`),
      );
    };
    return adapter;
  }
}

/** Catalog `"char"` columns (type 18) are unknown to the adapter but awaited by the engine as characters. */
function treatCatalogCharAsText() {
  const { addFields } = pg.Result.prototype;
  pg.Result.prototype.addFields = function (fields) {
    for (const field of fields) {
      if (field.dataTypeID !== 18) continue;
      field.dataTypeID = 25;
      field.isCharacter = true;
    }
    return addFields.call(this, fields);
  };
}

function fitForEngine(adapter) {
  const { queryRaw } = adapter;
  adapter.queryRaw = async function (query) {
    let fields = [];
    const performIO = async (io) => {
      const result = await this.performIO(io);
      fields = result.fields;
      return result;
    };
    const result = await queryRaw.call(Object.create(this, { performIO: { value: performIO } }), query);
    fields.forEach((field, i) => {
      if (field.isCharacter) result.columnTypes[i] = ColumnTypeEnum.Character;
    });
    return result;
  };
  // The adapter cuts scripts at every semicolon, function bodies included; whole, a script is one transaction.
  adapter.executeScript = async (script) => {
    try {
      await adapter.client.query(script);
    } catch (error) {
      adapter.onError(error);
    }
  };
  return adapter;
}

async function createDatabase() {
  const name = databaseName.replaceAll('"', '""');
  await querying({ ...connection, database: "postgres" }, (client) =>
    client.query(`CREATE DATABASE "${name}"`),
  );
  return { databaseName };
}

async function querying(config, work) {
  const client = new pg.Client(config);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

function send(message) {
  process.stdout.write(`${JSON.stringify({ jsonrpc: "2.0", ...message })}\n`);
}

function log(level, message, fields = {}) {
  const entry = {
    timestamp: new Date().toISOString(),
    level,
    fields: { message, ...fields },
    target: "schema_engine",
  };
  process.stderr.write(`${JSON.stringify(entry)}\n`);
}
