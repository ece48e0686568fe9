import type { Draft } from './draft.ts';
import type { ProjectTree } from './project-tree.ts';

/**
 * Knows one stack. Looks at the whole tree (workspaces span folders) and drafts the services it
 * finds. What a manifest's parser cannot read goes to `tree.misunderstood`; a detector never throws
 * for bad content.
 */
export type Detector = {
  /** The stack's name: `go`, `javascript`. */
  readonly id: string;
  readonly detect: (tree: ProjectTree) => Promise<readonly Draft[]>;
};
