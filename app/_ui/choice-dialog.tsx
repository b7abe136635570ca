"use client";
import { type KeyboardEvent, type ReactNode, useEffect, useRef } from "react";

export interface Choice {
  title: string;
  onChoose(): void;
}

interface Props {
  title: string;
  text?: ReactNode;
  choices: readonly Choice[];
  onClose(): void;
}

/** A question with a few answers, each also on a number key; Escape gives none. Open as long as it is rendered. */
export function ChoiceDialog({ title, text, choices, onClose }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const before = document.activeElement;
    dialog.current?.showModal();
    // The dialog is taken away while it is open: the browser does not give the focus back then.
    return () => {
      if (before instanceof HTMLElement) before.focus({ preventScroll: true });
    };
  }, []);
  const choose = (choice: Choice | undefined) => {
    if (!choice) return;
    onClose();
    choice.onChoose();
  };
  const pressed = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.altKey || event.metaKey || !/^[1-9]$/.test(event.key)) return;
    event.preventDefault();
    choose(choices[Number(event.key) - 1]);
  };
  return (
    <dialog
      ref={dialog}
      aria-labelledby="choice-title"
      // At once: the key after Escape may ask the next question.
      onCancel={onClose}
      onClose={onClose}
      onKeyDown={pressed}
      className="m-auto w-[min(92vw,420px)] rounded-lg border border-edge bg-panel p-5 text-text shadow-2xl backdrop:bg-black/60"
    >
      <h2 id="choice-title" className="mb-2 text-lg font-semibold">
        {title}
      </h2>
      {text && <div className="mb-3 text-muted">{text}</div>}
      <div className="grid gap-1.5">
        {choices.map((choice, index) => (
          <button
            key={choice.title}
            type="button"
            onClick={() => choose(choice)}
            className="flex items-center justify-between gap-4 rounded-md border border-edge bg-panel2 px-2.5 py-2 text-left hover:border-muted"
          >
            {choice.title}
            <kbd>{index + 1}</kbd>
          </button>
        ))}
        <button
          type="button"
          onClick={onClose}
          className="rounded-md px-2.5 py-1.5 text-left text-muted hover:text-text"
        >
          Cancel <kbd>Esc</kbd>
        </button>
      </div>
    </dialog>
  );
}
