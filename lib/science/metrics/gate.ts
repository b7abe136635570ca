import type { Figure } from "./figure";

/** The figures that a candidate must not lose. Sensitivity is each model's at its own threshold. */
export const gateFigures = ["auc", "sensitivity"] as const;
export type GateFigureName = (typeof gateFigures)[number];

const words: Record<GateFigureName, string> = {
  auc: "ROC AUC",
  sensitivity: "Sensitivity at the threshold",
};

export type GateOutcome = "passed" | "failed" | "undecided";

/** What the gate says of one figure. */
export interface GateFigure {
  name: GateFigureName;
  outcome: GateOutcome;
  candidate: Figure | null;
  production: Figure | null;
  /** Candidate less production, with its paired 95 % interval; null where the two were not compared. */
  difference: Figure | null;
  /** In plain words, with the numbers. */
  sentence: string;
}

/** Whether a candidate may take production's place. Plain JSON: it is frozen with the decision that it led to. */
export interface GateVerdict {
  /** `no-production`: there is no model in production whose place it could take. */
  outcome: GateOutcome | "no-production";
  /** The lower end of each difference's interval must lie above it. */
  margin: number;
  /** Patients that both were tested on. */
  patients: number;
  /** Slices of theirs. */
  slices: number;
  figures: GateFigure[];
  /** The verdict in one plain sentence. */
  sentence: string;
}

/** Two models' figures on the same slices of patients that neither has seen. */
export interface GateComparison {
  patients: number;
  slices: number;
  candidate: Record<GateFigureName, Figure>;
  production: Record<GateFigureName, Figure>;
  /** `compareModels` of the two. */
  differences: Record<GateFigureName, Figure>;
}

/**
 * Judges a candidate by a comparison with production (non-inferiority by the lower end of a 95 % interval: Piaggio
 * et al. 2012, CONSORT extension). A figure passes where the whole interval of `candidate - production` lies above
 * `margin` (0 or less); it fails where the interval reaches the margin; without an interval it is undecided, and an
 * undecided figure is never a passed one. One failed figure fails the whole.
 *
 * `comparison` is null where no patient was left that neither has seen.
 * Example: margin -0.01, interval -0.009 to +0.02 passes; -0.012 to +0.03 fails.
 */
export function judgeGate(comparison: GateComparison | null, margin: number): GateVerdict {
  if (!comparison) {
    return {
      outcome: "undecided",
      margin,
      patients: 0,
      slices: 0,
      figures: gateFigures.map((name) => undecided(name, "there is no patient that neither has seen")),
      sentence: "It cannot be decided: there is no patient that neither model has seen.",
    };
  }
  const figures = gateFigures.map((name) => judgeFigure(name, comparison, margin));
  const outcomes = figures.map((figure) => figure.outcome);
  const outcome = outcomes.includes("failed")
    ? "failed"
    : outcomes.includes("undecided")
      ? "undecided"
      : "passed";
  const { patients, slices } = comparison;
  return { outcome, margin, patients, slices, figures, sentence: sentenceOf(outcome, patients, slices) };
}

/** The verdict on a candidate where no model is in production. */
export function firstModelVerdict(margin: number): GateVerdict {
  return {
    outcome: "no-production",
    margin,
    patients: 0,
    slices: 0,
    figures: [],
    sentence: "No model is in production, so there is none to compare it with.",
  };
}

function judgeFigure(name: GateFigureName, comparison: GateComparison, margin: number): GateFigure {
  const difference = comparison.differences[name];
  const { value, low, high } = difference;
  const sides = { candidate: comparison.candidate[name], production: comparison.production[name] };
  if (value === null || low === null || high === null) {
    const { patients } = comparison;
    const why =
      patients < 2
        ? `an interval needs at least two patients, and there is ${patients === 1 ? "one" : "none"}`
        : "these patients leave it without an interval";
    return { ...undecided(name, why), ...sides, difference };
  }
  const numbers = `${signed(value)} (95 % interval ${signed(low)} to ${signed(high)})`;
  const passed = low > margin;
  const why = passed
    ? `its interval lies above the margin of ${plain(margin)}`
    : high <= margin
      ? `it is lower by more than the margin of ${plain(margin)} allows`
      : `it may be lower by more than the margin of ${plain(margin)} allows`;
  return {
    name,
    outcome: passed ? "passed" : "failed",
    ...sides,
    difference,
    sentence: `${words[name]} ${passed ? "passed" : "failed"}: it differs by ${numbers}; ${why}.`,
  };
}

function undecided(name: GateFigureName, why: string): GateFigure {
  return {
    name,
    outcome: "undecided",
    candidate: null,
    production: null,
    difference: null,
    sentence: `${words[name]} cannot be decided: ${why}.`,
  };
}

function sentenceOf(outcome: GateOutcome, patients: number, slices: number): string {
  const on = `${patients} ${patients === 1 ? "patient" : "patients"} (${slices} slices) that neither model has seen`;
  if (outcome === "passed") return `It passed on ${on}.`;
  if (outcome === "failed")
    return `It failed on ${on}: it is not shown to be as good as the model in production.`;
  return `It cannot be decided on ${on}.`;
}

/** Three decimals with a sign, four where three would hide on which side of the margin it lies. */
function signed(value: number): string {
  if (value === 0) return "0";
  const digits = Math.abs(value) < 0.02 ? 4 : 3;
  return `${value < 0 ? "−" : "+"}${Math.abs(value).toFixed(digits)}`;
}

function plain(margin: number): string {
  return `${margin < 0 ? "−" : ""}${Math.abs(margin)}`;
}
