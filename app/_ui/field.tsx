import { type ComponentProps, type ReactNode, useId } from "react";
import { classNames } from "./class-names";

const control =
  "h-[30px] w-full rounded-md border border-edge bg-bg px-2 py-1 text-text aria-invalid:border-flag disabled:border-line disabled:text-muted";

interface Described {
  label: string;
  hint?: ReactNode;
  /** What is wrong with the value; read out with the field. */
  error?: string | null;
  /** Keeps the label for screen readers only. */
  hideLabel?: boolean;
  className?: string;
}

/** A labelled text field. */
export function Field({
  label,
  hint,
  error,
  hideLabel,
  className,
  ...rest
}: Described & ComponentProps<"input">) {
  const frame = useFrame({ hint, error });
  return (
    <Frame {...{ label, hint, error, hideLabel, className }} ids={frame.ids}>
      <input {...rest} {...frame.control} className={control} />
    </Frame>
  );
}

/** A labelled choice among a few. */
export function SelectField({
  label,
  hint,
  error,
  hideLabel,
  className,
  options,
  ...rest
}: Described & ComponentProps<"select"> & { options: readonly { value: string; label: string }[] }) {
  const frame = useFrame({ hint, error });
  return (
    <Frame {...{ label, hint, error, hideLabel, className }} ids={frame.ids}>
      <select {...rest} {...frame.control} className={control}>
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </Frame>
  );
}

/** A labelled text of some lines. */
export function TextAreaField({
  label,
  hint,
  error,
  hideLabel,
  className,
  ...rest
}: Described & ComponentProps<"textarea">) {
  const frame = useFrame({ hint, error });
  return (
    <Frame {...{ label, hint, error, hideLabel, className }} ids={frame.ids}>
      <textarea rows={3} {...rest} {...frame.control} className={classNames(control, "h-auto")} />
    </Frame>
  );
}

function useFrame({ hint, error }: Pick<Described, "hint" | "error">) {
  const id = useId();
  const ids = { control: id, hint: `${id}-hint`, error: `${id}-error` };
  const describedBy = [hint && ids.hint, error && ids.error].filter(Boolean).join(" ");
  return {
    ids,
    control: {
      id,
      "aria-invalid": error ? true : undefined,
      "aria-describedby": describedBy || undefined,
    },
  };
}

function Frame({
  label,
  hint,
  error,
  hideLabel,
  className,
  ids,
  children,
}: Described & { ids: { control: string; hint: string; error: string }; children: ReactNode }) {
  return (
    <div className={classNames("min-w-0", className)}>
      <label htmlFor={ids.control} className={hideLabel ? "sr-only" : "mb-1 block text-sm text-muted"}>
        {label}
      </label>
      {children}
      {hint && (
        <p id={ids.hint} className="mt-1 text-sm text-muted">
          {hint}
        </p>
      )}
      {error && (
        <p id={ids.error} className="mt-1 text-sm text-flag">
          ⚠ {error}
        </p>
      )}
    </div>
  );
}
