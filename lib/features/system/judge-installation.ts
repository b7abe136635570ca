import { judgeDisk } from "./judge-machine";
import type { Finding, FindingState, InstallationFacts } from "./schema";

/** A worker that has been silent for longer counts as dead; the others give back what it held. */
export const deadAfterMs = 15_000;
const minuteMs = 60_000;

/** What there is to say of an installation's database, queue, workers and files; pure. */
export function judgeInstallation(facts: InstallationFacts): Finding[] {
  return [
    { ...good("Database", "Postgres", `Version ${facts.postgres} answers`) },
    judgeMigrations(facts),
    judgeClock(facts),
    judgeWorkers(facts),
    judgeQueue(facts),
    ...judgeUnpredicted(facts),
    ...judgeAudit(facts),
    judgeDisk(facts),
    ...judgeFiles(facts),
    judgePrecision(facts),
  ];
}

/** For a database that does not answer, with the reason in words. */
export function judgeNoDatabase(reason: string): Finding {
  return {
    group: "Database",
    name: "Postgres",
    state: "broken",
    says: `The database does not answer: ${reason}`,
    todo: "Start Sulcus with `npm start`, or see that DATABASE_URL is right and the server runs",
  };
}

function judgeMigrations({ migrations }: InstallationFacts): Finding {
  const about = { group: "Database", name: "Schema" } as const;
  if ("refused" in migrations)
    return {
      ...about,
      state: "broken",
      says: migrations.refused,
      todo: "Start the version of Sulcus that fits",
    };
  const { pending } = migrations;
  if (pending.length === 0) return good("Database", "Schema", "Every migration has been applied");
  const says = `${count(pending.length, "migration")} of this version ${pending.length === 1 ? "has" : "have"} not been applied: ${pending.join(", ")}`;
  return { ...about, state: "broken", says, todo: "Start Sulcus anew with `npm start`, which applies them" };
}

function judgeClock({ clockSkewMs }: InstallationFacts): Finding {
  const apart = Math.abs(clockSkewMs);
  const state: FindingState = apart > 10_000 ? "broken" : apart > 2_000 ? "look" : "good";
  const words = `This machine's clock and the database's are ${(apart / 1_000).toFixed(1)} s apart`;
  return {
    group: "Database",
    name: "Clocks",
    state,
    says: words,
    todo:
      state === "good"
        ? null
        : "Set the clocks by a time server: workers are told alive from dead by the time of their last report",
  };
}

function judgeWorkers({ workers }: InstallationFacts): Finding {
  const about = { group: "Work", name: "Workers" } as const;
  const alive = workers.filter(({ silentMs }) => silentMs <= deadAfterMs);
  const dead = workers.length - alive.length;
  if (alive.length === 0)
    return {
      ...about,
      state: "broken",
      says: dead === 0 ? "No worker runs" : `No worker runs; ${count(dead, "worker")} ended without a word`,
      todo: "Start Sulcus with `npm start`: nothing is imported, predicted or trained without a worker",
    };
  const hosts = new Set(alive.map(({ host }) => host)).size;
  const says = `${count(alive.length, "worker")} on ${count(hosts, "machine")} ${alive.length === 1 ? "reports" : "report"}`;
  if (dead === 0) return good("Work", "Workers", says);
  return {
    ...about,
    state: "look",
    says: `${says}; ${count(dead, "worker")} ended without a word`,
    todo: "Their jobs go back into the queue by themselves; their machine's log says why they ended",
  };
}

function judgeQueue({ queue, workers }: InstallationFacts): Finding {
  const { waiting, running, failed, oldestWaitingMs, givenUp } = queue;
  const longest = oldestWaitingMs === null ? "" : `, the oldest for ${minutes(oldestWaitingMs)}`;
  const says = `${waiting} waiting${longest}, ${running} running, ${failed} failed in the last day`;
  const about = { group: "Work", name: "Queue", says } as const;
  if (givenUp > 0)
    return {
      ...about,
      state: "broken",
      says: `${says}; ${count(givenUp, "job")} given up after killing their worker again and again`,
      todo: "Cancel them on the page of jobs and ask for the work anew; the worker's log says what killed it",
    };
  // With nothing running, nobody takes what waits.
  if (oldestWaitingMs !== null && oldestWaitingMs > minuteMs && running === 0)
    return {
      ...about,
      state: workers.length > 0 ? "broken" : "look",
      todo: "Work waits and nobody takes it: start Sulcus anew",
    };
  if (oldestWaitingMs !== null && oldestWaitingMs > 30 * minuteMs)
    return {
      ...about,
      state: "look",
      todo: "Work waits long: set SULCUS_WORKERS higher where cores are free",
    };
  if (failed > 0) return { ...about, state: "look", todo: "The page of jobs says why they failed" };
  return { ...about, state: "good", todo: null };
}

function judgeUnpredicted({ unpredicted: { slices, example } }: InstallationFacts): Finding[] {
  if (slices === 0) return [];
  return [
    {
      group: "Work",
      name: "Predictions",
      state: "look",
      says: `${count(slices, "slice")} could not be predicted, for example: ${example}`,
      todo: "Restore the files from a backup of the data folder's objects, or import them again, then run `npm run --silent sulcus -- predict`",
    },
  ];
}

/** Workers seal every two seconds. */
const longestUnsealedMs = 5 * minuteMs;

function judgeAudit({ oldestUnsealedMs, workers }: InstallationFacts): Finding[] {
  // Without a worker nothing is sealed, and that is said already.
  if (oldestUnsealedMs === null || oldestUnsealedMs <= longestUnsealedMs || workers.length === 0) return [];
  return [
    {
      group: "Work",
      name: "Audit trail",
      state: "look",
      says: `Audit events have waited to be sealed for ${minutes(oldestUnsealedMs)}`,
      todo: "The worker's log says why; `npm run --silent sulcus -- audit verify` seals and checks them",
    },
  ];
}

function judgeFiles({ files, production }: InstallationFacts): Finding[] {
  const findings = files.map(({ what, state }): Finding => {
    if (state === "intact") return good("Models", what, "The file has the hash that it is registered under");
    return {
      group: "Models",
      name: what,
      state: "broken",
      says: state === "missing" ? "The file is missing" : "The file is damaged: it has another hash",
      todo: "Put it back from a backup of the data folder's objects",
    };
  });
  if (production) return findings;
  return [
    ...findings,
    {
      group: "Models",
      name: "Production",
      state: "look",
      says: "No model is in production, so nothing is predicted",
      todo: "Promote one on the page of models, or start Sulcus anew to enter the shipped one",
    },
  ];
}

function judgePrecision({ precision: { wanted, available }, production }: InstallationFacts): Finding {
  const about = { group: "Models", name: "Precision" } as const;
  const base = production
    ? ` Model ${production.number} stands on ${production.base} and predicts with that.`
    : "";
  if (available) return good(about.group, about.name, `New training runs use ${wanted}.${base}`);
  return {
    ...about,
    state: "look",
    says: `SULCUS_PRECISION is ${wanted}, and production's base has no such form: new runs use what it has.${base}`,
    todo: "Make the form with `npm run --silent sulcus -- base-int8 BASE --data ZIP`",
  };
}

const good = (group: Finding["group"], name: string, says: string): Finding => ({
  group,
  name,
  state: "good",
  says,
  todo: null,
});
const count = (n: number, what: string) => `${n} ${what}${n === 1 ? "" : "s"}`;
const minutes = (ms: number) =>
  ms < minuteMs ? `${Math.round(ms / 1_000)} s` : `${Math.round(ms / minuteMs)} min`;
