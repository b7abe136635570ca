/** Bytes that a server action takes: a drawn mask of a large image comes with the action that saves it. */
export const actionBytes = 5 * 2 ** 20;

/** What the user reads where an action's input is larger. */
export const actionTooLarge = "This is larger than 5 MiB, the most that can be sent at once";
