import { parseArgs } from "node:util";
import { AppError } from "@/lib/platform/errors";
import { quietLog } from "@/lib/platform/log";
import { baseExport } from "./commands/base-export";
import { baseImport } from "./commands/base-import";
import { baseInt8 } from "./commands/base-int8";
import { bases } from "./commands/bases";
import { collect } from "./commands/collect";
import { type Command, type CommandOptions, UsageError } from "./commands/command";
import { demo } from "./commands/demo";
import { doctor } from "./commands/doctor";
import { evaluate } from "./commands/evaluate";
import { fitInitialModel } from "./commands/fit-initial-model";
import { importCommand } from "./commands/import";
import { models } from "./commands/models";
import { predict } from "./commands/predict";
import { promote } from "./commands/promote";
import { reject } from "./commands/reject";
import { retire } from "./commands/retire";
import { rollback } from "./commands/rollback";
import { simulate } from "./commands/simulate";
import { status } from "./commands/status";
import { train } from "./commands/train";
import { userAdd } from "./commands/user-add";

/**
 * The operator's command line. Results on standard output (`--json`: one object), words on standard error.
 * Exit code 0 done, 1 failed (one line says why), 2 wrong usage.
 */

const commands: Record<string, Command> = {
  "user add": userAdd,
  import: importCommand,
  predict,
  train,
  promote,
  rollback,
  retire,
  reject,
  models,
  bases,
  "base-import": baseImport,
  "base-export": baseExport,
  "base-int8": baseInt8,
  evaluate,
  status,
  collect,
  doctor,
  demo,
  simulate,
  "fit-initial-model": fitInitialModel,
};

function usage(): string {
  const lines = Object.values(commands).map((command) => `  ${command.usage.padEnd(52)} ${command.summary}`);
  return ["Usage: npm run --silent sulcus -- <command> [--json]", "", ...lines].join("\n");
}

async function main(argv: string[]): Promise<number> {
  if (argv.length === 0 || argv[0] === "help" || argv[0] === "--help") {
    process.stdout.write(`${usage()}\n`);
    return argv.length === 0 ? 2 : 0;
  }
  const name = argv[0] === "user" ? argv.slice(0, 2).join(" ") : argv[0]!;
  const command = commands[name];
  try {
    if (!command) throw new UsageError(`There is no command "${name}"`);
    const { positionals, ...parsed } = parse(command, argv.slice(name.split(" ").length));
    const values: Record<string, string | boolean | undefined> = parsed.values;
    const options: CommandOptions = {
      positionals,
      text: (option) => {
        const value = values[option];
        return typeof value === "string" ? value : undefined;
      },
      flag: (option) => values[option] === true,
      json: values.json === true,
      say: (text) => process.stderr.write(`${text}\n`),
      print: (object, forPeople) => {
        process.stdout.write(`${values.json === true ? JSON.stringify(object) : forPeople}\n`);
      },
    };
    await command.run(options);
    return 0;
  } catch (error) {
    if (error instanceof UsageError) {
      process.stderr.write(`${error.message}\n${command ? `Usage: ${command.usage}` : usage()}\n`);
      return 2;
    }
    // One line; --debug shows where a fault of ours came from.
    const message = error instanceof Error ? error.message : String(error);
    process.stderr.write(`${message.trim().split("\n").join(" ")}\n`);
    if (!(error instanceof AppError) && argv.includes("--debug")) console.error(error);
    return 1;
  }
}

function parse(command: Command, args: string[]) {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: {
        ...command.options,
        json: { type: "boolean" as const },
        debug: { type: "boolean" as const },
      },
    });
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

quietLog();
const code = await main(process.argv.slice(2));
// A live wasm or GPU backend would keep the process; what was printed must leave it first.
process.stdout.write("", () => process.exit(code));
