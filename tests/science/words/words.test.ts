import { describe, expect, it } from "vitest";
import { asWritten, inLog, type Message, StoredMessageOrText } from "@/lib/platform/message";
import { fileWords, sayOfFile } from "@/lib/words/files";
import { findingWords, partWords, todoWords } from "@/lib/words/findings";
import { sayFigure, sayVerdict } from "@/lib/words/gate";
import { noteWords, sayNotes } from "@/lib/words/notes";
import { progressWords, sayProgress } from "@/lib/words/progress";
import { refusalWords, sayRefusal } from "@/lib/words/refusals";
import { say, type Words } from "@/lib/words/say";
import { spanInWords } from "@/lib/words/span";
import { progress } from "./said";
import { files } from "./samples/files";
import { findings, parts, todos } from "./samples/findings";
import { notes } from "./samples/notes";
import { progress as ofProgress } from "./samples/progress";
import { refusals } from "./samples/refusals";

const everything: [string, object, Record<string, object>][] = [
  ["file", fileWords, files],
  ["note", noteWords, notes],
  ["refusal", refusalWords, refusals],
  ["progress", progressWords, ofProgress],
  ["part", partWords, parts],
  ["finding", findingWords, findings],
  ["thing to do", todoWords, todos],
];

describe.each(everything)("every %s", (_, words, all) => {
  it.each(Object.keys(words))("%s has words, with its values", (code) => {
    const text = say(words as Words<Message>, { code, ...all[code] } as Message);
    expect(text).not.toMatch(/undefined|null|NaN|\[object/);
    expect(text).toBe(text.trim());
    expect(text.length).toBeGreaterThan(2);
  });
});

describe("a message", () => {
  it("that was written by an earlier version stands as it is", () => {
    const stored = StoredMessageOrText.parse("The archive is broken");
    expect(stored).toEqual(asWritten("The archive is broken"));
    expect([sayRefusal(stored), sayProgress(stored), sayOfFile(stored), ...sayNotes([stored])]).toEqual(
      Array(4).fill("The archive is broken"),
    );
    expect([sayFigure(stored), sayVerdict(stored)]).toEqual(Array(2).fill("The archive is broken"));
  });

  it("that this version does not know is its code", () => {
    expect(sayRefusal({ code: "of-the-next-version" })).toBe("of-the-next-version");
    expect(sayRefusal({ code: "constructor" })).toBe("constructor");
  });

  it("is logged as its code and values", () => {
    expect(inLog({ code: "disk-full" })).toBe("disk-full");
    const said = { code: "model-file-damaged", number: 2 };
    expect(inLog(said)).toBe('model-file-damaged {"number":2}');
    expect(inLog(asWritten("The disk is full"))).toBe("The disk is full");
  });

  it("is said once, though an earlier version wrote it down in the same words", () => {
    const old =
      "The test has only 1 patient: its figures describe the slices of this patient, without an interval. Nothing can be claimed about other patients.";
    expect(sayNotes([asWritten(old), { code: "one-test-patient" }])).toEqual([old]);
  });
});

it("jobs say what they do", () => {
  expect(progress("predicted-but-some")).toContain("1 slice could not be read");
  expect(progress("fine-tuning")).toMatch(/epoch 1 of 2 at most, slice \d of \d, \d+\.\d slices\/s/);
  expect(progress("fitting-head")).toBe("Head 1: Epoch 2 of 20");
  expect(progress("removed-unused")).toBe("2 files (1.3 MB) and 3 predictions removed");
});

it("spans of time are said in one unit", () => {
  expect([0.2, 75, 600, 7200, 86400 * 4].map(spanInWords)).toEqual([
    "1 s",
    "75 s",
    "10 min",
    "2 h",
    "4 days",
  ]);
});
