import type { AsWritten, Message } from "@/lib/platform/message";
import type { FigureSays, GateFigureName, VerdictSays } from "@/lib/science/metrics/gate";
import { counted, say, type Words } from "./say";

const figures: Record<GateFigureName, string> = {
  auc: "ROC AUC",
  sensitivity: "Sensitivity at the threshold",
};

type Measured = Extract<FigureSays, { margin: number }>;
const measured = (verdict: "passed" | "failed", { figure, value, low, high }: Measured, why: string) =>
  `${figures[figure]} ${verdict}: it differs by ${signed(value)} (95 % interval ${signed(low)} to ${signed(high)}); ${why}.`;
const undecided = (figure: GateFigureName, why: string) => `${figures[figure]} cannot be decided: ${why}.`;

const figureWords: Words<FigureSays | AsWritten> = {
  "as-written": ({ text }) => text,
  "figure-above-margin": (said) =>
    measured("passed", said, `its interval lies above the margin of ${plain(said.margin)}`),
  "figure-below-margin": (said) =>
    measured("failed", said, `it is lower by more than the margin of ${plain(said.margin)} allows`),
  "figure-reaches-margin": (said) =>
    measured("failed", said, `it may be lower by more than the margin of ${plain(said.margin)} allows`),
  "figure-without-patients": ({ figure }) => undecided(figure, "there is no patient that neither has seen"),
  "figure-of-too-few": ({ figure, patients }) =>
    undecided(
      figure,
      `an interval needs at least two patients, and there is ${patients === 1 ? "one" : "none"}`,
    ),
  "figure-without-interval": ({ figure }) => undecided(figure, "these patients leave it without an interval"),
};

const on = ({ patients, slices }: { patients: number; slices: number }) =>
  `${counted(patients, "patient")} (${slices} slices) that neither model has seen`;

const verdictWords: Words<VerdictSays | AsWritten> = {
  "as-written": ({ text }) => text,
  "gate-passed": (said) => `It passed on ${on(said)}.`,
  "gate-failed": (said) =>
    `It failed on ${on(said)}: it is not shown to be as good as the model in production.`,
  "gate-undecided": (said) => `It cannot be decided on ${on(said)}.`,
  "gate-without-patients": () => "It cannot be decided: there is no patient that neither model has seen.",
  "gate-without-production": () => "No model is in production, so there is none to compare it with.",
};

/** What the gate says of one figure, with its numbers. */
export const sayFigure = (said: Message) => say(figureWords, said);

/** What the gate says as a whole. */
export const sayVerdict = (said: Message) => say(verdictWords, said);

/** Three decimals with a sign, four where three would hide on which side of the margin it lies. */
function signed(value: number): string {
  if (value === 0) return "0";
  const digits = Math.abs(value) < 0.02 ? 4 : 3;
  return `${value < 0 ? "−" : "+"}${Math.abs(value).toFixed(digits)}`;
}

function plain(margin: number): string {
  return `${margin < 0 ? "−" : ""}${Math.abs(margin)}`;
}
