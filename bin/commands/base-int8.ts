import { writeFile } from "node:fs/promises";
import { readBaseCard } from "@/lib/engine/bases/base-network";
import { calibrateBase, RangesFile, registerInt8Base } from "@/lib/engine/bases/int8-base";
import { type Command, callersPath, progressLine, UsageError } from "./command";
import { findBaseByName } from "./find-base-by-name";
import { withInstallation } from "./installation";

export const baseInt8: Command = {
  usage: "base-int8 [BASE] --data ZIP [--out FILE]",
  summary: "add the int8 form of a base, its ranges measured on patients that it has seen",
  options: { data: { type: "string" }, out: { type: "string" } },
  async run(options) {
    const [name, ...more] = options.positionals;
    const data = options.text("data");
    const out = options.text("out");
    if (!data || more.length > 0) throw new UsageError("--data is needed, and at most one base");
    const result = await withInstallation(async () => {
      const baseSha256 = (await (name ? findBaseByName(name) : readBaseCard())).sha256;
      const show = progressLine();
      const { about, ranges } = await calibrateBase(baseSha256, callersPath(data), (done, total) =>
        show(`slice ${done} of ${total}`),
      );
      const int8Sha256 = await registerInt8Base(about, ranges);
      const listed = [...ranges].map(([name, { low, high }]) => [name, low, high]);
      return RangesFile.parse({ ...about, int8Sha256, ranges: listed });
    });
    if (out) await writeFile(callersPath(out), `${JSON.stringify(result, null, 1)}\n`);
    const { int8Sha256, slices, patients } = result;
    options.print(
      { ...result, ranges: result.ranges.length },
      `the int8 form is a base network now (${int8Sha256.slice(0, 12)}): ranges of ${result.ranges.length} values ` +
        `measured on ${slices} slices of ${patients.length} patients that the base has seen`,
    );
  },
};
