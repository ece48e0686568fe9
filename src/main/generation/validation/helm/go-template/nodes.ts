/** Where a node stands: the template that it was parsed from, and its 1-based line there. */
export type Place = { readonly file: string; readonly line: number };

/** An operand of a command. */
export type Operand = Place &
  (
    | { readonly type: 'dot' }
    | { readonly type: 'nil' }
    | { readonly type: 'literal'; readonly value: string | boolean | number | bigint }
    | { readonly type: 'field'; readonly names: readonly string[] }
    | { readonly type: 'variable'; readonly name: string; readonly names: readonly string[] }
    | { readonly type: 'call'; readonly name: string }
    | { readonly type: 'pipe'; readonly pipe: Pipe }
    | { readonly type: 'chain'; readonly of: Operand; readonly names: readonly string[] }
  );

/** One command: what it begins with, and its arguments. */
export type Command = Place & { readonly operands: readonly [Operand, ...Operand[]] };

/** Commands joined by `|`, and the variables that take the result. */
export type Pipe = Place & {
  readonly variables: readonly string[];
  /** Whether the variables are new (`:=`) rather than set (`=`). */
  readonly declares: boolean;
  readonly commands: readonly Command[];
};

/** A part of a template. */
export type Node = Place &
  (
    | { readonly type: 'text'; readonly text: string }
    | { readonly type: 'action'; readonly pipe: Pipe }
    | {
        readonly type: 'if' | 'with' | 'range';
        readonly pipe: Pipe;
        readonly body: readonly Node[];
        readonly otherwise: readonly Node[];
      }
    | { readonly type: 'template'; readonly name: string; readonly pipe: Pipe | null }
    | { readonly type: 'break' | 'continue' }
  );

/** A named template: what `define`, `block` or a file holds. */
export type Definition = Place & { readonly name: string; readonly body: readonly Node[] };
