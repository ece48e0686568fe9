import type { Attribute, Block } from '../../validation/terraform/hcl/syntax.ts';

/** A change of a parsed HCL file: of the blocks and arguments that its tree has. Values are HCL source. */
export type HclChange =
  /** Adds an argument behind those that a block has; `first` puts it before them. */
  | {
      readonly type: 'argument';
      readonly block: Block;
      readonly name: string;
      readonly value: string;
      readonly first?: true;
    }
  /** Adds a block at the end of another, as lines without the indent of its place. */
  | { readonly type: 'inner'; readonly block: Block; readonly lines: readonly string[] }
  /** Adds a block behind one at the file's top. */
  | { readonly type: 'after'; readonly block: Block; readonly lines: readonly string[] }
  /** Gives an argument that stands in one line another value. */
  | { readonly type: 'value'; readonly argument: Attribute; readonly value: string }
  /** Adds an entry to the object that an argument is set to. */
  | {
      readonly type: 'entry';
      readonly argument: Attribute;
      readonly name: string;
      readonly value: string;
    };
