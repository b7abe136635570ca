import Link from "next/link";
import type { ModelLink } from "@/lib/features/snapshots/schema";
import { ModelState } from "../models/model-state";

/** Models with where they stand, each a link to its page. */
export function ModelLinks({ models }: { models: readonly ModelLink[] }) {
  return (
    <ul className="flex flex-wrap gap-x-4 gap-y-1">
      {models.map(({ id, number, state }) => (
        <li key={id} className="whitespace-nowrap">
          <Link href={`/models/${id}`} className="text-accent underline-offset-2 hover:underline">
            Model {number}
          </Link>{" "}
          <span className="text-sm">
            <ModelState state={state} />
          </span>
        </li>
      ))}
    </ul>
  );
}
