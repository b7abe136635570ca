import type { AsWritten, Message } from "@/lib/platform/message";
import type { Progress } from "@/lib/platform/progress";
import { counted, say, type Words } from "./say";
import { spanInWords } from "./span";

const scopes = { all: "Base network", "last-stage": "Last stage" };

export const progressWords: Words<Progress | AsWritten> = {
  "as-written": ({ text }) => text,
  "checking-archive": () => "Checking that the upload is the one of the preview",
  "importing-study": ({ study, studies }) => `Study ${study} of ${studies}`,
  "scoring-models": ({ number, production }) => `Scoring models ${number} and ${production}`,
  "opening-network": ({ number }) => `Model ${number}: opening the network`,
  "predicting-slices": ({ number }) => `Model ${number}: predicting slices`,
  "predicted-but-some": ({ number, failed }) =>
    `Model ${number}: predicting slices; ${counted(failed, "slice")} could not be read (see System health)`,
  "freezing-labels": () => "Freezing the labels",
  "measuring-fine-tuning": ({ scope }) => `${scopes[scope]}: measuring the cost here`,
  "fine-tuning-takes": ({ scope, seconds }) => `${scopes[scope]}: ${spanInWords(seconds)} at most`,
  "fine-tuning": ({ scope, epoch, maxEpochs, slice, slices, slicesPerSecond }) =>
    `${scopes[scope]}: epoch ${epoch} of ${maxEpochs} at most, slice ${slice} of ${slices}, ${slicesPerSecond.toFixed(1)} slices/s`,
  "embedding-slices": () => "Embedding slices",
  "reading-features": ({ head }) => `Head ${head}: Reading features`,
  "fitting-head": ({ head, epoch, maxEpochs }) => `Head ${head}: Epoch ${epoch} of ${maxEpochs}`,
  "reading-heads": () => "Reading the fitted heads",
  "stacking-heads": () => "Stacking the heads",
  "scoring-test-patients": () => "Scoring the test patients",
  "entering-candidate": () => "Adding the candidate",
  "removed-unused": ({ files, bytes, predictions }) =>
    `${files} files (${(bytes / 1e6).toFixed(1)} MB) and ${predictions} predictions removed`,
};

/** What a job is doing now. */
export const sayProgress = (said: Message) => say(progressWords, said);
