import { writeFile } from "node:fs/promises";
import path from "node:path";
import { readBaseCard } from "@/workers/base-network";
import { calibrateBase, RangesFile, registerInt8Base } from "@/workers/int8-base";
import { type Command, noArguments, progressLine, UsageError } from "./command";
import { withInstallation } from "./installation";

export const baseInt8: Command = {
  usage: "base-int8 --data ZIP [--base SHA256] [--out FILE]",
  summary: "add the int8 form of a base, its ranges measured on patients that it has seen",
  options: { data: { type: "string" }, base: { type: "string" }, out: { type: "string" } },
  async run(options) {
    noArguments(options);
    const data = options.text("data");
    const out = options.text("out");
    if (!data) throw new UsageError("--data is needed");
    const fromCaller = (file: string) => path.resolve(process.env.INIT_CWD ?? process.cwd(), file);
    const result = await withInstallation(async () => {
      const baseSha256 = options.text("base") ?? (await readBaseCard()).sha256;
      const show = progressLine();
      const { about, ranges } = await calibrateBase(baseSha256, fromCaller(data), (done, total) =>
        show(`slice ${done} of ${total}`),
      );
      const int8Sha256 = await registerInt8Base(about, ranges);
      const listed = [...ranges].map(([name, { low, high }]) => [name, low, high]);
      return RangesFile.parse({ ...about, int8Sha256, ranges: listed });
    });
    if (out) await writeFile(fromCaller(out), `${JSON.stringify(result, null, 1)}\n`);
    const { int8Sha256, slices, patients } = result;
    options.print(
      { ...result, ranges: result.ranges.length },
      `the int8 form is a base network now (${int8Sha256.slice(0, 12)}): ranges of ${result.ranges.length} values ` +
        `measured on ${slices} slices of ${patients.length} patients that the base has seen`,
    );
  },
};
