import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { eachLine } from "./children.mjs";
import { root } from "./folders.mjs";
import { freePort } from "./port.mjs";
import { runningInstallation } from "./running.mjs";

/**
 * Runs `work(env)` against the product, started as anyone starts it, on a free port and an empty data folder;
 * `env` names both in SULCUS_URL and SULCUS_DATA. Stops it and clears the folder away afterwards. `say` gets what it
 * has to say, a line at a time.
 */
export async function withProduct(children, dataDir, work, say = console.log) {
  await endEarlier(dataDir);
  clear(dataDir);
  mkdirSync(path.dirname(dataDir), { recursive: true });
  const port = await freePort();
  // The demo's four test phantoms leave intervals so wide that a good candidate may fail by chance.
  const env = { ...process.env, PORT: String(port), SULCUS_DATA: dataDir, SULCUS_GATE_MARGIN: "-0.2" };
  const product = children.start(process.execPath, [path.join(root, "bin/start.mjs")], { cwd: root, env });
  const ended = new Promise((resolve) => product.once("exit", resolve));
  try {
    await untilReady(product, say);
    return await work({ SULCUS_URL: `http://localhost:${port}`, SULCUS_DATA: dataDir });
  } finally {
    product.kill("SIGTERM");
    await ended;
    clear(dataDir);
  }
}

/** Tests never touch what an operator's environment points at. */
export function forgetOperatorsSettings() {
  const theirs = ["DATABASE_URL", "HOST", "PORT", "NEXTAUTH_URL", "NEXTAUTH_SECRET", "NODE_ENV"];
  const names = Object.keys(process.env).filter((name) => name.startsWith("SULCUS_"));
  for (const name of [...theirs, ...names]) delete process.env[name];
}

/** Shows the product's lines, those of set-up and whatever web and worker have to say during the tests. */
function untilReady(product, say) {
  return new Promise((resolve, reject) => {
    for (const stream of [product.stdout, product.stderr])
      eachLine(stream, (line) => {
        say(`  │ ${line}`);
        if (line.includes("Ready after")) resolve();
        if (line.includes("Not ready yet")) reject(new Error("The product did not become ready"));
      });
    product.once("exit", (code) =>
      reject(new Error(`The product ended with code ${code} before it was ready`)),
    );
  });
}

/** One that a killed run of the tests left behind. */
async function endEarlier(dataDir) {
  const earlier = existsSync(dataDir) ? runningInstallation(dataDir) : null;
  if (!earlier) return;
  process.kill(earlier.pid, "SIGTERM");
  while (runningInstallation(dataDir)) await sleep(100);
}

function clear(dataDir) {
  const notes = path.join(dataDir, "postgres.json");
  if (existsSync(notes)) {
    const { folder } = JSON.parse(readFileSync(notes, "utf8"));
    if (!folder.startsWith(dataDir)) rmSync(path.dirname(folder), { recursive: true, force: true });
  }
  rmSync(dataDir, { recursive: true, force: true });
}
