"use client";
import { usePathname, useRouter, useSearchParams } from "next/navigation";
import { type ReactNode, useEffect, useRef, useTransition } from "react";

/** Typing is over when the keys have been quiet for so long. */
const quietMs = 300;

/**
 * A form whose fields are the page's query: a change shows at once and stands in the address, so that it can be kept
 * and shared. Works as a plain form too.
 */
export function FilterForm({ label, children }: { label: string; children: ReactNode }) {
  const router = useRouter();
  const pathname = usePathname();
  const shown = useSearchParams().toString();
  const [pending, startTransition] = useTransition();
  const formRef = useRef<HTMLFormElement>(null);
  const applied = useRef(shown);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  // The address has changed by a link or the Back button, not by these fields: they follow.
  useEffect(() => {
    if (applied.current === shown || !formRef.current) return;
    applied.current = shown;
    const query = new URLSearchParams(shown);
    for (const control of formRef.current.elements) {
      if (isValueControl(control)) control.value = query.get(control.name) ?? unasked(control);
    }
  }, [shown]);
  useEffect(() => () => clearTimeout(timer.current), []);

  const apply = (form: HTMLFormElement) => {
    clearTimeout(timer.current);
    const query = new URLSearchParams();
    for (const control of form.elements) {
      if (isValueControl(control) && (isAlwaysSaid(control) || control.value !== unasked(control)))
        query.set(control.name, control.value);
    }
    applied.current = query.toString();
    startTransition(() =>
      router.replace(`${pathname}${query.size > 0 ? `?${query}` : ""}`, { scroll: false }),
    );
  };

  return (
    <search aria-label={label}>
      <form
        ref={formRef}
        action={pathname}
        aria-busy={pending || undefined}
        className="mb-3 flex flex-wrap items-end gap-2.5 aria-busy:opacity-80"
        onSubmit={(event) => {
          event.preventDefault();
          apply(event.currentTarget);
        }}
        onChange={(event) => {
          const form = event.currentTarget;
          clearTimeout(timer.current);
          const typed = event.target instanceof HTMLInputElement;
          timer.current = setTimeout(() => apply(form), typed ? quietMs : 0);
        }}
      >
        {children}
      </form>
    </search>
  );
}

function isValueControl(control: Element): control is HTMLInputElement | HTMLSelectElement {
  return (control instanceof HTMLInputElement || control instanceof HTMLSelectElement) && control.name !== "";
}

/** What a field shows where the address does not name it: nothing, a select's first choice, or what the server chose. */
function unasked(control: HTMLInputElement | HTMLSelectElement): string {
  if (control instanceof HTMLInputElement) return "";
  return control.dataset.unasked ?? control.options[0]?.value ?? "";
}

/** Where the server chooses for an address that says nothing, every choice has to be said. */
function isAlwaysSaid(control: HTMLInputElement | HTMLSelectElement): boolean {
  return control.dataset.unasked !== undefined;
}
