import { notFound } from "next/navigation";
import { AppError } from "@/lib/platform/errors";

/** Postgres was handed something that is no id. */
const malformedId = new Set(["P2007", "P2023"]);

/** What a page is about; the not-found page where it is not there, not the actor's, or its id is malformed. */
export async function found<T>(reading: Promise<T>): Promise<T> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof AppError && error.kind === "not-found") notFound();
    if (malformedId.has((error as { code?: string })?.code ?? "")) notFound();
    throw error;
  }
}
