import type { ReactNode } from "react";
import Markdown, { type Components } from "react-markdown";

/** A page or a panel has a main heading of its own: those of a text begin below it. */
const heading = (Level: "h2" | "h3" | "h4", className: string) =>
  function Heading({ children }: { children?: ReactNode }) {
    return <Level className={`mt-4 mb-1 font-semibold first:mt-0 ${className}`}>{children}</Level>;
  };
const [first, second, third] = [heading("h2", "text-lg"), heading("h3", "text-base"), heading("h4", "")];

const components: Components = {
  h1: first,
  h2: second,
  h3: third,
  h4: third,
  h5: third,
  h6: third,
  p: ({ children }) => <p className="my-2 first:mt-0">{children}</p>,
  ul: ({ children }) => <ul className="my-2 list-disc space-y-1 pl-5">{children}</ul>,
  ol: ({ children, start }) => (
    <ol start={start} className="my-2 list-decimal space-y-1 pl-5">
      {children}
    </ol>
  ),
  blockquote: ({ children }) => (
    <blockquote className="my-2 border-l-2 border-edge pl-3 text-muted">{children}</blockquote>
  ),
  code: ({ children }) => <code className="rounded bg-bg px-1 font-mono text-[.92em]">{children}</code>,
  pre: ({ children }) => <pre className="my-2 overflow-x-auto rounded bg-bg p-2">{children}</pre>,
  hr: () => <hr className="my-3 border-line" />,
  a: ({ href, children }) => (
    <a href={href} target="_blank" rel="noopener noreferrer" className="text-accent underline">
      {children}
    </a>
  ),
  // An image would come from another server, which would learn who reads; what it shows is said instead.
  img: ({ alt }) => <span className="text-muted">[image: {alt || "without a description"}]</span>,
};

/**
 * A text that a person has written in Markdown. HTML in it is shown as it was typed, images are not loaded, links open in
 * a new tab, and a link that would run a script leads nowhere.
 */
export function MarkdownText({ text }: { text: string }) {
  return (
    <div className="wrap-anywhere">
      <Markdown components={components}>{text}</Markdown>
    </div>
  );
}
