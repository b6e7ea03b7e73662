/** A line over runs: where each point stands in the picture. Pure. */
import { whole } from '../domain/figures.ts';
import { niceStep, rounded } from './chart.ts';

/** Lengths in units of the picture, from its upper left corner. */
export interface LineChartView {
  readonly width: number;
  readonly height: number;
  readonly left: number;
  readonly points: readonly { readonly x: number; readonly y: number }[];
  readonly lines: readonly { readonly y: number; readonly label: string }[];
}

const WIDTH = 360;
const HEIGHT = 190;
const LEFT = 58;
const RIGHT = WIDTH - 12;
const TOP = 14;
const BOTTOM = HEIGHT - 14;

/** `isFromZero`: the axis begins at 0; otherwise at a whole number below the least, so that changes are seen. */
export function drawLine(
  values: readonly number[],
  isFromZero: boolean,
  unit: '' | '%',
): LineChartView {
  const least = isFromZero ? 0 : Math.min(...values);
  const most = Math.max(...values);
  const step = niceStep(most - least);
  const to = Math.max(1, Math.ceil(most / step));
  const from = Math.min(to - 1, Math.floor(least / step));
  const yOf = (value: number): number =>
    rounded(BOTTOM - ((value / step - from) / (to - from)) * (BOTTOM - TOP));
  const gap = (RIGHT - LEFT) / Math.max(1, values.length - 1);
  return {
    width: WIDTH,
    height: HEIGHT,
    left: LEFT,
    points: values.map((value, at) => ({ x: rounded(LEFT + at * gap), y: yOf(value) })),
    lines: Array.from({ length: to - from + 1 }, (_none, at) => ({
      y: yOf((from + at) * step),
      label: `${whole((from + at) * step)}${unit}`,
    })),
  };
}
