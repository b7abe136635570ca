/**
 * Seconds that a slice takes in one epoch on one processor core, by what of the base learns: what is said before
 * anything was measured. A run measures its own before it begins.
 */
export const secondsPerSliceOnCpu = { "last-stage": 2.7, all: 6 } as const;
