import { judgeDisk } from "./judge-machine";
import type {
  Finding,
  FindingGroup,
  FindingPart,
  FindingSays,
  FindingState,
  InstallationFacts,
} from "./schema";

/** A worker that has been silent for longer counts as dead; the others give back what it held. */
export const deadAfterMs = 15_000;
const minuteMs = 60_000;

/** What there is to say of an installation's database, queue, workers and files; pure. */
export function judgeInstallation(facts: InstallationFacts): Finding[] {
  return [
    good("database", { code: "postgres" }, { code: "database-answers", version: facts.postgres }),
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

/** For a database that does not answer, with the cause in its own words. */
export function judgeNoDatabase(cause: string): Finding {
  return {
    group: "database",
    part: { code: "postgres" },
    state: "broken",
    says: { code: "database-silent", cause },
    todo: { code: "start-or-check-database" },
  };
}

function judgeMigrations({ migrations }: InstallationFacts): Finding {
  const about = { group: "database", part: { code: "schema" } } as const;
  if ("refused" in migrations)
    return {
      ...about,
      state: "broken",
      says: { code: "schema-refused", cause: migrations.refused },
      todo: { code: "start-fitting-version" },
    };
  const { pending } = migrations;
  if (pending.length === 0) return good(about.group, about.part, { code: "schema-applied" });
  return {
    ...about,
    state: "broken",
    says: { code: "migrations-pending", names: pending },
    todo: { code: "start-to-migrate" },
  };
}

function judgeClock({ clockSkewMs }: InstallationFacts): Finding {
  const apart = Math.abs(clockSkewMs);
  const state: FindingState = apart > 10_000 ? "broken" : apart > 2_000 ? "look" : "good";
  return {
    group: "database",
    part: { code: "clocks" },
    state,
    says: { code: "clocks-apart", ms: apart },
    todo: state === "good" ? null : { code: "set-clocks" },
  };
}

function judgeWorkers({ workers }: InstallationFacts): Finding {
  const about = { group: "work", part: { code: "workers" } } as const;
  const alive = workers.filter(({ silentMs }) => silentMs <= deadAfterMs);
  const dead = workers.length - alive.length;
  if (alive.length === 0)
    return { ...about, state: "broken", says: { code: "no-worker", dead }, todo: { code: "start-a-worker" } };
  const hosts = new Set(alive.map(({ host }) => host)).size;
  const says = { code: "workers-report", workers: alive.length, hosts, dead } as const;
  if (dead === 0) return good(about.group, about.part, says);
  return { ...about, state: "look", says, todo: { code: "read-why-workers-ended" } };
}

function judgeQueue({ queue, workers }: InstallationFacts): Finding {
  const { waiting, running, failed, oldestWaitingMs, givenUp } = queue;
  const says = { code: "queue-holds", waiting, running, failed, oldestMs: oldestWaitingMs, givenUp } as const;
  const about = { group: "work", part: { code: "queue" }, says } as const;
  if (givenUp > 0) return { ...about, state: "broken", todo: { code: "cancel-given-up-jobs" } };
  // With nothing running, nobody takes what waits.
  if (oldestWaitingMs !== null && oldestWaitingMs > minuteMs && running === 0)
    return {
      ...about,
      state: workers.length > 0 ? "broken" : "look",
      todo: { code: "restart-to-work" },
    };
  if (oldestWaitingMs !== null && oldestWaitingMs > 30 * minuteMs)
    return { ...about, state: "look", todo: { code: "set-more-workers" } };
  if (failed > 0) return { ...about, state: "look", todo: { code: "read-why-jobs-failed" } };
  return { ...about, state: "good", todo: null };
}

function judgeUnpredicted({ unpredicted: { slices, example } }: InstallationFacts): Finding[] {
  if (slices === 0) return [];
  return [
    {
      group: "work",
      part: { code: "predictions" },
      state: "look",
      says: { code: "slices-unpredicted", slices, example },
      todo: { code: "restore-unreadable-files" },
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
      group: "work",
      part: { code: "audit-trail" },
      state: "look",
      says: { code: "events-unsealed", ms: oldestUnsealedMs },
      todo: { code: "verify-audit" },
    },
  ];
}

function judgeFiles({ files, production }: InstallationFacts): Finding[] {
  const findings = files.map(({ what, state }): Finding => {
    if (state === "intact") return good("models", what, { code: "file-intact" });
    return {
      group: "models",
      part: what,
      state: "broken",
      says: { code: state === "missing" ? "file-missing" : "file-damaged" },
      todo: { code: "restore-object" },
    };
  });
  if (production) return findings;
  return [
    ...findings,
    {
      group: "models",
      part: { code: "production" },
      state: "look",
      says: { code: "nothing-in-production" },
      todo: { code: "promote-a-model" },
    },
  ];
}

function judgePrecision({ precision: { wanted, available }, production }: InstallationFacts): Finding {
  const about = { group: "models", part: { code: "precision" } } as const;
  if (available) return good(about.group, about.part, { code: "precision-used", wanted, production });
  return {
    ...about,
    state: "look",
    says: { code: "precision-lacking", wanted, production },
    todo: { code: "make-int8-form" },
  };
}

const good = (group: FindingGroup, part: FindingPart, says: FindingSays): Finding => ({
  group,
  part,
  state: "good",
  says,
  todo: null,
});
