import type { SimulationFigures } from "./simulation-figures";
export function simulationSvg(_figures: SimulationFigures): string {
  return "";
}
