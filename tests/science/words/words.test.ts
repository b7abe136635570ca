import { describe, expect, it } from "vitest";
import { asWritten, inLog, type Message, StoredMessageOrText } from "@/lib/platform/message";
import type { Claim } from "@/lib/science/metrics/what-can-be-claimed";
import { whatCanBeClaimed } from "@/lib/science/metrics/what-can-be-claimed";
import { fileWords, sayOfFile } from "@/lib/words/files";
import { findingWords, partWords, sayFinding, todoWords } from "@/lib/words/findings";
import { sayFigure, sayVerdict } from "@/lib/words/gate";
import { noteWords, sayNotes } from "@/lib/words/notes";
import { progressWords, sayProgress } from "@/lib/words/progress";
import { refusalWords, sayRefusal } from "@/lib/words/refusals";
import { say, type Words } from "@/lib/words/say";
import { spanInWords } from "@/lib/words/span";
import * as samples from "./samples";

const everything: [string, object, Record<string, object>][] = [
  ["file", fileWords, samples.files],
  ["note", noteWords, samples.notes],
  ["refusal", refusalWords, samples.refusals],
  ["progress", progressWords, samples.progress],
  ["part", partWords, samples.parts],
  ["finding", findingWords, samples.findings],
  ["thing to do", todoWords, samples.todos],
];

describe.each(everything)("every %s", (_, words, all) => {
  it.each(Object.keys(words))("%s has words, with its values", (code) => {
    const text = say(words as Words<Message>, { code, ...all[code] } as Message);
    expect(text).not.toMatch(/undefined|null|NaN|\[object/);
    expect(text).toBe(text.trim());
    expect(text.length).toBeGreaterThan(2);
  });
});

/** A sample of the table in words. */
const refusal = (code: keyof typeof samples.refusals) =>
  sayRefusal({ code, ...samples.refusals[code] } as Message);
const ofFile = (code: keyof typeof samples.files) => sayOfFile({ code, ...samples.files[code] } as Message);
const progress = (code: keyof typeof samples.progress) =>
  sayProgress({ code, ...samples.progress[code] } as Message);
const note = (code: keyof typeof samples.notes) =>
  sayNotes([{ code, ...samples.notes[code] } as Message]).join();

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

describe("the gate", () => {
  const measured = { figure: "auc", value: 0.03, low: -0.02, high: 0.07, margin: -0.01 } as const;

  it("says each figure's verdict with its numbers, and tells worse from not shown to be as good", () => {
    expect(sayFigure({ code: "figure-reaches-margin", ...measured } as Message)).toBe(
      "ROC AUC failed: it differs by +0.030 (95 % interval −0.020 to +0.070); it may be lower by more than the margin of −0.01 allows.",
    );
    const worse = { figure: "sensitivity", value: -0.2, low: -0.3, high: -0.1, margin: -0.01 };
    expect(sayFigure({ code: "figure-below-margin", ...worse } as Message)).toBe(
      "Sensitivity at the threshold failed: it differs by −0.200 (95 % interval −0.300 to −0.100); it is lower by more than the margin of −0.01 allows.",
    );
    const close = { ...measured, value: 0, low: -0.0099, high: 0.01 };
    expect(sayFigure({ code: "figure-above-margin", ...close } as Message)).toBe(
      "ROC AUC passed: it differs by 0 (95 % interval −0.0099 to +0.0100); its interval lies above the margin of −0.01.",
    );
  });

  it("says why a figure cannot be decided", () => {
    const auc = (code: string, values = {}) => sayFigure({ code, figure: "auc", ...values } as Message);
    expect(auc("figure-of-too-few", { patients: 1 })).toBe(
      "ROC AUC cannot be decided: an interval needs at least two patients, and there is one.",
    );
    expect(auc("figure-without-patients")).toBe(
      "ROC AUC cannot be decided: there is no patient that neither has seen.",
    );
    expect(auc("figure-without-interval")).toBe(
      "ROC AUC cannot be decided: these patients leave it without an interval.",
    );
  });

  it("says the whole in a sentence", () => {
    const on = (code: string, patients: number) => sayVerdict({ code, patients, slices: 400 } as Message);
    expect(on("gate-passed", 20)).toBe("It passed on 20 patients (400 slices) that neither model has seen.");
    expect(on("gate-undecided", 1)).toBe(
      "It cannot be decided on 1 patient (400 slices) that neither model has seen.",
    );
    expect(on("gate-failed", 2)).toMatch(/not shown to be as good as the model in production\.$/);
    expect(sayVerdict({ code: "gate-without-patients" })).toMatch(/no patient that neither/);
    expect(sayVerdict({ code: "gate-without-production" })).toMatch(/^No model is in production/);
  });

  it("refuses a promotion with what it said of the figures that failed", () => {
    const text = refusal("not-promotable");
    expect(text).toMatch(/Model 2 does not pass the gate beside model 1\. ROC AUC failed.*−0.200/);
    expect(text).toMatch(/Model 2 has not been compared with model 1, which is in production\./);
    expect(text).toMatch(/The file of model 2 is missing or damaged: put it back/);
    expect(text).toMatch(/another admin has to promote it\.$/);
    expect(refusal("promotion-needs-reason")).toMatch(/cannot decide.*reason/);
    expect(refusal("production-cannot-leave")).toMatch(/roll back/);
    expect(note("only-admin")).toMatch(/only admin/);
  });
});

describe("what can be claimed", () => {
  const ofSize = (patients: number) => sayNotes(whatCanBeClaimed(patients)).join(" ");
  const claim = (said: Claim) => sayNotes([said]).join();

  it("of a test of 0, 1, 2 to 4, 5 to 9 patients", () => {
    expect(ofSize(0)).toContain("no figure of accuracy can be claimed");
    expect(ofSize(1)).toContain("only 1 patient:");
    expect(ofSize(1)).toContain("Nothing can be claimed about other patients");
    for (const patients of [2, 3, 4]) {
      expect(ofSize(patients)).toContain(
        `only ${patients} patients: its figures and intervals are unreliable`,
      );
      expect(ofSize(patients)).toContain("A gross failure would show");
    }
    for (const patients of [5, 9])
      expect(ofSize(patients)).toContain(`${patients} patients: its intervals are wide`);
  });

  it("of sites and classes", () => {
    expect(note("one-test-site")).toContain("one site (CS): nothing can be claimed about other sites");
    expect(note("tumor-alone-to-test-on")).toContain(
      "specificity and AUC cannot be claimed; sensitivity can",
    );
    expect(note("no-tumor-to-test-on")).toContain(
      "sensitivity, precision, F1 and AUC cannot be claimed; specificity can",
    );
    expect(note("tumor-in-every-test-patient")).toContain("Healthy people were not tested.");
    const oneClass = (oneClass: number) =>
      claim({ code: "test-patients-of-one-class", oneClass, patients: 12 });
    expect(oneClass(1)).toContain("1 of 12 test patients has slices of one class");
    expect(oneClass(2)).toContain("2 of 12 test patients have slices of one class");
  });

  it("of figures without a fault", () => {
    expect(note("no-false-alarm")).toBe(
      "No slice without tumor was called tumor, of 48: resampling then gives 1.000 to 1.000, which is not certainty.",
    );
  });
});

it("a run's notes say how it was split and drawn, and what became of its base", () => {
  expect(note("split")).toBe("Split by patient: 5 train (2 of them seen before), 1 validation, 3 test.");
  expect(note("left-out")).toBe(
    "Left out: 1 patient held for testing that an ancestor of this model has seen since.",
  );
  expect(note("validation-seen")).toContain("optimistic");
  expect(note("nobody-to-train-on")).toContain("There is no patient to train on");
  expect(note("nobody-for-validation")).toContain("There is no patient for validation");
  expect(note("drawn-to-learn-from")).toBe(
    "Drawn by chance to learn from: 25 of 40 patients, 100 slices at most; patients with corrections were drawn first.",
  );
  expect(note("base-no-better")).toContain("(1 epoch) did not improve the base");
  expect(note("base-fine-tuned")).toContain("(3 epochs, the best is 2; validation loss 0.7000 to 0.6000)");
});

it("an import says what was wrong with files, and with the archive", () => {
  expect(ofFile("same-slice")).toBe("is the same slice as a/1.tif");
  expect(ofFile("mask-without-image")).toBe("is a mask without its image");
  expect(ofFile("image-empty")).toBe("is empty");
  expect(ofFile("no-image-format")).toBe("is not a TIFF, PNG or JPEG image");
  expect(ofFile("folder-of-another-study")).toBe("lies in the folder of B but is named after A");
  expect(ofFile("row-says-other-patient")).toBe(
    "row 2 of data_mask.csv says patient B; the file belongs to A",
  );
  expect(ofFile("row-contradicts-row")).toContain("contradicts an earlier row");
  expect(ofFile("table-unreadable")).toBe("cannot be read as a table: a quoted field never ends");
  expect(ofFile("other-format")).toContain("is a DICOM file");
  expect(sayOfFile({ code: "other-format", format: "gif" } as Message)).toContain("is a GIF");
  expect(ofFile("image-damaged")).toMatch(/^is damaged or incomplete/);
  expect(ofFile("pixel-depth")).toContain("float pixels");
  expect(ofFile("several-pages")).toContain("has 2 pages");
  expect(ofFile("other-image-known")).toMatch(/not replaced/);
  expect(ofFile("other-cohort")).toMatch(/kept apart/);
  expect(ofFile("entry-path-leaves")).toContain('leaves the archive: "../evil"');
  expect(ofFile("entry-path-absolute")).toContain("absolute path");
  expect(ofFile("entry-name-unusable")).toContain("unusable name");
  expect(ofFile("entry-is-link")).toContain("link: a/1.tif");
  expect(ofFile("entry-encrypted")).toContain("encrypted; send the archive without");
  expect(ofFile("entry-twice")).toContain("a/1.tif twice");
  expect(ofFile("entry-outside")).toContain("outside the archive");
  expect(ofFile("entry-too-large")).toContain("larger than 256 MiB");
  expect(ofFile("unpacks-suspiciously")).toContain("far more than images");
  expect(ofFile("entries-overlap")).toContain("Files in it overlap");
  expect(ofFile("not-a-zip")).toBe("It is not a zip file");
  expect(ofFile("zip-cut-off")).toContain("ends too early");
  expect(ofFile("nothing-there")).toContain("no such file");
  expect(ofFile("entry-checksum")).toContain("checksum does not match");
  expect(ofFile("entry-longer")).toContain("larger than the 3 bytes announced");
  expect(ofFile("entry-length")).toContain("3 bytes, 30 were announced");
  expect(ofFile("entry-method-unknown")).toContain("method (14)");
  expect(ofFile("not-in-archive")).toContain("not in the archive");
  expect(ofFile("not-in-folder")).toContain("not in the folder");
  expect(ofFile("entry-unreadable")).toContain("cannot be read");
  expect(ofFile("link-not-followed")).toBe("is a link; links are not followed");
  expect(ofFile("too-many-files")).toContain("more than 200000 files");
  expect(ofFile("unpacks-to-too-much")).toContain("more than 64 GiB");
  expect(note("ended-early")).toMatch(/ended early/);
  expect(note("table-and-masks-disagree")).toMatch(/1 slice the table and the mask's pixels disagree/);
  expect(note("equal-files")).toMatch(/2 image files are byte for byte the same/);
  expect(refusal("archive-not-importable")).toBe("The archive cannot be imported: It is not a zip file");
  const first = { file: "a.tif", reason: { code: "image-empty" } };
  expect(
    sayRefusal({ code: "archive-not-importable", problem: { code: "no-image", first } } as Message),
  ).toBe("The archive cannot be imported: It holds no image that can be imported (a.tif: is empty)");
});

it("refusals are said as pages have always said them", () => {
  expect(refusal("role-forbids")).toBe("Your role does not allow this");
  expect(refusal("no-such-slice")).toBe("There is no such slice");
  expect(refusal("request-too-large")).toBe("The request is larger than 1 KiB, the limit here");
  expect(refusal("stroke-does-not-fit")).toBe("Stroke 2 does not fit this slice of 8 x 8 pixels");
  expect(refusal("other-strokes")).toBe(
    "You have other strokes on this slice, drawn in another window or on another machine",
  );
  expect(refusal("drawn-mask-size")).toBe(
    "The drawn mask has 8 x 7 pixels, this slice 8 x 8. Load the page again and draw on this slice.",
  );
  expect(refusal("drawn-mask-empty")).toBe(
    "The drawn mask is empty: draw the tumor, or label the slice without a mask",
  );
  expect(refusal("mask-holds-tumor")).toContain("This mask holds tumor");
  expect(refusal("upload-bytes-gone")).toBe("The uploaded bytes are gone: select the file again");
  expect(refusal("upload-incomplete")).toBe("999 of 1000 bytes have arrived");
  expect(refusal("slice-not-predicted")).toBe("Model 2 has not predicted this slice yet");
  expect(refusal("nothing-to-explain")).toContain("No model is in production");
  expect(refusal("objects-unnamed")).toContain("No record names 101 of 101");
  expect(refusal("int8-cannot-learn")).toContain("a base int8 runs in int8 and cannot learn");
  expect(refusal("base-known")).toContain("This base is there already, as one");
  expect(refusal("base-name-taken")).toContain("Another base is called one");
  expect(refusal("seen-list-empty")).toContain("The list of seen patients is empty");
  expect(refusal("no-patient-key")).toContain("is no patient's key");
  expect(refusal("artifact-damaged")).toMatch(
    /^The file of model 2 \([0-9a-f]{12}\) is missing or damaged: put it back/,
  );
  expect(refusal("base-not-installed")).toMatch(/^The base network [0-9a-f]{12} is not installed/);
  expect(refusal("base-damaged")).toMatch(/^The base network [0-9a-f]{12} is damaged/);
  expect(refusal("fault")).toBe(
    "An unexpected fault: sheep is not iterable (the worker's log has more, job 7)",
  );
});

it("the engine's refusals are said with their figures", () => {
  expect(refusal("fine-tuning-needs-gpu")).toMatch(
    /needs a graphics processor.* would take about 10 min \(1 slices for training and 2 .* 20 epochs at most, 2\.7 s per slice\)\. It can be forced\.$/,
  );
  expect(refusal("base-proposes-no-masks")).toContain("proposes no masks");
  expect(refusal("base-trains-otherwise")).toMatch(
    /other values in training than in use \(relative difference \d\.\de-\d, at most 1\.0e-4\)/,
  );
  expect(refusal("golden-differs")).toBe(
    "The base differs from the golden file: features by 1.0e-3 (at most 1.0e-5)",
  );
  expect(refusal("golden-length")).toBe("The golden file's mask is not that of its images: it has 2 values");
  expect(refusal("golden-unreadable")).toMatch(/^The golden file cannot be read\./);
  expect(refusal("golden-empty")).toContain("neither features nor mask nor gap");
  expect(refusal("golden-without-images")).toContain("neither holds its images nor names its slices");
  expect(refusal("golden-needs-archive")).toContain(
    "names slices (A/A_1.tif, ...): give their archive with --data",
  );
  expect(refusal("data-unreadable")).toBe("set.zip: There is no such file or folder");
  expect(refusal("data-lacks-slice")).toContain("A/A_1.tif is not in it");
  expect(refusal("golden-image-shape")).toContain("image is not [N, 256, 256, 3]");
  expect(refusal("simulation-needs-patients")).toBe(
    "a simulation needs 4 patients that neither the base nor the test knows; there are 3",
  );
  expect(refusal("simulation-needs-slices")).toBe(
    "4 first slices and 9 batches of 4 are 40; only 14 can be labelled",
  );
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

describe("a finding", () => {
  const says = (code: keyof typeof samples.findings, values: object = samples.findings[code]) =>
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
    const queue = { ...samples.findings["queue-holds"], givenUp: 1, oldestMs: null };
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
