"use client";
import { X } from "lucide-react";
import { Dialog as Radix } from "radix-ui";
import { type ReactNode, useRef } from "react";

/**
 * A modal dialog: keeps the focus inside, closes on Escape and gives the focus back to where it was. It begins on the
 * first field, where there is one.
 */
export function Dialog({
  open,
  onOpenChange,
  title,
  description,
  children,
}: {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  description?: ReactNode;
  children: ReactNode;
}) {
  const cameFrom = useRef<Element | null>(null);

  function begin(event: Event) {
    cameFrom.current = document.activeElement;
    const field = (event.target as Element).querySelector<HTMLElement>("textarea, input, select");
    if (!field) return;
    event.preventDefault();
    field.focus();
  }

  function giveBack(event: Event) {
    // Radix itself knows only a trigger of its own.
    event.preventDefault();
    if (cameFrom.current instanceof HTMLElement) cameFrom.current.focus();
  }

  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 bg-black/60" />
        <Radix.Content
          {...(description ? {} : { "aria-describedby": undefined })}
          onOpenAutoFocus={begin}
          onCloseAutoFocus={giveBack}
          className="fixed top-1/2 left-1/2 z-50 max-h-[85dvh] w-[min(28rem,calc(100vw-2rem))] -translate-x-1/2 -translate-y-1/2 overflow-y-auto rounded-lg border border-edge bg-panel p-5 shadow-2xl shadow-black"
        >
          <div className="mb-3 flex items-start justify-between gap-4">
            <Radix.Title className="text-lg font-semibold">{title}</Radix.Title>
            <Radix.Close aria-label="Close" className="-m-1 rounded p-1 text-muted hover:text-text">
              <X aria-hidden="true" size={16} />
            </Radix.Close>
          </div>
          {description && (
            <Radix.Description asChild>
              <div className="mb-4 text-muted">{description}</div>
            </Radix.Description>
          )}
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
