import { enqueueCollection } from "@/lib/features/system/jobs";

/**
 * What is done once a day, however many workers there are: the queue's own timetable, kept in the database, lets one of
 * them begin it. A day on which no worker ran at that time is made up for when one starts.
 */
export const dailyTask = "sulcus-daily";

/** At 03:17 UTC. */
export const dailyCrontab = `17 3 * * * ${dailyTask} ?fill=1d&max=5`;

export async function daily(): Promise<void> {
  await enqueueCollection();
}
