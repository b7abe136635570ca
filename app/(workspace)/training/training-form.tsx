"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { Button } from "@/app/_ui/button";
import { Field, SelectField, TextAreaField } from "@/app/_ui/field";
import { OutcomeLine } from "@/app/_ui/outcome";
import { useAction } from "@/app/_ui/use-action";
import type { BaseView } from "@/lib/features/bases/schema";
import type { RunRow, TrainingOutlook } from "@/lib/features/runs/schema";
import type { TrainingParameters } from "@/lib/records/training-parameters";
import { requestTrainingAction } from "./actions";
import { BackboneChoice, chosenBackbone } from "./backbone-choice";

type Cohort = RunRow["cohort"];

const parameters = [
  {
    name: "heads",
    label: "Heads",
    step: 1,
    min: 1,
    max: 20,
    hint: "each is fitted without some of the patients; workers share them",
  },
  {
    name: "maxEpochs",
    label: "Epochs",
    step: 1,
    min: 1,
    max: 500,
    hint: "in each, a head sees every slice once",
  },
  {
    name: "learningRate",
    label: "Learning rate",
    step: "any",
    min: 1e-7,
    max: 1,
    hint: "step size (Adam); too large: training may not converge",
  },
  {
    name: "weightDecay",
    label: "Weight decay",
    step: "any",
    min: 0,
    max: 1,
    hint: "pulls weights towards 0 against overfitting",
  },
  {
    name: "batchSize",
    label: "Batch size",
    step: 1,
    min: 1,
    max: 1024,
    hint: "slices in one step",
  },
  {
    name: "dropout",
    label: "Dropout",
    step: "any",
    min: 0,
    max: 0.9,
    hint: "share of units left out at random in each step",
  },
] as const;

/** Asks for a training run and goes to its page. */
export function TrainingForm({
  cohorts,
  fineTuning,
  bases,
  busy,
  defaults,
}: {
  cohorts: TrainingOutlook["cohorts"];
  fineTuning: TrainingOutlook["fineTuning"];
  /** The choice is offered where there is one. */
  bases: Omit<BaseView, "card">[];
  /** Cohorts that a run is under way for: one run a cohort at a time. */
  busy: { cohort: Cohort; number: number }[];
  defaults: { seed: number; parameters: TrainingParameters };
}) {
  const router = useRouter();
  const request = useAction(requestTrainingAction);
  const [cohort, setCohort] = useState<Cohort>(
    cohorts.find((entry) => entry.cohort === "REAL")?.cohort ?? "PHANTOM",
  );
  const [base, setBase] = useState(bases.find(({ inProduction }) => inProduction) ?? bases[0]);
  const running = busy.find((run) => run.cohort === cohort);

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const reason = String(form.get("reason") ?? "").trim();
    const outcome = await request.run({
      cohort,
      ...(reason && { reason }),
      seed: Number(form.get("seed")),
      parameters: {
        ...Object.fromEntries(parameters.map(({ name }) => [name, Number(form.get(name))])),
        ...chosenBackbone(form),
        ...(bases.length > 1 && base && { baseSha256: base.sha256 }),
      },
    });
    if (outcome) router.push(`/training/${outcome.data.runId}`);
  }

  return (
    <form
      onSubmit={submit}
      className="flex flex-col gap-3 rounded-lg border border-line bg-panel p-3"
      aria-labelledby="ask"
    >
      <h2 id="ask" className="text-base font-semibold">
        Retrain the classifier
      </h2>
      {cohorts.length > 1 && (
        <fieldset>
          <legend className="mb-1 text-sm text-muted">Train on</legend>
          <div className="flex gap-4 text-base">
            {cohorts.map((entry) => (
              <label key={entry.cohort} className="flex items-center gap-1.5">
                <input
                  type="radio"
                  name="cohort"
                  value={entry.cohort}
                  checked={cohort === entry.cohort}
                  onChange={() => setCohort(entry.cohort)}
                  className="accent-accent"
                />
                {entry.cohort === "REAL" ? "Real patients" : "Phantoms (demo)"}
              </label>
            ))}
          </div>
        </fieldset>
      )}
      {bases.length > 1 && (
        <SelectField
          label="Base network"
          name="base"
          value={base?.sha256}
          onChange={(event) => setBase(bases.find(({ sha256 }) => sha256 === event.target.value))}
          options={bases.map(({ sha256, name }) => ({ value: sha256, label: name }))}
          hint={base && baseWords(base)}
        />
      )}
      <TextAreaField
        label="Reason (optional)"
        name="reason"
        rows={2}
        maxLength={1000}
        placeholder="What changed since the last run?"
      />
      <details className="text-sm">
        <summary className="w-fit cursor-pointer rounded text-muted hover:text-text">Parameters</summary>
        <p className="mt-2 text-muted">The defaults were chosen by cross-validation.</p>
        <div className="mt-2 grid grid-cols-2 gap-x-3 gap-y-2">
          {parameters.map(({ name, label, step, min, max, hint }) => (
            <Field
              key={name}
              name={name}
              type="number"
              required
              label={label}
              defaultValue={defaults.parameters[name]}
              step={step}
              min={min}
              max={max}
              hint={hint}
            />
          ))}
          <BackboneChoice
            outlook={fineTuning}
            slices={cohorts.find((entry) => entry.cohort === cohort)?.labelledSlices ?? 0}
            epochs={defaults.parameters.backboneEpochs}
          />
          <Field
            name="seed"
            type="number"
            required
            label="Seed"
            defaultValue={defaults.seed}
            step={1}
            min={0}
            max={2 ** 31 - 1}
            hint="the same seed and labels give the same model"
          />
        </div>
      </details>
      {request.refusal && <OutcomeLine kind="failed">{request.refusal.message}</OutcomeLine>}
      {running && (
        <p className="text-sm text-muted">
          Run {running.number} on {cohort === "REAL" ? "real patients" : "phantoms"} is running; only one at a
          time.
        </p>
      )}
      <Button type="submit" tone="primary" busy={request.busy} disabled={running !== undefined}>
        Start training
      </Button>
    </form>
  );
}

function baseWords({ seenPatients, outputs, inProduction }: Omit<BaseView, "card">): string {
  const seen = seenPatients === 1 ? "1 patient, who is" : `${seenPatients} patients, who are`;
  const facts = [seenPatients === 0 ? "Has seen no patient." : `Has seen ${seen} never tested on.`];
  if (!outputs.includes("mask")) facts.push("Models based on it propose no masks.");
  facts.push(
    inProduction ? "The model in production is based on it." : "Runs once on every image that is new to it.",
  );
  return facts.join(" ");
}
