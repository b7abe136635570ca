import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { root } from "./folders.mjs";
import { takeLock } from "./lock.mjs";
import { postgresPackage } from "./postgres.mjs";
import { SetupProblem } from "./problem.mjs";

const modules = path.join(root, "node_modules");
const stamp = path.join(modules, ".sulcus-installed");

/**
 * Installs what package-lock.json names, when node_modules lacks it or was made from another lock file.
 * Scripts of packages do not run (.npmrc), but for two that are named here: links among Postgres' libraries, and
 * TensorFlow's GPU addon, a big download, only on a machine with an NVIDIA device.
 */
export async function ensureDependencies({ step, say }, children) {
  const wanted = fingerprint();
  if (installed() === wanted) return;
  // Two starters in one checkout must not install into each other; outside node_modules, which npm removes.
  const place = createHash("sha256").update(`${root}:${os.userInfo().uid}`).digest("hex").slice(0, 12);
  const release = await takeLock(path.join(os.tmpdir(), `sulcus-install-${place}.lock`), ({ pid }) =>
    say(`  Waiting for process ${pid}, which is installing dependencies`),
  );
  try {
    if (installed() === wanted) return;
    if (!agreesWithLock())
      await step("Dependencies", "install dependencies", (progress) => install(children, progress));
    await step("Postgres' links", "link Postgres' libraries", async () => {
      await rebuild(children, postgresPackage());
      return { quiet: true };
    });
    if (hasNvidiaDevice() && existsSync(path.join(modules, "@tensorflow/tfjs-node-gpu")))
      await step("TensorFlow's GPU addon", "fetch it", async () => {
        const fetched = await rebuild(children, "@tensorflow/tfjs-node-gpu", 600_000);
        return { note: fetched ? "fetched" : "could not be fetched; training uses another backend" };
      });
    writeFileSync(stamp, wanted);
  } finally {
    release();
  }
}

async function install(children, progress) {
  const total = Object.values(lockedPackages()).filter((entry) => !isForOtherSystem(entry)).length;
  let fetched = 0;
  progress(`${total} packages`);
  const { code, output } = await npm(
    children,
    ["ci", "--include=dev", "--include=optional", "--ignore-scripts", "--loglevel=http"],
    {
      onLine: (line) => {
        if (!/^npm http .*\.tgz/.test(line)) return;
        fetched++;
        progress(`${Math.min(fetched, total)} of ${total} packages`);
      },
    },
  );
  if (code !== 0) throw installProblem(output);
  return { note: `${total} packages` };
}

function installProblem(output) {
  const errors = output.split("\n").filter((line) => /^npm (ERR!|error)/.test(line));
  const said = errors.map((line) => line.replace(/^npm (ERR!|error) ?/, "").trim()).filter(Boolean);
  const text = said.join(" ");
  if (/ENOSPC/.test(text))
    return new SetupProblem("The disk is full: could not install dependencies. Free some space.");
  if (/ENOTFOUND|ECONNREFUSED|ETIMEDOUT|EAI_AGAIN|ECONNRESET|ENETUNREACH/.test(text))
    return new SetupProblem(
      `The package registry cannot be reached, and dependencies must be installed once. Check the network or npm's settings (npm config get registry). npm says: ${said.slice(0, 2).join(" ")}`,
    );
  if (/EACCES|EPERM/.test(text))
    return new SetupProblem(
      `Not permitted to install into ${modules}. Start as the user who owns the folder.`,
    );
  return new SetupProblem(`Installing dependencies failed. npm says: ${said.slice(0, 4).join(" ")}`);
}

async function rebuild(children, name, timeoutMs) {
  const { code } = await npm(children, ["rebuild", name, "--ignore-scripts=false", "--foreground-scripts"], {
    timeoutMs,
  });
  return code === 0;
}

/** npm as the one that runs us, or the one on the path. */
function npm(children, args, options) {
  const script = process.env.npm_execpath;
  const [command, first] = script?.endsWith(".js") ? [process.execPath, [script]] : ["npm", []];
  return children.run(command, [...first, ...args], { cwd: root, ...options });
}

/** Changes whenever node_modules has to: lock file, system, and whether a GPU addon is wanted. */
function fingerprint() {
  const hash = createHash("sha256").update(readFileSync(path.join(root, "package-lock.json")));
  return hash.update(`${process.platform} ${os.arch()} ${hasNvidiaDevice()}`).digest("hex");
}

function installed() {
  return existsSync(stamp) ? readFileSync(stamp, "utf8") : null;
}

/** Whether node_modules, installed by someone's own `npm ci`, holds just what the lock file names. */
function agreesWithLock() {
  const hidden = path.join(modules, ".package-lock.json"); // npm writes it last, so a broken install has none
  if (!existsSync(hidden)) return false;
  const present = JSON.parse(readFileSync(hidden, "utf8")).packages;
  return Object.entries(lockedPackages()).every(([name, entry]) =>
    present[name] ? present[name].version === entry.version : entry.optional || isForOtherSystem(entry),
  );
}

function lockedPackages() {
  const { packages } = JSON.parse(readFileSync(path.join(root, "package-lock.json"), "utf8"));
  return Object.fromEntries(Object.entries(packages).filter(([name, entry]) => name && !entry.link));
}

function isForOtherSystem({ os: systems, cpu }) {
  return (systems && !systems.includes(process.platform)) || (cpu && !cpu.includes(os.arch()));
}

let nvidia;
function hasNvidiaDevice() {
  nvidia ??= existsSync("/dev/nvidia0") || spawnSync("nvidia-smi", ["-L"], { stdio: "ignore" }).status === 0;
  return nvidia;
}
