const dimensions = 384;
const vector = (change: (at: number) => number, length = dimensions) =>
  Float32Array.from({ length }, (_, at) => change(at));
/** A vector that is fine. */
export const good = vector((at) => Math.sin(at + 1));
const long = 'x'.repeat(10_000_000);
const tags = Array.from({ length: 1_000 }, (_, at) => `t${at}`);
/** An episode that is fine. */
export const episode = {
  sessionId: 's',
  task: 'a task',
  reward: 1,
  success: true,
  embedding: good,
};
/** A skill that is fine. */
export const skill = { name: 'pin', description: 'pin the image', embedding: good };

/** Objects so deep that a parser which does not look out ends its stack. */
function deep(): object {
  let value: object = {};
  for (let count = 0; count < 50_000; count += 1) value = { value };
  return value;
}

/** What no schema expects: a getter that throws, no prototype, a proxy that answers nothing. */
export const traps: readonly unknown[] = [
  null,
  7,
  'text',
  [],
  Symbol('id'),
  () => 1,
  Object.create(null),
  { toString: null, valueOf: null },
  {
    get text(): string {
      throw new Error('a trap');
    },
  },
  new Proxy(
    {},
    {
      get: () => {
        throw new Error('a trap');
      },
      ownKeys: () => {
        throw new Error('a trap');
      },
    },
  ),
];

type Input = Record<string, unknown>;
const badVectors: readonly [string, unknown][] = [
  ['NaN', vector(() => Number.NaN)],
  ['infinity', vector(() => Number.POSITIVE_INFINITY)],
  ['zeros', vector(() => 0)],
  ['another length', vector(() => 1, 3)],
  ['no numbers', vector(() => 1, 0)],
  ['text', 'vector'],
];
const badCounts = [0, -1, 1.5, Number.NaN, 1_000_000, '5'];
const badWords: readonly unknown[] = ['', ' \n', long, 7, null];
const each = (field: string, values: readonly unknown[], base: Input = {}): readonly Input[] =>
  values.map((value) => ({ ...base, [field]: value }));
const vectors = (field: string, base: Input = {}) =>
  each(
    field,
    badVectors.map(([, value]) => value),
    base,
  );

const newMemory: readonly Input[] = [
  ...vectors('embedding', { text: 'a fact' }),
  ...each('text', badWords, { embedding: good }),
  ...each('tier', ['cosmic', '', '__proto__', 'constructor', null], { text: 'a fact' }),
  ...each('tags', [tags, [''], [7], 'tag', [long]], { text: 'a fact' }),
  ...each('metadata', [deep(), { large: long }, { f: () => 1 }, 7], { text: 'a fact' }),
  ...each('importance', [Number.NaN, -1, 2, '1'], { text: 'a fact' }),
  { text: 'a fact', unknown: 1 },
];

/** Per method, arguments that must be refused. Ids that are of nothing are below. */
export const table: Readonly<Record<string, readonly (readonly unknown[])[]>> = {
  storeMemory: newMemory.map((one) => [one]),
  storeMemories: [...newMemory.map((one) => [[{ text: 'good', embedding: good }, one]]), [{}]],
  queryMemories: [
    ...each('limit', badCounts),
    ...vectors('embedding'),
    ...each('text', [long, 7]),
    ...each('tiers', [['cosmic'], [], ['__proto__'], 'semantic']),
    ...each('tags', [tags]),
    { where: 1 },
  ].map((one) => [one]),
  updateMemory: [{ text: '' }, { text: long }, { tags }, { tier: 'cosmic' }, { id: 'x' }].map(
    (change) => ['KEPT', change],
  ),
  storeVector: [
    ...badVectors.filter(([name]) => name !== 'another length').map(([, one]) => ({ vector: one })),
    { vector: vector(() => 1, 7) },
    { collection: 'kept', vector: vector(() => 1, 7) },
    { vector: good, id: '' },
    { vector: good, id: long },
    { vector: good, collection: '../up' },
    { vector: good, metadata: deep() },
    { vector: good, metadata: { large: long } },
  ].map((one) => [one]),
  searchVectors: [
    ...vectors('vector', { collection: 'kept' }),
    ...each('k', badCounts, { collection: 'kept', vector: good }),
    { collection: 'kept', text: long },
    { collection: 'kept' },
    { collection: 'none', vector: good },
    { collection: 'kept', vector: good, filter: deep() },
  ].map((one) => [one]),
  getVector: [{ id: '' }, { id: long }, { id: 7 }].map((one) => [one]),
  deleteVector: [{ id: '' }, { id: long }, { id: 7 }].map((one) => [one]),
  storeEpisode: [
    ...vectors('embedding', episode),
    ...each('task', badWords, episode),
    ...each('reward', [Number.NaN, 2], episode),
    ...each('labels', [tags, ['success'], ['']], episode),
    ...each('output', [long], episode),
    ...each('id', ['', long], episode),
    ...each('at', [-1, Number.NaN, 1.5], episode),
  ].map((one) => [one]),
  recallEpisodes: [...each('limit', badCounts), ...vectors('embedding'), { text: long }].map(
    (one) => [one],
  ),
  createSkill: [
    ...vectors('embedding', skill),
    ...each('name', ['', ' ', long], skill),
    ...each('description', badWords, skill),
    ...each('content', [long], skill),
    ...each('metadata', [deep(), { large: long }], skill),
  ].map((one) => [one]),
  searchSkills: [
    ...each('limit', badCounts, { embedding: good }),
    ...vectors('embedding'),
    { text: long },
    {},
  ].map((one) => [one]),
  recordSkillUse: [{ id: '', success: true }, { id: 'none', success: true }, { id: 'none' }].map(
    (one) => [one],
  ),
  addCausalEdge: [
    { cause: 'a', effect: 'a' },
    { cause: '', effect: 'success' },
    { cause: long, effect: 'success' },
    { cause: 'success', effect: 'b' },
    { cause: 'a', effect: 'success', uplift: 1 },
  ].map((one) => [one]),
  causalEffects: [[''], [long], [7]],
  causalPath: [{ from: 'a', to: 'a' }, { from: 'a', to: 'b', maxDepth: 0 }, { from: long }].map(
    (one) => [one],
  ),
  executeLoopCycle: [['adaptve'], [''], [null], ['adaptive', { context: 7 }], ['adaptive', [1]]],
  loopHistory: [
    ['adaptve', 10],
    ['adaptive', 0],
    ['adaptive', 1e9],
    [null, 'all'],
  ],
  cancelLoopCycle: [['adaptve'], [7]],
  revertLoopAction: [
    ['none', 'none'],
    [7, {}],
    [long, ''],
  ],
};
