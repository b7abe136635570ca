import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import { createServer } from "node:net";
import path from "node:path";
import { SetupProblem } from "./problem.mjs";

/** The port to serve on: PORT, or 3000. Throws `SetupProblem` when it is no port. */
export function wantedPort(text = process.env.PORT) {
  if (!text) return 3000;
  const port = Number(text);
  if (Number.isInteger(port) && port > 0 && port < 65536) return port;
  throw new SetupProblem(
    `PORT is "${text}", which is no port: give a number from 1 to 65535, for example PORT=3001`,
  );
}

/** Throws `SetupProblem`, naming the holder where the system tells, unless `port` can be listened on. */
export async function requireFreePort(port) {
  const problem = await new Promise((resolve) => {
    const probe = createServer();
    probe.once("error", resolve);
    probe.listen(port, () => probe.close(() => resolve(null)));
  });
  if (problem?.code === "EADDRINUSE")
    throw new SetupProblem(
      `Port ${port} is taken${holderOf(port)}. Stop that program, or choose another port: PORT=${port + 1} npm start`,
    );
  if (problem?.code === "EACCES")
    throw new SetupProblem(`Port ${port} is reserved for root. Choose one above 1023: PORT=3000 npm start`);
  if (problem) throw problem;
}

/** A port of this machine that nothing listens on: `wanted` if it is free, else any. */
export function freePort(wanted = 0) {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", (error) => (wanted ? resolve(freePort()) : reject(error)));
    probe.listen(wanted, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

/** " by node (process 123)", or "" where it cannot be found out: not on Linux, or another user's process. */
export function holderOf(port) {
  try {
    const sockets = ["/proc/net/tcp", "/proc/net/tcp6"].flatMap((file) => listeningSockets(file, port));
    for (const pid of readdirSync("/proc").filter((name) => /^\d+$/.test(name))) {
      if (!holdsOneOf(pid, sockets)) continue;
      const command = readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0")[0];
      return ` by ${path.basename(command)} (process ${pid})`;
    }
  } catch {
    // Nothing to tell then.
  }
  return "";
}

function listeningSockets(file, port) {
  const hexPort = port.toString(16).toUpperCase().padStart(4, "0");
  const rows = readFileSync(file, "utf8").trim().split("\n").slice(1);
  const columns = rows.map((row) => row.trim().split(/\s+/));
  // 0A is the state LISTEN; the tenth column is the socket's inode.
  return columns
    .filter(([, local, , state]) => local.endsWith(`:${hexPort}`) && state === "0A")
    .map((row) => row[9]);
}

function holdsOneOf(pid, inodes) {
  try {
    const links = readdirSync(`/proc/${pid}/fd`).map((fd) => readlinkSync(`/proc/${pid}/fd/${fd}`));
    return inodes.some((inode) => links.includes(`socket:[${inode}]`));
  } catch {
    return false; // another user's, or gone between the two looks
  }
}
