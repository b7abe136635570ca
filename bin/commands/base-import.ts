import { createHash, randomUUID } from "node:crypto";
import { readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { compareWithGolden, selfCheckBase } from "@/lib/engine/bases/check-base";
import { readGolden } from "@/lib/engine/bases/read-golden";
import { type Inference, openInference } from "@/lib/engine/inference/inference";
import { importBase, refuseKnownBase } from "@/lib/features/bases/import-base";
import { readSeenPatients, seenPatientsOfCard } from "@/lib/features/bases/read-seen-patients";
import { baseOutputs } from "@/lib/features/bases/schema";
import { dataFolder } from "@/lib/platform/storage";
import { systemActor } from "@/lib/records/access";
import { type BaseFile, readBaseFile } from "@/lib/science/network/read-base-file";
import { patientsInWords } from "./bases";
import {
  type Command,
  CommandFailed,
  type CommandOptions,
  callersPath,
  onlyArgument,
  UsageError,
} from "./command";
import { withInstallation } from "./installation";

export const baseImport: Command = {
  usage:
    "base-import FILE [--card FILE] [--seen FILE | --seen-none] [--name NAME] [--golden FILE [--data ZIP]]",
  summary: "add a base network: Keras .h5 ResNet50 without top, or safetensors",
  options: {
    card: { type: "string" },
    seen: { type: "string" },
    "seen-none": { type: "boolean" },
    name: { type: "string" },
    golden: { type: "string" },
    data: { type: "string" },
  },
  async run(options) {
    const file = callersPath(onlyArgument(options, "file"));
    if (options.flag("seen-none") && options.text("seen"))
      throw new UsageError("Either --seen or --seen-none");
    if (options.text("data") && !options.text("golden")) throw new UsageError("--data goes with --golden");
    const card = await readCard(options);
    const { seenPatients, toldBy } = await seenPatientsOf(options, card);
    const bytes = await read(file);
    const base = await readBaseFile(bytes).catch((error: Error) => {
      throw new CommandFailed(`${path.basename(file)}: ${error.message}`);
    });
    const fileSha256 = sha256Of(bytes);
    const sha256 = sha256Of(base.safetensors);
    refuseOtherCard(card, [fileSha256, sha256]);
    const cardName = typeof card?.name === "string" ? card.name : null;
    const name = options.text("name") ?? cardName ?? path.parse(file).name;
    const outputs = baseOutputs.filter((output) => base.network.outputs.includes(output));
    for (const layer of base.leftOut) options.say(`left out: the dense layer ${layer} on top`);

    const result = await withInstallation(async () => {
      await refuseKnownBase(systemActor, { name, sha256 });
      const checks = await check(base, options);
      const origin = {
        file: path.basename(file),
        fileSha256,
        leftOut: base.leftOut,
        seenPatientsToldBy: toldBy,
      };
      await importBase(systemActor, {
        name,
        file: base.safetensors,
        sha256,
        outputs,
        seenPatients,
        card: { ...withoutPatients(card), imported: { ...origin, ...checks } },
      });
      return checks;
    });
    const figures = Object.entries({ "self-check": result.selfCheck, ...result.golden });
    options.print(
      { sha256, name, outputs, seenPatients: seenPatients.length, leftOut: base.leftOut, ...result },
      [
        `${name} is a base network now (${sha256.slice(0, 12)}): ${outputs.join(", ")}; ` +
          `it has seen ${patientsInWords(seenPatients.length)}`,
        ...figures.map(
          ([what, value]) => `  ${what.padEnd(10)} relative difference ${value.toExponential(1)}`,
        ),
        ...(outputs.includes("mask") ? [] : ["  it has no mask decoder: models on it propose no masks"]),
      ].join("\n"),
    );
  },
};

async function read(file: string): Promise<Buffer> {
  return readFile(file).catch((error: NodeJS.ErrnoException) => {
    throw new CommandFailed(`${file}: ${error.code === "ENOENT" ? "there is no such file" : error.message}`);
  });
}

const sha256Of = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

async function readCard(options: CommandOptions): Promise<Record<string, unknown> | null> {
  const given = options.text("card");
  if (!given) return null;
  const text = (await read(callersPath(given))).toString("utf8");
  let card: unknown;
  try {
    card = JSON.parse(text);
  } catch {
    throw new CommandFailed("The card is not JSON");
  }
  if (typeof card !== "object" || card === null || Array.isArray(card))
    throw new CommandFailed("The card is not a JSON object");
  return card as Record<string, unknown>;
}

/** A card need not name a hash; where it does, its lineage is that of that file alone. */
function refuseOtherCard(card: Record<string, unknown> | null, hashes: string[]) {
  const said = card?.sha256;
  if (said === undefined || hashes.includes(said as string)) return;
  throw new CommandFailed(`The card is another file's: it names the hash ${said}, this one has ${hashes[0]}`);
}

/** Whom it has seen must be told: a base of which nobody knows could be tested on its own training patients. */
async function seenPatientsOf(options: CommandOptions, card: Record<string, unknown> | null) {
  const byCard = card && seenPatientsOfCard(card);
  const list = options.text("seen");
  const byList = list ? readSeenPatients((await read(callersPath(list))).toString("utf8")) : null;
  if (options.flag("seen-none") && byCard?.length)
    throw new CommandFailed(`The card lists ${byCard.length} seen patients: --seen-none contradicts it`);
  if (!options.flag("seen-none") && !byCard && !byList) {
    throw new CommandFailed(
      "Which patients this base has seen must be told, since no figure on them can be claimed: a --card that lists " +
        "them (trainedOn.patientKeySha256), --seen FILE with a patient key or its SHA-256 a line, or --seen-none " +
        "if it has seen none",
    );
  }
  const told = { card: byCard !== null, list: byList !== null, "seen-none": options.flag("seen-none") };
  return {
    seenPatients: [...new Set([...(byCard ?? []), ...(byList ?? [])])].sort(),
    toldBy: Object.entries(told).flatMap(([how, is]) => (is ? [how] : [])),
  };
}

/** The registry keeps the patients beside the card. */
function withoutPatients(card: Record<string, unknown> | null) {
  if (!card?.trainedOn || typeof card.trainedOn !== "object") return card;
  const { patientKeySha256: _, ...trainedOn } = card.trainedOn as Record<string, unknown>;
  return { ...card, trainedOn };
}

async function check(base: BaseFile, options: CommandOptions) {
  const golden = options.text("golden");
  const data = options.text("data");
  const expected = golden && (await readGolden(await read(callersPath(golden)), data && callersPath(data)));
  options.say("running the network on test images");
  return withInference(base, async (inference) => ({
    selfCheck: await selfCheckBase(base, inference),
    golden: expected ? await compareWithGolden(inference, expected) : {},
  }));
}

/** The network opened from a folder that is removed afterwards: a refused base leaves nothing behind. */
async function withInference<T>({ safetensors }: BaseFile, work: (inference: Inference) => Promise<T>) {
  const cacheFolder = path.join(await dataFolder("uploads"), `base-${randomUUID()}`);
  await dataFolder(path.join("uploads", path.basename(cacheFolder)));
  const basePath = path.join(cacheFolder, "base.safetensors");
  try {
    await writeFile(basePath, safetensors);
    const inference = await openInference({ basePath, cacheFolder });
    try {
      return await work(inference);
    } finally {
      await inference.close();
    }
  } finally {
    await rm(cacheFolder, { recursive: true, force: true });
  }
}
