"use client";

import { useState } from "react";
import { SelectField } from "@/app/_ui/field";
import { secondsPerSliceOnCpu } from "@/lib/features/runs/fine-tuning-cost";
import type { FineTuningOutlook } from "@/lib/features/runs/schema";
import type { TrainingParameters } from "@/lib/records/training-parameters";
import { spanInWords } from "@/lib/words/span";

type Backbone = TrainingParameters["backbone"];

const options = [
  { value: "frozen", label: "No, classifier only" },
  { value: "last-stage", label: "Yes, the last stage" },
  { value: "all", label: "Yes, the whole network" },
] as const satisfies { value: Backbone; label: string }[];

/** Whether the base network itself learns too, with what that costs on this installation. */
export function BackboneChoice({
  outlook,
  slices,
  epochs,
}: {
  outlook: FineTuningOutlook;
  /** Labelled slices of the cohort: at most what it learns from. */
  slices: number;
  epochs: number;
}) {
  const [backbone, setBackbone] = useState<Backbone>("frozen");
  const [forced, setForced] = useState(false);
  return (
    <div className="col-span-2 flex flex-col gap-2">
      <SelectField
        name="backbone"
        label="Also fine-tune the base network"
        value={backbone}
        onChange={(event) =>
          setBackbone(options.find(({ value }) => value === event.target.value)?.value ?? "frozen")
        }
        options={options}
        hint={
          backbone === "frozen"
            ? "the classifier is fitted on features that are computed once per image"
            : costInWords(outlook, backbone, slices, epochs)
        }
      />
      {backbone !== "frozen" && outlook.gpu !== true && (
        <label className="flex items-start gap-1.5">
          <input
            type="checkbox"
            name="forceCpu"
            checked={forced}
            onChange={(event) => setForced(event.target.checked)}
            className="mt-0.5 accent-accent"
          />
          <span>Run it without a graphics processor; a worker does no other training until it ends</span>
        </label>
      )}
    </div>
  );
}

/** What the form says of it. */
export function chosenBackbone(form: FormData): Pick<TrainingParameters, "backbone" | "forceCpu"> {
  const chosen = options.find(({ value }) => value === form.get("backbone"))?.value ?? "frozen";
  return { backbone: chosen, forceCpu: chosen !== "frozen" && form.get("forceCpu") === "on" };
}

function costInWords(
  { gpu, backend, reasons }: FineTuningOutlook,
  backbone: Exclude<Backbone, "frozen">,
  slices: number,
  epochs: number,
): string {
  if (gpu) return `runs on this installation's graphics processor (${backend}), ${epochs} epochs at most`;
  const span = spanInWords(secondsPerSliceOnCpu[backbone] * slices * epochs);
  const onCpu = `on a processor it takes about ${span} for ${epochs} epochs of ${slices} slices, and is refused unless it is forced`;
  if (gpu === null) return `needs a graphics processor, which is looked for when the run begins; ${onCpu}`;
  const why = reasons.length > 0 ? ` (${reasons.join("; ")})` : "";
  return `refused on this machine: it has no graphics processor that can be used${why}; ${onCpu}`;
}
