import { linearScale, linePath, roundTicks } from "../plot/scale";
import type { Strategy } from "./pick-slices";
import type { SimulationFigures, WayFigures } from "./simulation-figures";

const size = { width: 980, height: 500 };
const panel = { width: 400, height: 290, top: 92 };
const lefts = [76, 556] as const;

/** Told apart by colour (Okabe and Ito 2008), dashes and marks, so that a print in grey can be read too. */
const looks: Record<Strategy, { colour: string; dash: string; mark: (x: number, y: number) => string }> = {
  study: { colour: "#1a1a1a", dash: "", mark: (x, y) => `<circle cx="${x}" cy="${y}" r="4.5"/>` },
  random: {
    colour: "#767676",
    dash: "7 4",
    mark: (x, y) => `<rect x="${x - 4}" y="${y - 4}" width="8" height="8"/>`,
  },
  doubt: {
    colour: "#0072b2",
    dash: "12 3 2 3",
    mark: (x, y) => `<path d="M${x} ${y - 5.5}l5 9h-10z"/>`,
  },
  disagreement: {
    colour: "#c04a00",
    dash: "2 3",
    mark: (x, y) => `<path d="M${x} ${y - 6}l5.5 6l-5.5 6l-5.5 -6z"/>`,
  },
};

/**
 * The learning curves as an SVG document on white: AUC by labelled slices, without a cap on the left, with one on the
 * right. The same figures give the same text.
 */
export function simulationSvg(figures: SimulationFigures): string {
  const values = figures.ways.flatMap(({ curve }) => curve.flatMap(({ auc }) => auc.value ?? []));
  const all = figures.full.auc.value === null ? values : [...values, figures.full.auc.value];
  const [low, high] = [Math.min(...all), Math.max(...all)];
  const room = Math.max(0.001, (high - low) * 0.08);
  const counts = figures.ways[0]!.curve.map(({ labelled }) => labelled);
  const x = linearScale([counts[0]!, counts.at(-1)!], [14, panel.width - 14]);
  const y = linearScale([low - room, high + room], [panel.height, 0]);
  const ticks = roundTicks(low - room, high + room, 6);
  const digits = Math.max(2, ...ticks.map((tick) => (String(tick).split(".")[1] ?? "").length));
  const byReading = Object.keys(looks);
  const shown = (capped: boolean) =>
    figures.ways
      .filter((way) => way.capped === capped)
      .sort((a, b) => byReading.indexOf(a.strategy) - byReading.indexOf(b.strategy));

  const description =
    `Out-of-fold AUC of ${figures.patients} patients, ${figures.slices} slices; ` +
    `mean of ${figures.seeds} ${figures.seeds === 1 ? "seed" : "seeds"}`;
  const panels = [false, true].map((capped, index) => {
    const title = capped ? "at most an even share of each patient" : "no cap";
    const body = [
      frame({ title, counts, ticks, digits, x, y }),
      fullLine(figures.full, y),
      ...shown(capped).map((way) => curveOf(way, x, y)),
      legend(shown(capped)),
    ];
    return `<g transform="translate(${lefts[index]} ${panel.top})">${body.join("\n")}</g>`;
  });
  return `${[
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size.width} ${size.height}" width="${size.width}" height="${size.height}" role="img" aria-labelledby="title description" font-family="system-ui, Segoe UI, Helvetica, Arial, sans-serif" font-size="14" fill="#1a1a1a">`,
    `<title id="title">AUC by labelled slices</title>`,
    `<desc id="description">${description}</desc>`,
    `<rect width="100%" height="100%" fill="#ffffff"/>`,
    text(lefts[0], 28, "AUC by labelled slices", `font-size="18" font-weight="600"`),
    text(lefts[0], 48, description, `fill="#4d4d4d"`),
    ...panels,
  ].join("\n")}\n</svg>\n`;
}

type Scale = (value: number) => number;

function frame(axes: {
  title: string;
  counts: readonly number[];
  ticks: readonly number[];
  digits: number;
  x: Scale;
  y: Scale;
}): string {
  const { title, counts, ticks, digits, x, y } = axes;
  const { width, height } = panel;
  return [
    text(0, -12, title, `font-weight="600"`),
    ...ticks.flatMap((tick) => [
      `<path d="M0 ${at(y(tick))}H${width}" stroke="#dddddd"/>`,
      text(-8, y(tick) + 5, tick.toFixed(digits), `text-anchor="end"`),
    ]),
    ...atMost(counts, 9).flatMap((count) => [
      `<path d="M${at(x(count))} ${height}v5" stroke="#4d4d4d"/>`,
      text(x(count), height + 21, String(Math.round(count)), `text-anchor="middle"`),
    ]),
    `<path d="M0 0V${height}H${width}" fill="none" stroke="#4d4d4d"/>`,
    text(width / 2, height + 44, "labelled slices", `text-anchor="middle"`),
    `<text transform="translate(-60 ${height / 2}) rotate(-90)" text-anchor="middle">AUC on unseen patients</text>`,
  ].join("\n");
}

/** What labelling everything comes to. */
function fullLine({ labelled, auc }: SimulationFigures["full"], y: Scale): string {
  if (auc.value === null) return "";
  return [
    `<path d="M0 ${at(y(auc.value))}H${panel.width}" stroke="#1a1a1a" stroke-dasharray="1 5" stroke-width="1.5"/>`,
    text(6, y(auc.value) - 6, `all ${Math.round(labelled)} labelled`, `font-size="13"`),
  ].join("\n");
}

function curveOf({ strategy, curve }: WayFigures, x: Scale, y: Scale): string {
  const { colour } = looks[strategy];
  const points = curve.flatMap(({ labelled, auc }): [number, number][] =>
    auc.value === null ? [] : [[x(labelled), y(auc.value)]],
  );
  return [
    `<path d="${linePath(points)}" fill="none" ${stroke(strategy)}/>`,
    `<g fill="${colour}">${points.map(([left, top]) => looks[strategy].mark(at(left), at(top))).join("")}</g>`,
  ].join("\n");
}

/** Below the axis, two a row. */
function legend(ways: readonly WayFigures[]): string {
  return ways
    .map(({ strategy, name }, index) => {
      const left = 200 * (index % 2);
      const middle = panel.height + 70 + 24 * Math.floor(index / 2);
      return [
        `<path d="M${left} ${middle}h44" ${stroke(strategy)}/>`,
        `<g fill="${looks[strategy].colour}">${looks[strategy].mark(left + 22, middle)}</g>`,
        text(left + 52, middle + 5, name),
      ].join("");
    })
    .join("\n");
}

function stroke(strategy: Strategy): string {
  const { colour, dash } = looks[strategy];
  return `stroke="${colour}" stroke-width="2"${dash && ` stroke-dasharray="${dash}"`}`;
}

/** Every so many, the last among them. */
function atMost(counts: readonly number[], most: number): number[] {
  const step = Math.ceil(counts.length / most);
  return counts.filter((_, index) => (counts.length - 1 - index) % step === 0);
}

/** A tenth of a pixel is enough. */
const at = (value: number) => Math.round(value * 10) / 10;

/** `words` are this file's own and the ways' names: nothing in them needs escaping. */
function text(x: number, y: number, words: string, attributes = ""): string {
  return `<text x="${at(x)}" y="${at(y)}"${attributes && ` ${attributes}`}>${words}</text>`;
}
