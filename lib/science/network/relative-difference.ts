/** |actual - expected| / |expected|, both as Euclidean lengths. Throws a `RangeError` where they are not equally many. */
export function relativeDifference(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  if (actual.length !== expected.length)
    throw new RangeError(`${actual.length} values against ${expected.length}`);
  let difference = 0;
  let length = 0;
  for (let index = 0; index < expected.length; index++) {
    difference += (actual[index]! - expected[index]!) ** 2;
    length += expected[index]! ** 2;
  }
  return Math.sqrt(difference / length);
}
