import type { Block } from '../../validation/terraform/hcl/syntax.ts';

/** Where the value of a variable ends up in its module. */
export type Flow =
  /** In these outputs, which do not say that they are sensitive; in none where it is empty. */
  | { readonly type: 'outputs'; readonly outputs: readonly Block[] }
  /** Somewhere that Terraform takes no sensitive value, or that is not known. */
  | { readonly type: 'stopped'; readonly why: string };
