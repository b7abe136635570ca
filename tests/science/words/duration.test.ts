import { expect, it } from "vitest";
import { durationInWords } from "@/app/_ui/duration";

it("a duration is said in seconds, minutes or hours", () => {
  expect([0.02, 0.44, 1.4, 75, 600, 3540, 3900].map(durationInWords)).toEqual([
    "0.1 s",
    "0.4 s",
    "1 s",
    "75 s",
    "10 min",
    "59 min",
    "1 h 05 min",
  ]);
});
