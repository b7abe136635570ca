import { mkdir, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { beginPathImport } from "@/lib/features/imports/begin-path-import";
import { createUser } from "@/lib/features/users/create-user";
import { resetPassword } from "@/lib/features/users/reset-password";
import { roles } from "@/lib/features/users/schema";
import { database } from "@/lib/platform/database";
import { dataFolder } from "@/lib/platform/storage";
import { systemActor } from "@/lib/records/access";
import { phantomArchive } from "@/lib/science/imaging/phantom-archive";
import { type Command, noArguments } from "./command";
import { withInstallation } from "./installation";

const phantomSeed = 1;
const phantomPatients = 12;

/** Makes the demo: an account of each role and a set of phantoms, which goes the way of real data. */
export const demo: Command = {
  usage: "demo",
  summary: "make the demo: accounts with generated passwords, and twelve phantom patients",
  async run(options) {
    noArguments(options);
    const accounts = await withInstallation(async () => {
      if ((await database().import.count({ where: { cohort: "PHANTOM" } })) === 0) {
        options.say("drawing twelve phantom patients");
        await beginPathImport(systemActor, { file: await writePhantoms(), cohort: "PHANTOM" });
      }
      const made = [];
      for (const role of roles) made.push(await demoAccount(role));
      return made;
    });
    // The supervisor reads this line.
    process.stdout.write(`${JSON.stringify({ accounts })}\n`);
  },
};

async function demoAccount(role: (typeof roles)[number]) {
  const email = `${role.toLowerCase()}@demo.sulcus`;
  const known = await database().user.findUnique({ where: { email } });
  const { password } = known
    ? await resetPassword(systemActor, { userId: known.id })
    : await createUser(systemActor, { email, role, name: `Demo ${role.toLowerCase()}` });
  return { email, role, password };
}

/** Writes the phantoms as a folder of files; a folder cut short by a kill is written again. */
async function writePhantoms(): Promise<string> {
  const folder = path.join(await dataFolder("demo"), "phantoms");
  await rm(folder, { recursive: true, force: true });
  for await (const { path: name, bytes } of phantomArchive(phantomSeed, phantomPatients)) {
    const file = path.join(folder, name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, bytes);
  }
  return folder;
}
