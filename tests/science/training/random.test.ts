import { expect, test } from "vitest";
import { normal, seededRandom, seedOf, shuffle, xoshiro128 } from "@/lib/science/training/random";

test("the generator gives the numbers worked out by hand from its definition", () => {
  // From state 1, 2, 3, 4: rotl(2 * 5, 7) * 9, then 0, then rotl(1029 * 5, 7) * 9.
  const next = xoshiro128([1, 2, 3, 4]);
  expect([next(), next(), next()]).toEqual([11520, 0, 5927040]);
});

test("a seed gives the same stream, another seed another", () => {
  const take = (seed: number) => Array.from({ length: 5 }, seededRandom(seed));
  expect(take(1)).toEqual(take(1));
  expect(take(1)).not.toEqual(take(2));
  expect(new Set(take(0)).size).toBe(5);
});

test("uniform and normal numbers have the moments they should have", () => {
  const random = seededRandom(9);
  const uniform = Array.from({ length: 20_000 }, random);
  expect(Math.min(...uniform)).toBeGreaterThanOrEqual(0);
  expect(Math.max(...uniform)).toBeLessThan(1);
  expect(mean(uniform)).toBeCloseTo(0.5, 2);
  expect(mean(uniform.map((value) => (value - 0.5) ** 2))).toBeCloseTo(1 / 12, 2);
  const normals = Array.from({ length: 20_000 }, () => normal(random));
  expect(Math.abs(mean(normals))).toBeLessThan(0.03);
  expect(mean(normals.map((value) => value ** 2))).toBeCloseTo(1, 1);
});

test("a shuffle keeps every value, and every place is as likely", () => {
  const random = seededRandom(2);
  const firsts = [0, 0, 0, 0];
  for (let round = 0; round < 4000; round++) {
    const shuffled = shuffle(Uint8Array.of(0, 1, 2, 3), random);
    expect([...shuffled].sort()).toEqual([0, 1, 2, 3]);
    firsts[shuffled[0]!]!++;
  }
  for (const count of firsts) expect(count / 4000).toBeCloseTo(0.25, 1);
});

test("seeds of names differ where the parts differ", () => {
  expect(seedOf("order", 1, 2)).toBe(seedOf("order", 1, 2));
  expect(new Set([seedOf("a", 12), seedOf("a", 1, 2), seedOf("a1", 2), seedOf("b", 12)]).size).toBe(4);
});

function mean(values: number[]) {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
