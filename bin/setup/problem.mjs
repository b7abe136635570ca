/** A situation that a person can mend: its message is the whole explanation, and no stack trace is shown. */
export class SetupProblem extends Error {
  name = "SetupProblem";
}

/**
 * Turns what the operating system says into words where we know them; anything else passes unchanged.
 * `doing` completes "could not ...", for example "write the data folder".
 */
export function explain(error, doing) {
  if (error instanceof SetupProblem) return error;
  const where = error?.path ? ` (${error.path})` : "";
  switch (error?.code) {
    case "ENOSPC":
      return new SetupProblem(
        `The disk is full: could not ${doing}${where}. Free some space and start again.`,
      );
    case "EDQUOT":
      return new SetupProblem(`The disk quota is used up: could not ${doing}${where}.`);
    case "EACCES":
    case "EPERM":
      return new SetupProblem(
        `Not permitted: could not ${doing}${where}. Start as the user who owns it, or choose another data folder: SULCUS_DATA=/path npm start`,
      );
    case "ENOTDIR":
    case "EEXIST":
      return new SetupProblem(
        `There is a file where a folder is needed: could not ${doing}${where}. Remove it, or choose another data folder: SULCUS_DATA=/path npm start`,
      );
    case "EROFS":
      return new SetupProblem(
        `The disk is read-only: could not ${doing}${where}. Choose another data folder: SULCUS_DATA=/path npm start`,
      );
    default:
      return error;
  }
}
