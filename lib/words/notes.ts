import type { ImportNote } from "@/lib/features/imports/schema";
import type { ComparisonNote, PreviewNote } from "@/lib/features/models/schema";
import type { ReportNote } from "@/lib/features/reports/schema";
import type { Message } from "@/lib/platform/message";
import type { RunNote } from "@/lib/records/run-notes";
import type { PerfectFigure } from "@/lib/science/metrics/on-perfect-figures";
import { sayOfFile } from "./files";
import { counted, say, type Words } from "./say";

const headCannotBeFitted = "a head cannot be fitted.";
const loss = (value: number) => value.toFixed(4);

const runWords: Words<RunNote> = {
  "as-written": ({ text }) => text,
  split: ({ train, trainSeen, validation, test }) =>
    `Split by patient: ${train} train (${trainSeen} of them seen before), ${validation} validation, ${test} test.`,
  "left-out": ({ patients }) =>
    `Left out: ${counted(patients, "patient")} held for testing that an ancestor of this model has seen since.`,
  "no-test-patient": () =>
    "There is no unseen patient to test on: no figure of accuracy can be claimed. " +
    "Figures from patients that a model was trained on say nothing about other patients.",
  "one-test-patient": () =>
    "The test has only 1 patient: its figures describe the slices of this patient, without an interval. " +
    "Nothing can be claimed about other patients.",
  "few-test-patients": ({ patients }) =>
    `The test has only ${patients} patients: its figures and intervals are unreliable. ` +
    "A gross failure would show; how accurate the model is, or which of two is better, cannot be claimed.",
  "some-test-patients": ({ patients }) =>
    `The test has ${patients} patients: its intervals are wide and themselves uncertain. ` +
    "Quote the interval with every figure; large differences can be claimed, small ones cannot.",
  "one-test-site": ({ site }) =>
    `All test patients come from one site (${site}): nothing can be claimed about other sites.`,
  "no-tumor-to-test-on": () =>
    "No test slice holds tumor: sensitivity, precision, F1 and AUC cannot be claimed; specificity can.",
  "tumor-alone-to-test-on": () =>
    "No test slice is free of tumor: specificity and AUC cannot be claimed; sensitivity can.",
  "test-patients-of-one-class": ({ oneClass, patients }) =>
    `${oneClass} of ${patients} test patients ${oneClass === 1 ? "has" : "have"} slices of one class: ` +
    "patient by patient, no AUC can be given there.",
  "tumor-in-every-test-patient": () =>
    "Every test patient has a tumor: the figures show how well tumor slices are detected in tumor patients. Healthy people were not tested.",
  "validation-seen": ({ patients }) =>
    `Validation holds ${counted(patients, "patient")} that an ancestor has seen: ` +
    "confidence and threshold fitted on it are optimistic.",
  "nobody-to-train-on": () => `There is no patient to train on: ${headCannotBeFitted}`,
  "nobody-for-validation": () => `There is no patient for validation: ${headCannotBeFitted}`,
  "drawn-to-learn-from": ({ drawn, patients, maxSlices }) =>
    `Drawn by chance to learn from: ${drawn} of ${patients} patients, ${maxSlices} slices at most; patients with corrections were drawn first.`,
  "drawn-to-test-on": ({ drawn, patients, maxSlices }) =>
    `Drawn by chance to test on: ${drawn} of ${patients} patients, ${maxSlices} slices at most.`,
  "base-no-better": ({ epochs, loss: before }) =>
    `Fine-tuning (${counted(epochs, "epoch")}) did not improve the base on the validation patients (loss ${loss(before)}): the heads use its parent.`,
  "base-fine-tuned": ({ epochs, bestEpoch, lossBefore, lossAfter }) =>
    `The base was fine-tuned (${counted(epochs, "epoch")}, the best is ${bestEpoch}; validation loss ${loss(lossBefore)} to ${loss(lossAfter)}). ` +
    "Its epoch was chosen on the validation patients, on which the heads are stacked too: confidence and threshold are a little optimistic.",
};

const perfect = "resampling then gives 1.000 to 1.000, which is not certainty.";
const perfectWords: Words<PerfectFigure> = {
  "every-tumor-found": ({ slices }) => `Every slice with tumor was found, ${slices} of them: ${perfect}`,
  "no-false-alarm": ({ slices }) => `No slice without tumor was called tumor, of ${slices}: ${perfect}`,
};

const comparisonWords: Words<ComparisonNote> = {
  ...runWords,
  ...perfectWords,
  "no-unseen-patient": () => "No patient was left that this model has not seen, so no figure can be claimed.",
  "scored-on-the-same": () => "Both models were scored on the same slices of patients that neither has seen.",
  "figures-of-card": () =>
    "These figures came with the model's card: its test patients need not be in this installation.",
  "production-not-scored": ({ number }) => `Model ${number} was not scored on these test patients.`,
};

const reportWords: Words<ReportNote> = {
  ...runWords,
  ...perfectWords,
  "nothing-to-claim": () =>
    "No patient was left that this model and its ancestors have not seen: nothing can be claimed.",
  "whole-patients-held-out": () =>
    "Whole patients were held out. Figures are pooled over their slices; intervals (95 %) resample patients, not slices.",
  "measured-with-card": () =>
    "These figures were measured when the model was made and came with its card; its test patients need not be in this installation.",
  "phantoms-are-made-up": () => "Phantoms are made-up images: this says nothing about real patients.",
  "lgg-patients-have-tumor": () =>
    "Every patient of the LGG set has a tumor: the figures show how well tumor slices are detected in tumor patients. Healthy people were not tested.",
};

const previewWords: Words<PreviewNote> = {
  "labels-stay": () => "Predictions, proposed masks and flags will change; labels will not.",
  "retires-for-a-click": ({ number }) => `Model ${number} retires; one click restores it.`,
  "retires-for-the-gate": ({ number }) =>
    `Model ${number} retires; it can be promoted again, through the gate.`,
  "made-on-phantoms": () => "This model was trained on phantoms: it is only for the demo.",
  "only-admin": () =>
    "You requested its run. You may promote it because you are the only admin; this is recorded.",
};

const importWords: Words<ImportNote> = {
  "as-written": ({ text }) => text,
  "second-copies": ({ files, file, reason }) =>
    `${counted(files, "file")} left out as duplicates, e.g. ${file} (${sayOfFile(reason)}).`,
  "entries-without-file": ({ entries, reason }) =>
    `${counted(entries, "table entry", "table entries")} without a file, e.g. ${sayOfFile(reason)}.`,
  "files-not-listed": ({ files, file }) =>
    `${counted(files, "file")} not listed in the table, e.g. ${file}; imported nevertheless.`,
  "patients-without-images": ({ patients, patient }) =>
    `${counted(patients, "patient")} of the clinical table without images, e.g. ${patient}.`,
  "rejects-cut": ({ named }) => `Only the first ${named} rejected files are named.`,
  "table-and-masks-disagree": ({ slices }) =>
    `On ${counted(slices, "slice")} the table and the mask's pixels disagree about tumor; the pixels were followed.`,
  "equal-files": ({ files, examples }) =>
    `${files} image files are byte for byte the same as another one, e.g. ${examples.join(" and ")}. Each was kept at its own position.`,
  "production-made-on-phantoms": ({ number }) =>
    `Model ${number}, in production, was trained on phantoms and is not valid for real patients: these slices are predicted once a model trained on real patients is promoted.`,
  "ended-early": () =>
    "The import ended early. The studies counted here were imported by then and stay; importing the same archive again adds the rest.",
  "ended-before-anything": () => "The import ended before anything was added.",
};

export type AnyNote = ComparisonNote | ReportNote | PreviewNote | ImportNote;
export const noteWords: Words<AnyNote> = {
  ...comparisonWords,
  ...reportWords,
  ...previewWords,
  ...importWords,
};

/** Notes in words, each once: what an earlier version wrote down may say the same as a code. */
export function sayNotes(notes: readonly Message[]): string[] {
  return [...new Set(notes.map((note) => say(noteWords, note)))];
}
