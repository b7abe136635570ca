import { database } from "@/lib/platform/database";

/** A slice as a worker needs it to predict it. */
export interface SliceToPredict {
  id: string;
  position: number;
  rows: number;
  columns: number;
  pixelHash: string;
  fileSha256: string;
  /** As the archive named it: for messages. */
  fileName: string;
}

/** All slices of a study, ordered by position. */
export function slicesOfStudy(studyId: string): Promise<SliceToPredict[]> {
  return database().slice.findMany({
    where: { studyId },
    orderBy: { position: "asc" },
    select: {
      id: true,
      position: true,
      rows: true,
      columns: true,
      pixelHash: true,
      fileSha256: true,
      fileName: true,
    },
  });
}
