import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { pageActor } from "@/app/_server/actor";
import { readQuery } from "@/app/_server/query";
import { FlagFilter } from "@/lib/features/flags/schema";
import { mostStrokeCharacters, mostStrokes } from "@/lib/features/labels/schema";
import { findProtocol } from "@/lib/features/protocol/find-protocol";
import { findStudy } from "@/lib/features/studies/find-study";
import { openingIndex } from "@/lib/features/studies/opening-index";
import { type SliceView, StudyId } from "@/lib/features/studies/schema";
import { AppError } from "@/lib/platform/errors";
import { type Actor, may } from "@/lib/records/access";
import { StudyRoom } from "../../reading-room/study-room";

export const metadata: Metadata = { title: "Reading" };

interface Props {
  params: Promise<{ studyId: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function StudyPage({ params, searchParams }: Props) {
  const actor = await pageActor();
  const study = await readStudy(actor, await params);
  if (study.slices.length === 0) return <p className="p-6">This study has no slices yet.</p>;
  const asked = await searchParams;
  const { slice, queue, start, ...filter } = asked;
  const position = Number(slice);
  const protocol = await findProtocol(actor);
  return (
    <StudyRoom
      key={`${study.id} ${study.slices.length}`}
      study={study}
      initialIndex={indexOf(study.slices, position)}
      actor={{ id: actor.id ?? "", mayLabel: may(actor, "label:write") }}
      queue={queue === "flagged" ? { filter: readQuery(FlagFilter, filter), isNew: start === "1" } : null}
      limits={{ mostStrokes, mostStrokeCharacters }}
      hasProtocol={protocol !== null}
    />
  );
}

async function readStudy(actor: Actor, params: unknown) {
  const parsed = StudyId.safeParse(params);
  if (!parsed.success) notFound();
  try {
    return await findStudy(actor, parsed.data);
  } catch (error) {
    if (error instanceof AppError && error.kind === "not-found") notFound();
    throw error;
  }
}

/** The slice named in the address; without one, where the study opens. */
function indexOf(slices: readonly SliceView[], position: number): number {
  const named = slices.findIndex((slice) => slice.position === position);
  return named >= 0 ? named : openingIndex(slices);
}
