import { spawn } from "node:child_process";
import path from "node:path";
import { isDiskFull } from "./disk.mjs";
import { holderOf } from "./port.mjs";
import { SetupProblem } from "./problem.mjs";

/**
 * Runs one of Postgres' programs to its end, in its own session, so that a terminal's Ctrl-C passes it by. `signal`
 * interrupts it: `pg_ctl start` then ends the server that it is starting.
 */
export function runProgram(server, program, args, signal) {
  return new Promise((resolve, reject) => {
    const env = { PATH: process.env.PATH, LC_ALL: "C", TZ: "UTC" };
    const options = { ...server.user, cwd: "/", env, detached: true };
    // `pg_ctl start` hands its output on to the server: a pipe would stay open for as long as that runs.
    const output = [];
    const child = spawn(path.join(server.bin, program), args, {
      ...options,
      stdio: ["ignore", "pipe", "pipe"],
    });
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => output.push(chunk));
    const interrupt = () => child.kill("SIGINT");
    signal?.addEventListener("abort", interrupt, { once: true });
    child.on("error", reject);
    child.on("exit", (code) =>
      setImmediate(() => {
        signal?.removeEventListener("abort", interrupt);
        child.stdout.destroy();
        child.stderr.destroy();
        resolve({ code, output: Buffer.concat(output).toString() });
      }),
    );
  });
}

/** What Postgres says of a port that another program listens on. */
export const portTaken = /could not bind|Address already in use/i;
/** What it says where processes of a killed server live on, or the system has not cleared them away. */
export const notEnded = /lock file "postmaster.pid" already exists|pre-existing shared memory block/i;
const diskFull = "the disk is full";

/** The problem that `what` is, with what a program of Postgres said of it. */
export function failure(what, output, server) {
  const why = cause(output, server);
  return new SetupProblem(`${what}: ${why}.${why === diskFull ? " Free some space and start again." : ""}`);
}

/** Why a program of Postgres failed, in words, as the end of a sentence. */
export function cause(output, { folder, port }) {
  // On a full disk the log may lack the line that says so.
  if (/No space left on device/i.test(output) || isDiskFull(folder)) return diskFull;
  if (portTaken.test(output)) return `port ${port} is taken${holderOf(port)}`;
  if (notEnded.test(output)) return "processes of the one before have not ended yet";
  const lines = output.trim().split("\n").slice(-4);
  return `Postgres says: ${lines.join(" ").replace(/\s+/g, " ")}`;
}
