import { text } from "node:stream/consumers";
import { createUser } from "@/lib/features/users/create-user";
import { CreateUser } from "@/lib/features/users/schema";
import { systemActor } from "@/lib/records/access";
import { type Command, onlyArgument, UsageError } from "./command";
import { withInstallation } from "./installation";

export const userAdd: Command = {
  usage: "user add EMAIL --role reader|reviewer|admin [--name NAME]",
  summary: "make an account; password from standard input, or generated and printed once",
  options: { role: { type: "string" }, name: { type: "string" } },
  async run(options) {
    const email = onlyArgument(options, "e-mail address");
    const given = process.stdin.isTTY ? "" : (await text(process.stdin)).replace(/\r?\n$/, "");
    const parsed = CreateUser.safeParse({
      email,
      name: options.text("name"),
      role: options.text("role")?.toUpperCase(),
      password: given === "" ? undefined : given,
    });
    if (!parsed.success) {
      const issue = parsed.error.issues[0]!;
      throw new UsageError(issue.path[0] === "role" ? "--role is reader, reviewer or admin" : issue.message);
    }
    const user = await withInstallation(() => createUser(systemActor, parsed.data));
    options.print(
      { id: user.id, email: parsed.data.email, role: parsed.data.role, password: user.password },
      user.password
        ? `${parsed.data.email} signs in with ${user.password}`
        : `${parsed.data.email} has an account`,
    );
  },
};
