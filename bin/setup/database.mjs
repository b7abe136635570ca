import path from "node:path";
import { ensureCompiled, importCompiled } from "./compile.mjs";
import { root } from "./folders.mjs";
import { ensurePostgres } from "./postgres.mjs";
import { SetupProblem } from "./problem.mjs";

/**
 * The installation's database, reachable and migrated: the one at `url` (DATABASE_URL), or the embedded one in `dataDir`.
 * `{ url, embedded, applied, stop, keep }`: `applied` counts the migrations applied now; `stop()` leaves a given
 * database alone, and so does `keep`. `owner`, `stop` and `keep` are those of `ensurePostgres`.
 */
export async function ensureDatabase({ dataDir, log, owner = false, url: given = process.env.DATABASE_URL }) {
  if (given) await requireDatabase(given);
  const server = given ? notOurs(given) : await ensurePostgres({ dataDir, log, owner });
  try {
    const applied = await migrate(server.url);
    const { url, stop, keep } = server;
    return { url, embedded: !given, applied: applied.length, stop, keep };
  } catch (error) {
    await server.stop();
    throw error;
  }
}

/** A database of DATABASE_URL: who runs it starts and stops it. */
const notOurs = (url) => ({ url, stop: async () => {}, keep: () => {} });

async function migrate(url) {
  await ensureCompiled({ step: (_name, _doing, work) => work() });
  const { applyMigrations, MigrationRefused } = await importCompiled("migrate");
  try {
    return await applyMigrations(url, path.join(root, "prisma/migrations"));
  } catch (error) {
    throw error instanceof MigrationRefused ? new SetupProblem(error.message) : error;
  }
}

/** Throws `SetupProblem`, in words and without the password, unless DATABASE_URL leads to a database. */
export async function requireDatabase(url) {
  let parsed;
  try {
    parsed = new URL(url);
  } catch {
    throw new SetupProblem(
      "DATABASE_URL is no address. It looks like postgresql://user:password@host:5432/database",
    );
  }
  if (!/^postgres(ql)?:$/.test(parsed.protocol))
    throw new SetupProblem(`DATABASE_URL begins with ${parsed.protocol}// but Sulcus needs postgresql://`);
  const { default: pg } = await import("pg");
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  client.on("error", () => {}); // a connection that is lost later fails the query that uses it
  try {
    await client.connect();
  } catch (error) {
    throw new SetupProblem(`DATABASE_URL does not work: ${connectProblem(error, parsed)}`);
  }
  const { rows } = await client.query("SELECT current_setting('server_version_num')::int AS version");
  await client.end();
  if (rows[0].version < 130000)
    throw new SetupProblem("DATABASE_URL leads to a Postgres older than 13. Sulcus needs 13 or newer.");
}

function connectProblem(error, { hostname, port, pathname, username }) {
  const server = `${hostname}:${port || 5432}`;
  const user = decodeURIComponent(username);
  switch (error.code) {
    case "ECONNREFUSED":
      return `nothing listens at ${server}. Is Postgres running there?`;
    case "ENOTFOUND":
    case "EAI_AGAIN":
      return `the host name ${hostname} is not known.`;
    case "ETIMEDOUT":
    case "EHOSTUNREACH":
    case "ENETUNREACH":
      return `${server} does not answer.`;
    case "28P01":
      return `${server} refuses the password of user ${user}.`;
    case "28000":
      return `${server} refuses user ${user}: ${error.message}.`;
    case "3D000": {
      const name = decodeURIComponent(pathname.slice(1));
      return `${server} has no database ${name}. Make it with: createdb ${name}`;
    }
    default:
      return /timeout/i.test(error.message)
        ? `${server} does not answer.`
        : `${server} says: ${error.message}.`;
  }
}
