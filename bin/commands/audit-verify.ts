import { type AuditBreak, sealAudit, verifyAudit } from "@/lib/platform/seal-audit";
import { type Command, CommandFailed, noArguments } from "./command";
import { withInstallation } from "./installation";

const words: Record<AuditBreak, string> = {
  "event-changed": "an event was changed",
  "event-chain-broken": "an event before this one is missing or was changed",
  "seal-changed": "a seal was changed",
  "seal-chain-broken": "a seal before this one is missing or was changed",
  "sealed-event-missing": "an event of this seal is missing, or one was added",
};

export const auditVerify: Command = {
  usage: "audit verify",
  summary: "compute every hash of the audit trail again; fails where an event was changed or removed",
  async run(options) {
    noArguments(options);
    const check = await withInstallation(async () => {
      await sealAudit();
      return verifyAudit();
    });
    const { events, seals, head, breaks } = check;
    options.print(
      check,
      [
        `${events} events in ${seals} seals. Newest seal: ${head || "none"}`,
        "Note the newest seal elsewhere: a later check that still finds it in the chain proves that nothing before it has changed.",
        ...breaks.map(
          ({ eventId, sealId, what }) => `${eventId ? `event ${eventId}` : `seal ${sealId}`}: ${words[what]}`,
        ),
      ].join("\n"),
    );
    if (breaks.length > 0) throw new CommandFailed("The audit trail does not hold: see the lines above");
  },
};
