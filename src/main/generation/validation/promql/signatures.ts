/** What a PromQL expression gives: `matrix` is a range vector. */
export type ValueType = 'vector' | 'matrix' | 'scalar' | 'string';

/** Arguments of a function and what it gives. */
export type Signature = {
  readonly args: readonly ValueType[];
  /** How many of the last arguments may be left out. */
  readonly optional: number;
  /** Whether the last argument may be repeated. */
  readonly repeats: boolean;
  readonly gives: ValueType;
};

const letters = { v: 'vector', m: 'matrix', s: 'scalar', t: 'string' } as const;

/**
 * The functions of Prometheus 3.15, from its table (promql/parser/functions.go): `vs?` is a vector
 * and a scalar that may be left out, `vt*` a vector and any number of texts, `=s` what it gives
 * where that is no vector.
 */
const table: Readonly<Record<string, string>> = {
  v: 'abs absent acos acosh asin asinh atan atanh ceil cos cosh deg exp floor histogram_avg histogram_count histogram_stddev histogram_stdvar histogram_sum ln log10 log2 rad sgn sin sinh sort sort_desc sqrt start_timestamp tan tanh timestamp',
  m: 'absent_over_time avg_over_time changes count_over_time delta deriv first_over_time idelta increase irate last_over_time mad_over_time max_over_time min_over_time present_over_time rate resets stddev_over_time stdvar_over_time sum_over_time ts_of_first_over_time ts_of_last_over_time ts_of_max_over_time ts_of_min_over_time',
  'v?': 'day_of_month day_of_week day_of_year days_in_month hour minute month year',
  vss: 'clamp',
  vs: 'clamp_max clamp_min',
  'vs?': 'round',
  sv: 'histogram_quantile',
  ssv: 'histogram_fraction',
  'vts*': 'histogram_quantiles',
  mss: 'double_exponential_smoothing',
  ms: 'predict_linear',
  sm: 'quantile_over_time',
  'vv?': 'info',
  vtttt: 'label_replace',
  'vttt*': 'label_join',
  'vt*': 'sort_by_label sort_by_label_desc',
  s: 'vector',
  'v=s': 'scalar',
  '=s': 'pi time step range',
};

const signatures = new Map(
  Object.entries(table).flatMap(([shape, names]) => {
    const [given = '', gives = 'v'] = shape.split('=');
    const plain = given.replace(/[?*]/g, '');
    const signature: Signature = {
      args: [...plain].map((letter) => letters[letter as keyof typeof letters]),
      optional: given.endsWith('?') || given.endsWith('*') ? 1 : 0,
      repeats: given.endsWith('*'),
      gives: letters[gives as keyof typeof letters],
    };
    return names.split(' ').map((name) => [name, signature] as const);
  }),
);

/** The signature of a function; undefined where Prometheus has none of this name. */
export function signatureOf(name: string): Signature | undefined {
  return signatures.get(name);
}

/** Names of all functions and aggregations, for hints. */
export const functionNames: readonly string[] = [
  ...signatures.keys(),
  ...'avg bottomk count count_values group limitk limit_ratio max min quantile stddev stdvar sum topk'.split(
    ' ',
  ),
];

/** What the parameter of an aggregation must be; undefined where it has none. */
export function parameterOf(aggregation: string): ValueType | undefined {
  if (aggregation === 'count_values') return 'string';
  return /^(?:topk|bottomk|quantile|limitk|limit_ratio)$/.test(aggregation) ? 'scalar' : undefined;
}
