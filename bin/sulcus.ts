import { parseArgs } from "node:util";
import { AppError } from "@/lib/platform/errors";
import { quietLog } from "@/lib/platform/log";
import { sayRefusal } from "@/lib/words/refusals";
import { type Command, CommandFailed, type CommandOptions, UsageError } from "./commands/command";

/**
 * The operator's command line. Results on standard output (`--json`: one object), words on standard error.
 * Exit code 0 done, 1 failed (one line says why), 2 wrong usage.
 */

/** Each is loaded when it is wanted: what one of them needs, another one need not wait for. */
const commands: Record<string, () => Promise<Command>> = {
  "user add": async () => (await import("./commands/user-add")).userAdd,
  import: async () => (await import("./commands/import")).importCommand,
  predict: async () => (await import("./commands/predict")).predict,
  train: async () => (await import("./commands/train")).train,
  promote: async () => (await import("./commands/promote")).promote,
  rollback: async () => (await import("./commands/rollback")).rollback,
  retire: async () => (await import("./commands/retire")).retire,
  reject: async () => (await import("./commands/reject")).reject,
  models: async () => (await import("./commands/models")).models,
  bases: async () => (await import("./commands/bases")).bases,
  "base-import": async () => (await import("./commands/base-import")).baseImport,
  "base-export": async () => (await import("./commands/base-export")).baseExport,
  "base-int8": async () => (await import("./commands/base-int8")).baseInt8,
  evaluate: async () => (await import("./commands/evaluate")).evaluate,
  "audit verify": async () => (await import("./commands/audit-verify")).auditVerify,
  status: async () => (await import("./commands/status")).status,
  collect: async () => (await import("./commands/collect")).collect,
  health: async () => (await import("./commands/health")).health,
  "demo remove": async () => (await import("./commands/demo-remove")).demoRemove,
  demo: async () => (await import("./commands/demo")).demo,
  simulate: async () => (await import("./commands/simulate")).simulate,
  "fit-initial-model": async () => (await import("./commands/fit-initial-model")).fitInitialModel,
};

/** Names of before. */
const aliases: Record<string, string> = { doctor: "health" };

async function usage(): Promise<string> {
  const all = await Promise.all(Object.values(commands).map((load) => load()));
  const lines = all.map((command) => `  ${command.usage.padEnd(52)} ${command.summary}`);
  return ["Usage: npm run --silent sulcus -- <command> [--json]", "", ...lines].join("\n");
}

async function main(argv: string[]): Promise<number> {
  if (argv.length === 0 || argv[0] === "help" || argv[0] === "--help") {
    process.stdout.write(`${await usage()}\n`);
    return argv.length === 0 ? 2 : 0;
  }
  const two = argv.slice(0, 2).join(" ");
  const name = two in commands ? two : argv[0]!;
  const command = await commands[aliases[name] ?? name]?.();
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
      process.stderr.write(`${error.message}\n${command ? `Usage: ${command.usage}` : await usage()}\n`);
      return 2;
    }
    // One line; --debug shows where a fault of ours came from.
    process.stderr.write(`${lineOf(error)}\n`);
    const isSaid = error instanceof AppError || error instanceof CommandFailed;
    if (!isSaid && argv.includes("--debug")) console.error(error);
    return 1;
  }
}

function lineOf(error: unknown): string {
  if (error instanceof AppError) return sayRefusal(error.said);
  const message = error instanceof Error ? error.message : String(error);
  return message.trim().split("\n").join(" ");
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
