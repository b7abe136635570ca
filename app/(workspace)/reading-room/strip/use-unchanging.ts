import { useCallback, useLayoutEffect, useRef } from "react";

/** One function for all renders that calls the latest. */
export function useUnchanging<Input>(run: (input: Input) => void): (input: Input) => void {
  const latest = useRef(run);
  useLayoutEffect(() => {
    latest.current = run;
  });
  return useCallback((input) => latest.current(input), []);
}
