import { afterAll, beforeEach, expect, it } from "vitest";
import { database, disconnect } from "@/lib/platform/database";
import { emptyDatabase, makeActor } from "../../support/factories";
import { beginUpload } from "../../support/send-upload";

beforeEach(emptyDatabase);
afterAll(disconnect);

const file = { name: "set.zip", size: 100 };

it("an account begins sixty uploads in an hour at most; others are not concerned", async () => {
  const [admin, other] = [await makeActor("ADMIN"), await makeActor("ADMIN")];
  await beginUpload(admin, file);
  await database().rateLimit.updateMany({ data: { count: 59 } });
  await beginUpload(admin, file);
  await expect(beginUpload(admin, file)).rejects.toMatchObject({
    kind: "unavailable",
    said: { code: "too-many-uploads", most: 60 },
  });
  expect(await database().import.count()).toBe(2);
  await beginUpload(other, file);
  await database().$executeRaw`UPDATE "RateLimit" SET "resetsAt" = now()`;
  await beginUpload(admin, file);
});

it("an upload that is refused for its size is not counted", async () => {
  const admin = await makeActor("ADMIN");
  await expect(beginUpload(admin, { ...file, size: 2 ** 50 })).rejects.toMatchObject({ kind: "invalid" });
  expect(await database().rateLimit.count()).toBe(0);
});
