import { listBases } from "@/lib/features/bases/list-bases";
import { systemActor } from "@/lib/records/access";
import { type Command, noArguments } from "./command";
import { withInstallation } from "./installation";

export const patientsInWords = (count: number) => (count === 1 ? "1 patient" : `${count} patients`);

export const bases: Command = {
  usage: "bases",
  summary: "list base networks: what they give, which patients they have seen, what stands on them",
  async run(options) {
    noArguments(options);
    const rows = await withInstallation(() => listBases(systemActor));
    const lines = rows.map(({ sha256, name, outputs, seenPatients, models, parent, run }) => {
      const origin = run ? `, fine-tuned by run ${run.number}` : parent ? ", continued" : "";
      return (
        `${sha256.slice(0, 12)}  ${name}: ${outputs.join(", ")}; ` +
        `has seen ${patientsInWords(seenPatients)}; ${models} ${models === 1 ? "model stands" : "models stand"} on it` +
        `${origin}${parent ? ` from ${parent.name}` : ""}`
      );
    });
    options.print(
      rows.map(({ card: _, ...row }) => row),
      lines.join("\n"),
    );
  },
};
