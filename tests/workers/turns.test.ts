import { expect, it } from "vitest";
import { giveTurn, sharingProcess } from "@/workers/turns";

/** Steps that another piece of work takes while `work` runs. */
async function stepsOfOthers(work: () => Promise<void>): Promise<number> {
  let steps = 0;
  const timer = setInterval(() => steps++, 1);
  await work();
  clearInterval(timer);
  return steps;
}

it("a job that is alone does not stand back", async () => {
  expect(await sharingProcess(() => stepsOfOthers(giveTurn))).toBe(0);
});

it("a job that shares its process lets the others go on, until they have ended", async () => {
  let end = () => {};
  const other = sharingProcess(
    () =>
      new Promise<void>((resolve) => {
        end = resolve;
      }),
  );
  expect(await sharingProcess(() => stepsOfOthers(giveTurn))).toBeGreaterThan(2);
  end();
  await other;
  expect(await sharingProcess(() => stepsOfOthers(giveTurn))).toBe(0);
});
