import type { Metadata } from "next";
import Link from "next/link";
import type { ReactNode } from "react";
import { pageActor } from "@/app/_server/actor";
import { PageBody } from "@/app/_ui/page-body";
import { commands, type PlainCommandId } from "../reading-room/room/commands";
import { keyWords } from "../reading-room/room/commands/press";

const topics = [
  { href: "/help", name: "Read a study" },
  { href: "/help/correct", name: "Correct a label" },
  { href: "/help/draw", name: "Draw" },
  { href: "/help/flags", name: "Flags and the queue" },
  { href: "/help/keys", name: "Keys" },
] as const;

export type HelpTopic = (typeof topics)[number]["name"];

/** The tab's title of a page of the help. */
export const helpMetadata = (topic: HelpTopic): Metadata => ({ title: `Help: ${topic}` });

/** A page of the help: at most one screen, with the way to the others. */
export async function HelpPage({ topic, children }: { topic: HelpTopic; children: ReactNode }) {
  await pageActor();
  return (
    <PageBody>
      <nav aria-label="Help" className="mb-3 flex flex-wrap gap-x-4 gap-y-1 border-b border-line pb-2">
        {topics.map(({ href, name }) => (
          <Link
            key={href}
            href={href}
            aria-current={name === topic ? "page" : undefined}
            className="text-muted hover:text-text aria-[current=page]:font-semibold aria-[current=page]:text-text"
          >
            {name}
          </Link>
        ))}
      </nav>
      <h1 className="mb-2 text-xl leading-tight font-semibold">{topic}</h1>
      {children}
    </PageBody>
  );
}

/** Statements of a page, a row each: what one does, and what comes of it. */
export function Steps({ children }: { children: ReactNode }) {
  return <ul className="max-w-[100ch] list-disc space-y-2 pl-5 text-[14px] leading-relaxed">{children}</ul>;
}

/** The key of a command, from the room's own table, so that the help never names another one. */
export function Key({ of }: { of: PlainCommandId }) {
  return <kbd className="whitespace-nowrap">{keyWords(commands[of].keys[0] ?? "")}</kbd>;
}
