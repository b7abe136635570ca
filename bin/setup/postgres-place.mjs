import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  accessSync,
  chmodSync,
  chownSync,
  constants,
  cpSync,
  existsSync,
  mkdirSync,
  statSync,
} from "node:fs";
import path from "node:path";
import { SetupProblem } from "./problem.mjs";

const isRoot = process.getuid?.() === 0;

/**
 * The user Postgres runs as: the one who starts it (`{}`), where that is an ordinary user. Postgres refuses root: for root it is
 * the owner of `dataFolder` where it exists, else the system's `postgres` user, made if there is none.
 */
export function postgresUser(dataFolder) {
  const owner = existsSync(dataFolder) ? statSync(dataFolder) : null;
  if (!isRoot) {
    if (owner && process.getuid && owner.uid !== process.getuid())
      throw new SetupProblem(
        `The database in ${dataFolder} belongs to another user (uid ${owner.uid}). Start as that user, or choose another data folder: SULCUS_DATA=/path npm start`,
      );
    return {};
  }
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };

  const found = findUser("postgres");
  if (found) return found;
  const makers = [
    ["useradd", "--system", "--no-create-home", "--shell", "/usr/sbin/nologin", "postgres"],
    ["adduser", "-S", "-D", "-H", "postgres"],
  ];
  for (const [command, ...args] of makers) {
    if (spawnSync(command, args, { stdio: "ignore" }).status === 0) break;
  }
  const made = findUser("postgres");
  if (made) return made;
  throw new SetupProblem(
    "Postgres does not run as root, and a user `postgres` could not be made. Start as an ordinary user, or give a database: DATABASE_URL=postgresql://... npm start",
  );
}

function findUser(name) {
  const ask = (flag) => spawnSync("id", [flag, name], { encoding: "utf8" });
  const [uid, gid] = [ask("-u"), ask("-g")];
  return uid.status === 0 && gid.status === 0 ? { uid: Number(uid.stdout), gid: Number(gid.stdout) } : null;
}

/**
 * Where the database's files and its programs go: in the data folder and in node_modules, unless root's private
 * folder keeps the Postgres user out of either; then both in a public folder of the system, under a name made
 * from the data folder. Returns `{ folder, nativeFolder, moved }`; `folder` is made, owned by the Postgres user.
 */
export function postgresPlace(dataDir, user, nativeFolder) {
  const home = path.join(dataDir, "postgres");
  const reachable =
    user.uid === undefined ||
    (mayTraverse(dataDir, user) && mayRead(path.join(nativeFolder, "bin/postgres"), user));
  if (reachable) return { folder: ownFolder(home, user), nativeFolder, moved: false };

  const name = `sulcus-${createHash("sha256").update(dataDir).digest("hex").slice(0, 12)}`;
  const base = ["/var/lib", "/tmp"]
    .filter((folder) => isWritable(folder) && mayTraverse(folder, user))
    .map((folder) => path.join(folder, name))[0];
  if (!base)
    throw new SetupProblem(
      `The Postgres user may not enter ${dataDir}, and neither /var/lib nor /tmp can take its files. Choose a folder that others may enter: SULCUS_DATA=/path npm start`,
    );
  mkdirSync(base, { recursive: true });
  if (statSync(base).uid !== 0)
    throw new SetupProblem(
      `${base} belongs to someone else. Remove it, or choose: SULCUS_DATA=/path npm start`,
    );
  chmodSync(base, 0o755);
  const programs = path.join(base, "programs");
  if (!sameFile(path.join(nativeFolder, "bin/postgres"), path.join(programs, "bin/postgres")))
    cpSync(nativeFolder, programs, { recursive: true, dereference: true });
  return { folder: ownFolder(path.join(base, "postgres"), user), nativeFolder: programs, moved: true };
}

function ownFolder(folder, user) {
  if (!existsSync(folder)) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    if (user.uid !== undefined) chownSync(folder, user.uid, user.gid);
  }
  return folder;
}

// Asked of the system rather than read from mode bits, which know nothing of access lists and mount options.
const mayTraverse = (folder, user) => may("-x", folder, user);
const mayRead = (file, user) => may("-r", file, user) && may("-x", file, user);
const may = (flag, file, user) => spawnSync("test", [flag, file], { ...user, cwd: "/" }).status === 0;

function isWritable(folder) {
  try {
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

function sameFile(one, other) {
  return existsSync(other) && statSync(one).size === statSync(other).size;
}
