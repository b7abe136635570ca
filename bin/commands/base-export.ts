import { writeFile } from "node:fs/promises";
import { registeredBase } from "@/lib/features/bases/registered-base";
import { getObject } from "@/lib/platform/storage";
import { type Command, CommandFailed, callersPath, UsageError } from "./command";
import { findBaseByName } from "./find-base-by-name";
import { withInstallation } from "./installation";

export const baseExport: Command = {
  usage: "base-export BASE FILE",
  summary: "write a base network as safetensors, and FILE.card.json with the patients it has seen (hashed)",
  async run(options) {
    const [name, given, ...more] = options.positionals;
    if (!name || !given || more.length > 0) throw new UsageError("A base and a file are needed");
    const file = callersPath(given);
    const cardFile = `${file}.card.json`;
    const { bytes, card } = await withInstallation(async () => {
      const { sha256 } = await findBaseByName(name);
      const base = await registeredBase(sha256);
      const about = base.card as Record<string, unknown>;
      const trainedOn = { ...(about.trainedOn as object | undefined), patientKeySha256: base.seenPatients };
      return { bytes: await getObject(sha256), card: { ...about, name: base.name, sha256, trainedOn } };
    });
    await write(file, bytes);
    await write(cardFile, `${JSON.stringify(card, null, 2)}\n`);
    options.print({ file, card: cardFile, sha256: card.sha256 }, `${file}\n${cardFile}`);
  },
};

/** Never over a file that is there. */
async function write(file: string, content: Uint8Array | string) {
  await writeFile(file, content, { flag: "wx" }).catch((error: NodeJS.ErrnoException) => {
    throw new CommandFailed(`${file}: ${error.code === "EEXIST" ? "is there already" : error.message}`);
  });
}
