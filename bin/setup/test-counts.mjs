import { existsSync, readFileSync } from "node:fs";

/**
 * Each reads a runner's own report in `file` as `{ passed, failed, skipped }`. A runner that ended badly without
 * saying which test failed, or without any report, counts as one failure more.
 */
export function countNodeTests(file, { code }) {
  const text = existsSync(file) ? readFileSync(file, "utf8") : "";
  const number = (name) => Number(new RegExp(`^# ${name} (\\d+)$`, "m").exec(text)?.[1] ?? 0);
  return honest(
    { passed: number("pass"), failed: number("fail") + number("cancelled"), skipped: number("skipped") },
    code,
  );
}

export function countVitestTests(file, { code }) {
  const report = readReport(file);
  if (!report) return honest({ passed: 0, failed: 0, skipped: 0 }, 1);
  const files = report.testResults ?? [];
  const unloadable = files.filter(
    ({ status, assertionResults }) => status === "failed" && assertionResults.length === 0,
  );
  return honest(
    {
      passed: report.numPassedTests,
      failed: report.numFailedTests + unloadable.length,
      skipped: report.numPendingTests + report.numTodoTests,
    },
    code,
  );
}

export function countPlaywrightTests(file, { code }) {
  const report = readReport(file);
  if (!report) return honest({ passed: 0, failed: 0, skipped: 0 }, 1);
  const { expected, unexpected, flaky, skipped } = report.stats;
  // What passes only the second time has failed: the second run is there for its trace.
  return honest({ passed: expected, failed: unexpected + flaky, skipped }, code);
}

function honest(counts, code) {
  return code !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
}

function readReport(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : null;
}
