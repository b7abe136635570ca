/** 1636 -> "1,636" */
export const count = (value: number) => value.toLocaleString("en");

/** Who asked for something, or decided it, where no person did. */
export const commandLine = "Command line";

/** The first digits of a hash, enough to tell two apart by eye. */
export const shortHash = (hash: string) => hash.slice(0, 12);

/** 1, "slice" -> "1 slice"; 1636, "slice" -> "1,636 slices" */
export const inWords = (value: number, one: string, many = `${one}s`) =>
  `${count(value)} ${value === 1 ? one : many}`;

const splitWords = { TRAIN: "train", VALIDATION: "validation", TEST: "test" } as const;

/** A split as people call it. */
export const splitWord = (split: keyof typeof splitWords) => splitWords[split];
