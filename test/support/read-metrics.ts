/** Prometheus's text format, read strictly: https://prometheus.io/docs/instrumenting/exposition_formats/ */

export interface Metric {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

const SAMPLE = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})? (\S+)$/;
const LABEL = /([a-zA-Z_]\w*)="((?:[^"\\\n]|\\.)*)"(?:,|$)/g;

/** Throws for a line that is no sample and no comment, and for a sample whose metric has no type. */
export function readMetrics(text: string): readonly Metric[] {
  if (!text.endsWith('\n')) throw new Error('the last line has no end');
  const types = new Map<string, string>();
  return text.split('\n').flatMap((line) => {
    const [, named, type] = /^# TYPE (\S+) (counter|gauge|histogram|summary)$/.exec(line) ?? [];
    if (named !== undefined && type !== undefined) types.set(named, type);
    return line === '' || line.startsWith('# ') ? [] : [readSample(line, types)];
  });
}

/** Of all series of this name that have these labels, and perhaps others. */
export function sumOf(
  metrics: readonly Metric[],
  name: string,
  labels: Readonly<Record<string, string>> = {},
): number {
  return metrics
    .filter((metric) => metric.name === name)
    .filter((metric) => Object.entries(labels).every(([key, text]) => metric.labels[key] === text))
    .reduce((sum, { value }) => sum + value, 0);
}

function readSample(line: string, types: ReadonlyMap<string, string>): Metric {
  const [, name = '', inside = '', text = ''] = SAMPLE.exec(line) ?? [];
  const labels = [...inside.matchAll(LABEL)];
  const isWhole = labels.map(([whole]) => whole).join('') === inside;
  const value = Number(text.replace('Inf', 'Infinity'));
  const base = name.replace(/_(bucket|sum|count)$/, '');
  if (
    name === '' ||
    !isWhole ||
    (Number.isNaN(value) && !/^nan$/i.test(text)) ||
    !(types.has(name) || types.has(base))
  )
    throw new Error(`not a sample: ${line}`);
  return {
    name,
    labels: Object.fromEntries(labels.map(([, key = '', of = '']) => [key, of])),
    value,
  };
}
