/** Bars of requests a minute, stacked by what came back: where each stands in the picture. Pure. */
import { whole } from '../domain/figures.ts';
import type { ResponseKind } from './response-words.ts';

export interface Bar extends Readonly<Record<ResponseKind, number>> {
  readonly label: string;
}

/** Lengths in units of the picture, from its upper left corner. */
export interface ChartView {
  readonly width: number;
  readonly height: number;
  readonly rects: readonly {
    readonly kind: ResponseKind;
    readonly x: number;
    readonly y: number;
    readonly width: number;
    readonly height: number;
  }[];
  readonly lines: readonly { readonly y: number; readonly label: string }[];
  readonly left: number;
  readonly bottom: number;
  readonly first: string;
  readonly last: string;
}

const WIDTH = 960;
const HEIGHT = 280;
const LEFT = 70;
const TOP = 16;
const BOTTOM = HEIGHT - 34;

/** From the bottom up. */
const STACK: readonly ResponseKind[] = ['answered', 'busy', 'failed'];

export function drawChart(bars: readonly Bar[]): ChartView {
  const step = niceStep(
    Math.max(1, ...bars.map(({ answered, busy, failed }) => answered + busy + failed)),
  );
  const top = step * GRID_LINES;
  const yOf = (value: number): number => rounded(BOTTOM - (value / top) * (BOTTOM - TOP));
  const slot = (WIDTH - LEFT) / Math.max(1, bars.length);
  const rects = bars.flatMap((bar, at) => {
    let below = 0;
    return STACK.flatMap((kind) => {
      const from = yOf(below);
      below += bar[kind];
      const y = yOf(below);
      if (bar[kind] === 0) return [];
      const x = rounded(LEFT + at * slot + slot * 0.1);
      return { kind, x, y, width: rounded(slot * 0.8), height: rounded(from - y) };
    });
  });
  return {
    width: WIDTH,
    height: HEIGHT,
    rects,
    lines: Array.from({ length: GRID_LINES + 1 }, (_none, at) => ({
      y: yOf(at * step),
      label: whole(at * step),
    })),
    left: LEFT,
    bottom: BOTTOM,
    first: bars[0]?.label ?? '',
    last: bars.length > 1 ? (bars.at(-1)?.label ?? '') : '',
  };
}

export const GRID_LINES = 4;

/** The smallest of 1, 2, 2.5, 5 times a power of ten of which four hold the most. */
export function niceStep(most: number): number {
  const least = most / GRID_LINES;
  const power = 10 ** Math.floor(Math.log10(Math.max(least, 1)));
  const factor = [1, 2, 2.5, 5, 10].find((one) => one * power >= least) ?? 10;
  return Math.max(1, factor * power);
}

export function rounded(length: number): number {
  return Math.round(length * 10) / 10;
}
