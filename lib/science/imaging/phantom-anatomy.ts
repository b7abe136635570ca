import { hashUnit, mix, type Noise, roughen, step, valueNoise } from "./seeded-noise";

/** Signal of a tissue in T1 before contrast, FLAIR and T1 after contrast, 0 to 255. */
export type Signal = readonly [t1Pre: number, flair: number, t1Post: number];

/** What differs from head to head. Lengths are in pixels of a 256 x 256 image; `z` is 0 at the base, 1 at the vertex. */
export interface Head {
  seed: number;
  centreRow: number;
  centreColumn: number;
  halfWidth: number;
  halfLength: number;
  /** Radians. */
  tilt: number;
  ventricles: number;
  /** How much brighter than white matter FLAIR is around the ventricles, as in healthy age. */
  caps: number;
  foldsPerHead: number;
  folds: Noise;
  texture: Noise;
  outline: Noise;
  tissue: Record<Tissue, Signal>;
}

type Tissue = "fat" | "muscle" | "bone" | "fluid" | "grey" | "white" | "deepGrey" | "air" | "vessel" | "eye";

/** Typical signals, measured by eye in public T1, FLAIR and post-contrast T1 series scaled to 8 bits. */
const TYPICAL: Record<Tissue, Signal> = {
  fat: [158, 118, 112],
  muscle: [62, 52, 78],
  bone: [14, 13, 15],
  fluid: [30, 16, 28],
  grey: [66, 80, 70],
  white: [90, 65, 88],
  deepGrey: [76, 72, 77],
  air: [4, 4, 4],
  vessel: [52, 30, 170],
  eye: [38, 24, 40],
};

/** A head, the same for the same seed. */
export function makeHead(seed: number): Head {
  const draw = (what: number, from: number, to: number) => mix(from, to, hashUnit(seed, what));
  const brightness = [draw(1, 0.9, 1.1), draw(2, 0.9, 1.1), draw(3, 0.9, 1.1)];
  const tissue = Object.fromEntries(
    Object.entries(TYPICAL).map(([name, signal]) => [name, signal.map((value, k) => value * brightness[k]!)]),
  ) as unknown as Record<Tissue, Signal>;
  return {
    seed,
    centreRow: draw(4, 120, 130),
    centreColumn: draw(5, 124, 132),
    halfWidth: draw(6, 76, 86),
    halfLength: draw(7, 95, 105),
    tilt: draw(8, -0.06, 0.06),
    ventricles: draw(9, 0.75, 1.3),
    caps: draw(12, 0.1, 0.55),
    foldsPerHead: draw(10, 6.5, 8.5),
    folds: roughen(valueNoise(seed + 101)),
    texture: roughen(valueNoise(seed + 102)),
    outline: valueNoise(seed + 103),
    tissue,
  };
}

/** How large the head is at a height, against its largest. */
export function headScale(z: number): number {
  const above = Math.max(0, (z - 0.45) / 0.68);
  const below = Math.max(0, (0.3 - z) / 0.3);
  return Math.sqrt(1 - above * above) * (1 - 0.1 * below * below);
}

/** Image coordinates to the head's own: u to the head's left, v to the back; the scalp's surface is at radius 1. */
export function toHead(head: Head, row: number, column: number, z: number) {
  const dx = column - head.centreColumn;
  const dy = row - head.centreRow;
  const cosine = 1 - (head.tilt * head.tilt) / 2;
  const x = dx * cosine + dy * head.tilt;
  const y = dy * cosine - dx * head.tilt;
  const scale = headScale(z);
  const u = x / (head.halfWidth * scale);
  const v = y / (head.halfLength * scale);
  return { u, v, radius: Math.sqrt(u * u + v * v) };
}

export interface Point {
  signal: Signal;
  /** 0 to 1: how much of this place is brain, where a lesion may grow. */
  brain: number;
}

const OUTSIDE: Point = { signal: [0, 0, 0], brain: 0 };

/** The tissue at a place, before noise. */
export function tissueAt(head: Head, row: number, column: number, z: number): Point {
  const { u, v, radius: plain } = toHead(head, row, column, z);
  if (plain > 1.06) return OUTSIDE; // the outline varies by less than that
  const { tissue } = head;
  const radius = plain * (1 + 0.025 * head.outline(u * 1.4 + 5, v * 1.4 + 5, z * 3));
  const thickness = mix(0.055, 0.1, step(0.75, 0.97, z));
  const inner = { bone: 1 - thickness, fluid: 1 - thickness - 0.055, brain: 1 - thickness - 0.075 };

  const skin = 1 - step(0.985, 1.01, radius);
  const face = faceShare(u, v, z);
  const cranial = brainAt(head, u, v, z, radius / inner.brain);
  let signal = blend(
    tissue.fluid,
    cranial.signal,
    1 - step(inner.brain - 0.012, inner.brain + 0.012, radius),
  );
  signal = blend(signal, tissue.bone, step(inner.fluid - 0.01, inner.fluid + 0.01, radius));
  signal = blend(signal, tissue.fat, step(inner.bone - 0.012, inner.bone + 0.012, radius));
  if (face > 0) signal = blend(signal, faceAt(head, u, v, z, radius), face);
  const brain = cranial.brain * (1 - step(inner.brain - 0.03, inner.brain, radius)) * (1 - face);
  return { signal: blend(tissue.air, signal, skin), brain };
}

/** Low slices: face in front, neck all around; the share grows towards the base. */
function faceShare(u: number, v: number, z: number) {
  if (z > 0.36) return 0;
  const front = mix(0.75, -0.42, step(0.02, 0.36, z));
  const temporal = z > 0.14 ? 0.35 * Math.abs(u) : 0;
  const inFront = 1 - step(front - 0.03, front + 0.03, v + temporal);
  const posteriorFossa = Math.sqrt(
    (u / mix(0.3, 0.75, step(0, 0.2, z))) ** 2 + ((v - 0.35) / mix(0.25, 0.5, step(0, 0.2, z))) ** 2,
  );
  const neck = (1 - step(0.1, 0.18, z)) * step(0.92, 1.02, posteriorFossa);
  return Math.max(inFront * (z < 0.14 ? step(0.92, 1.02, posteriorFossa) : 1), neck);
}

function faceAt({ tissue, texture }: Head, u: number, v: number, z: number, radius: number): Signal {
  const grain = texture(u * 5 + 3, v * 5 + 11, z * 9);
  let signal = blend(tissue.muscle, tissue.fat, step(0.05, 0.35, grain) * 0.8);
  signal = blend(signal, tissue.bone, step(0.15, 0.4, -grain) * 0.9);
  const sinus = Math.sqrt((u / 0.2) ** 2 + ((v + 0.62) / 0.3) ** 2);
  signal = blend(tissue.air, signal, step(0.8, 1, sinus + 0.3 * texture(u * 8, v * 8, z * 9)));
  const cheek = Math.sqrt(((Math.abs(u) - 0.45) / 0.14) ** 2 + ((v + 0.45) / 0.18) ** 2);
  if (z < 0.2) signal = blend(tissue.air, signal, step(0.85, 1, cheek));
  const eye = Math.sqrt(((Math.abs(u) - 0.4) / 0.19) ** 2 + ((v + 0.68) / 0.15) ** 2);
  if (z > 0.2) {
    signal = blend(signal, tissue.fat, 1 - step(1.3, 1.6, eye));
    signal = blend(signal, tissue.eye, 1 - step(0.9, 1.05, eye));
  }
  return blend(signal, tissue.fat, step(0.9, 0.95, radius));
}

/** Inside the skull. `depth` is 0 in the middle and 1 at the brain's surface. */
function brainAt(head: Head, u: number, v: number, z: number, depth: number): Point {
  const { tissue, folds, texture, outline, foldsPerHead, caps } = head;
  const cerebellum =
    z < 0.34 ? 1 - step(0.92, 1.02, Math.sqrt((u / 0.72) ** 2 + ((v - 0.42) / 0.42) ** 2)) : 0;
  const k = foldsPerHead;
  const warp = 0.35 * texture(u * 2.2, v * 2.2, z * 5 + 20);
  const rim = Math.max(step(0.48, 0.92, depth), 0.95 * step(0.72, 0.92, z));
  const fold = rim === 0 ? 1 : Math.abs(folds(u * k * 0.62 + warp + 9, v * k * 0.75 - warp + 9, z * 7 + 9));
  const midline = Math.abs(u + 0.012 * outline(3, v * 6, z * 6));
  const fissure = 1 - step(0.008, 0.02, midline + (Math.abs(v) < 0.32 && z < 0.72 ? 0.1 : 0));
  const sylvian =
    z > 0.3 && z < 0.62
      ? 1 -
        step(
          0.02,
          0.05,
          Math.abs(v + 0.12 + 0.25 * (Math.abs(u) - 0.6) + 0.12 * warp) + (Math.abs(u) < 0.45 ? 1 : 0),
        )
      : 0;

  const cortex = Math.max(
    step(0.86, 0.93, depth),
    rim * (1 - step(0.12, 0.2, fold)),
    1 - step(0.03, 0.055, midline),
  );
  const sulcus = Math.max(rim * (1 - step(0.025, 0.065, fold)), fissure, sylvian * 0.9);
  let signal = blend(tissue.white, tissue.grey, cortex);
  signal = blend(signal, tissue.deepGrey, deepGrey(u, v, z));
  if (cerebellum > 0) {
    const leaves = step(-0.2, 0.3, folds(u * 3, v * 16, z * 9));
    signal = blend(signal, blend(tissue.deepGrey, tissue.grey, leaves), cerebellum);
    signal = blend(
      signal,
      tissue.fluid,
      0.8 * (1 - step(0.04, 0.07, Math.abs(Math.sqrt((u / 0.72) ** 2 + ((v - 0.42) / 0.42) ** 2) - 1))),
    );
  }
  const grain = 1 + 0.03 * outline(u * 20, v * 20, z * 12 + 30);
  signal = [signal[0] * grain, signal[1] * grain, signal[2] * grain];
  signal = blend(signal, tissue.fluid, sulcus * 0.85);

  const ventricle = ventricleAt(head, u, v, z);
  const cap = step(0.72, 0.95, ventricle) * (1 - step(0.98, 1.12, ventricle));
  signal = [signal[0], signal[1] * (1 + caps * cap), signal[2]];
  const hollow = 1 - step(0.9, 1.02, ventricle);
  signal = blend(signal, tissue.fluid, hollow);

  const sinus = Math.sqrt((u / 0.045) ** 2 + ((v - 0.86) / 0.05) ** 2);
  const spot = sulcus > 0 ? texture(u * 17 + 40, v * 17 + 40, z * 17) : 0;
  const vessels = Math.max(1 - step(0.8, 1.1, sinus), 0.7 * step(0.62, 0.72, spot) * sulcus);
  signal = blend(signal, tissue.vessel, vessels);
  return { signal, brain: (1 - hollow) * (1 - 0.5 * cerebellum) };
}

function deepGrey(u: number, v: number, z: number) {
  if (z < 0.36 || z > 0.64) return 0;
  const thalamus = Math.sqrt(((Math.abs(u) - 0.13) / 0.11) ** 2 + ((v - 0.07) / 0.15) ** 2);
  const lentiform = Math.sqrt(((Math.abs(u) - 0.34) / 0.1) ** 2 + ((v + 0.1) / 0.2) ** 2);
  return 1 - step(0.8, 1.1, Math.min(thalamus, lentiform));
}

/** Below 1 inside the lateral ventricles (two horns on either side) or the third and fourth ventricle. */
function ventricleAt({ ventricles }: Head, u: number, v: number, z: number) {
  const side = Math.abs(u);
  if (z > 0.44 && z < 0.74) {
    const open = ventricles * Math.sqrt(1 - ((z - 0.59) / 0.16) ** 2);
    const front = Math.sqrt(
      ((side - 0.1 - 0.22 * Math.max(0, -v - 0.2)) / (0.055 * open)) ** 2 + ((v + 0.22) / (0.19 * open)) ** 2,
    );
    const back = Math.sqrt(
      ((side - 0.2 - 0.25 * (v - 0.3)) / (0.065 * open)) ** 2 + ((v - 0.3) / (0.18 * open)) ** 2,
    );
    const body =
      z > 0.58 ? Math.sqrt(((side - 0.11) / (0.06 * open)) ** 2 + ((v - 0.05) / (0.38 * open)) ** 2) : 9;
    return Math.min(front, back, body);
  }
  if (z > 0.36) return Math.sqrt((u / 0.025) ** 2 + (v / 0.12) ** 2);
  return z > 0.16 ? Math.sqrt((u / 0.07) ** 2 + ((v - 0.28) / 0.05) ** 2) : 9;
}

export function blend(a: Signal, b: Signal, share: number): Signal {
  if (share <= 0) return a;
  if (share >= 1) return b;
  return [mix(a[0], b[0], share), mix(a[1], b[1], share), mix(a[2], b[2], share)];
}
