import type { Figure } from "./figure";

/** The figures that a candidate must not lose. Sensitivity is each model's at its own threshold. */
export const gateFigures = ["auc", "sensitivity"] as const;
export type GateFigureName = (typeof gateFigures)[number];

export type GateOutcome = "passed" | "failed" | "undecided";

/** What the gate says of one figure: where its interval lies by the margin, or why that cannot be told. */
export type FigureSays =
  | ({ code: "figure-above-margin" } & Measured)
  | ({ code: "figure-below-margin" } & Measured)
  /** The interval reaches the margin. */
  | ({ code: "figure-reaches-margin" } & Measured)
  | { code: "figure-without-patients"; figure: GateFigureName }
  | { code: "figure-of-too-few"; figure: GateFigureName; patients: number }
  | { code: "figure-without-interval"; figure: GateFigureName };

/** The difference of one figure, candidate less production, with its interval. */
interface Measured {
  figure: GateFigureName;
  value: number;
  low: number;
  high: number;
  margin: number;
}

/** What the gate says of a candidate as a whole. */
export type VerdictSays =
  | { code: "gate-passed"; patients: number; slices: number }
  | { code: "gate-failed"; patients: number; slices: number }
  | { code: "gate-undecided"; patients: number; slices: number }
  | { code: "gate-without-patients" }
  | { code: "gate-without-production" };

/** What the gate judges of one figure. */
export interface GateFigure {
  name: GateFigureName;
  outcome: GateOutcome;
  candidate: Figure | null;
  production: Figure | null;
  /** Candidate less production, with its paired 95 % interval; null where the two were not compared. */
  difference: Figure | null;
  says: FigureSays;
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
  says: VerdictSays;
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
      figures: gateFigures.map((name) => undecided({ code: "figure-without-patients", figure: name })),
      says: { code: "gate-without-patients" },
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
  return { outcome, margin, patients, slices, figures, says: { code: `gate-${outcome}`, patients, slices } };
}

/** The verdict on a candidate where no model is in production. */
export function firstModelVerdict(margin: number): GateVerdict {
  return {
    outcome: "no-production",
    margin,
    patients: 0,
    slices: 0,
    figures: [],
    says: { code: "gate-without-production" },
  };
}

function judgeFigure(name: GateFigureName, comparison: GateComparison, margin: number): GateFigure {
  const difference = comparison.differences[name];
  const { value, low, high } = difference;
  const sides = { candidate: comparison.candidate[name], production: comparison.production[name] };
  if (value === null || low === null || high === null) {
    const { patients } = comparison;
    const says: FigureSays =
      patients < 2
        ? { code: "figure-of-too-few", figure: name, patients }
        : { code: "figure-without-interval", figure: name };
    return { ...undecided(says), ...sides, difference };
  }
  const passed = low > margin;
  const code = passed
    ? "figure-above-margin"
    : high <= margin
      ? "figure-below-margin"
      : "figure-reaches-margin";
  return {
    name,
    outcome: passed ? "passed" : "failed",
    ...sides,
    difference,
    says: { code, figure: name, value, low, high, margin },
  };
}

function undecided(says: FigureSays): GateFigure {
  return {
    name: says.figure,
    outcome: "undecided",
    candidate: null,
    production: null,
    difference: null,
    says,
  };
}
