import { type ReactNode, useRef } from "react";

interface Props {
  /** What its label is for. */
  id: string;
  value: string;
  /** Its name for keys that ask for it. */
  part?: "reason";
  className?: string;
  onChoose(value: string): void;
  /** The choice is made: with Enter or Escape, or by the mouse. Arrow keys walk on. */
  onDone(): void;
  children: ReactNode;
}

/** A list of choices that gives the focus on once a choice is made. */
export function RoomSelect({ id, value, part, className = "py-1", onChoose, onDone, children }: Props) {
  const byKey = useRef(false);
  return (
    <select
      id={id}
      data-room-part={part}
      value={value}
      className={`min-w-0 rounded-md border border-edge bg-bg px-1.5 ${className}`}
      onPointerDown={() => {
        byKey.current = false;
      }}
      onKeyDown={(event) => {
        byKey.current = true;
        if (event.key === "Enter" || event.key === "Escape") onDone();
      }}
      onBlur={() => {
        byKey.current = false;
      }}
      onChange={(event) => {
        onChoose(event.target.value);
        if (!byKey.current) onDone();
      }}
    >
      {children}
    </select>
  );
}
