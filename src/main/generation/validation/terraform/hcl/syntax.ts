/** A step after a name: `.name`, `[index]`, or a splat (`.*`, `[*]`). */
export type Step =
  | { readonly type: 'name'; readonly name: string }
  | { readonly type: 'index'; readonly index: Expression }
  | { readonly type: 'splat' };

/** One entry of an object constructor. A bare word as the key is a literal text. */
export type ObjectItem = {
  readonly key: Expression;
  readonly value: Expression;
  readonly line: number;
};

/** An expression of HCL; `line` is 1-based, of its first character. */
export type Expression = { readonly line: number } & (
  | { readonly type: 'literal'; readonly value: string | number | boolean | null }
  | { readonly type: 'template'; readonly parts: readonly (string | Expression)[] }
  | { readonly type: 'reference'; readonly root: string; readonly steps: readonly Step[] }
  | { readonly type: 'access'; readonly on: Expression; readonly steps: readonly Step[] }
  | CallExpression
  | { readonly type: 'tuple'; readonly items: readonly Expression[] }
  | { readonly type: 'object'; readonly items: readonly ObjectItem[] }
  | ForExpression
  | { readonly type: 'operation'; readonly operands: readonly Expression[] }
);

/** `name(args)`; `expands` where the last one is a list of arguments (`...`). */
export type CallExpression = {
  readonly line: number;
  readonly type: 'call';
  readonly name: string;
  readonly args: readonly Expression[];
  readonly expands: boolean;
};

/** `[for …]`, `{for …}` and `%{ for … }`: `names` hold within `inner`, and not within `over`. */
export type ForExpression = {
  readonly type: 'for';
  readonly names: readonly string[];
  readonly over: Expression;
  readonly inner: readonly Expression[];
  readonly makes: 'tuple' | 'object' | 'text';
};

/** `name = value`; `start` is the offset of its name, `endLine` the line that its value ends in. */
export type Attribute = {
  readonly type: 'attribute';
  readonly name: string;
  readonly value: Expression;
  readonly line: number;
  readonly start: number;
  readonly endLine: number;
};

/**
 * `type "label" … { … }`; `endLine` is that of its closing brace. `start` is the offset of its
 * first letter, `open` and `close` are those of its braces.
 */
export type Block = {
  readonly type: 'block';
  readonly name: string;
  readonly labels: readonly string[];
  readonly body: Body;
  readonly line: number;
  readonly endLine: number;
  readonly start: number;
  readonly open: number;
  readonly close: number;
};

/** What stands in a file or between a block's braces, in its order. */
export type Body = {
  readonly attributes: readonly Attribute[];
  readonly blocks: readonly Block[];
};

/** Where and why a text is no HCL; `message` says what to do. */
export type SyntaxFault = { readonly line: number; readonly message: string };

/** The expressions directly within another one, each once; without those of a `for`'s own names. */
export function partsOf(expression: Expression): readonly Expression[] {
  switch (expression.type) {
    case 'literal':
      return [];
    case 'template':
      return expression.parts.filter((part) => typeof part !== 'string');
    case 'reference':
      return indexesOf(expression.steps);
    case 'access':
      return [expression.on, ...indexesOf(expression.steps)];
    case 'call':
      return expression.args;
    case 'tuple':
      return expression.items;
    case 'object':
      return expression.items.flatMap(({ key, value }) => [key, value]);
    case 'for':
      return [expression.over, ...expression.inner];
    case 'operation':
      return expression.operands;
  }
}

function indexesOf(steps: readonly Step[]): readonly Expression[] {
  return steps.flatMap((step) => (step.type === 'index' ? [step.index] : []));
}
