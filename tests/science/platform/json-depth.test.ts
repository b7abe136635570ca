import { expect, it } from "vitest";
import { jsonDepth } from "@/app/_server/route";

it("a text's depth counts brackets within each other, and none inside strings", () => {
  expect(jsonDepth("12")).toBe(0);
  expect(jsonDepth('{"a":[{"b":1}],"c":{}}')).toBe(3);
  expect(jsonDepth('{"a":"[[[[\\"[[","b":"\\\\"}')).toBe(1);
  expect(jsonDepth("[".repeat(1_000_000))).toBe(1_000_000);
});
