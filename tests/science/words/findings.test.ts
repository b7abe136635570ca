import { describe, expect, it } from "vitest";
import type { Message } from "@/lib/platform/message";
import { findingWords, sayFinding } from "@/lib/words/findings";
import { say, type Words } from "@/lib/words/say";
import { findings } from "./samples/findings";

describe("a finding", () => {
  const says = (code: keyof typeof findings, values: object = findings[code]) =>
    say(findingWords as unknown as Words<Message>, { code, ...values } as Message);

  it("is said with its group, part and what to do", () => {
    expect(
      sayFinding({
        group: "machine",
        part: { code: "nvidia" },
        state: "look",
        says: { code: "nvidia-devices", names: ["A card"] },
        todo: { code: "see-backends" },
      }),
    ).toEqual({
      group: "Machine",
      name: "NVIDIA device",
      state: "look",
      says: "A card",
      todo: "It is not used for training; see the reasons at the backends below",
    });
  });

  it("is said of a machine", () => {
    expect(says("onnx-runtime-is")).toBe(
      "1.30.0 on cpu, 4 threads, 1 image at once; other providers: cuda (not bundled)",
    );
    expect(says("backend-not-taken")).toBe("Not used: not installed");
    expect(says("backend-taken")).toBe("In use: WebAssembly on the CPU, one thread");
    expect(says("network-agrees")).toBe(
      "The network gives the expected values (a relative difference of 3.0e-7, at most 1e-4 is allowed) in 90 ms per image",
    );
    expect(says("memory-available")).toBe("1 GiB of 2 GiB available (a limit)");
    expect(says("disk-free")).toBe("19 GiB of 100 GiB (19 %) free in the data folder");
  });

  it("is said of an installation", () => {
    expect(says("database-answers")).toBe("Version 18.4 answers");
    expect(says("workers-report")).toBe("1 worker on 1 machine reports");
    expect(says("workers-report", { workers: 2, hosts: 1, dead: 1 })).toBe(
      "2 workers on 1 machine report; 1 worker ended without a report",
    );
    expect(says("no-worker")).toBe("No worker runs; 1 worker ended without a report");
    expect(says("no-worker", { dead: 0 })).toBe("No worker runs");
    expect(says("queue-holds")).toBe("1 waiting, the oldest for 5 min, 0 running, 1 failed in the last day");
    const queue = { ...findings["queue-holds"], givenUp: 1, oldestMs: null };
    expect(says("queue-holds", queue)).toMatch(/^1 waiting, 0 running.*; 1 job given up/);
    expect(says("clocks-apart")).toMatch(/3\.0 s apart/);
    expect(says("migrations-pending")).toBe("1 migration of this version has not been applied: 2_next");
    expect(says("events-unsealed")).toMatch(/waited to be sealed for 6 min/);
    expect(says("precision-used")).toBe(
      "New training runs use f32. Model 1 is based on shipped and predicts with it.",
    );
    expect(says("precision-lacking")).toMatch(/no such form/);
    const why = { code: "slice-unreadable", file: "a.tif", why: { code: "image-empty" } };
    expect(says("slices-unpredicted", { slices: 3, example: why })).toBe(
      "3 slices could not be predicted, for example: a.tif cannot be read: is empty",
    );
    expect(says("slices-unpredicted")).toMatch(/^1 slice could not be predicted, for example: a.tif/);
    expect(says("file-damaged")).toMatch(/another hash/);
    expect(says("nothing-in-production")).toMatch(/nothing is predicted/);
  });
});
