import Link from "next/link";
import type { JobSubject } from "@/lib/features/jobs/schema";

/** Names what a job works on, and leads there. */
export function SubjectLink({ about, kind }: { about: JobSubject | null; kind: string }) {
  if (!about) return <span className="text-muted">{kind === "predict-slices" ? "all slices" : "–"}</span>;
  const { href, name } = placeOf(about);
  return (
    <Link href={href} className="underline-offset-2 hover:underline">
      {name}
    </Link>
  );
}

function placeOf(about: JobSubject): { href: string; name: string } {
  switch (about.kind) {
    case "import":
      return { href: `/imports/${about.id}`, name: about.name };
    case "run":
      return { href: `/training/${about.id}`, name: `Run ${about.number}` };
    case "model":
      return { href: `/models/${about.id}`, name: `Model ${about.number}` };
    case "slice":
      return {
        href: `/studies/${about.studyId}?slice=${about.position}`,
        name: `${about.study}, slice ${about.position}`,
      };
  }
}
