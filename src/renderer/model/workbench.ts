import type { MeasuredUsage } from '#shared/usage.ts';

/** Tabs of the main panel. */
export const tabs = ['facts', 'run', 'review', 'history'] as const;
/** One of {@link tabs}. */
export type Tab = (typeof tabs)[number];

/** What the user looks at: nothing that the server knows; of it the project alone outlives the window. */
export type Workbench = {
  readonly tab: Tab;
  /** Project whose facts are shown; null until one is chosen. */
  readonly root: string | null;
  /** Projects ticked for a batch run. */
  readonly ticked: ReadonlySet<string>;
  /** Run that was chosen or started; null means the latest. */
  readonly runId: string | null;
  readonly proposalId: string | null;
  readonly help: boolean;
  /** Whether the next run asks models anew, whatever is kept of their answers. */
  readonly refreshNext: boolean;
  /** What services were measured to take, for the runs that follow; null where nothing was given. */
  readonly usage: MeasuredUsage | null;
};

/** What can happen to a {@link Workbench}. */
export type WorkbenchAction =
  | { readonly type: 'tab'; readonly tab: Tab }
  | { readonly type: 'project'; readonly root: string }
  | { readonly type: 'tick'; readonly root: string; readonly on: boolean }
  | { readonly type: 'tick-all'; readonly roots: readonly string[] }
  | { readonly type: 'run'; readonly id: string; readonly tab: Tab }
  | { readonly type: 'proposal'; readonly id: string | null }
  | { readonly type: 'help'; readonly open: boolean }
  | { readonly type: 'refresh-next'; readonly on: boolean }
  | { readonly type: 'usage'; readonly usage: MeasuredUsage | null }
  | {
      readonly type: 'projects';
      readonly roots: readonly string[];
      /** The one that was looked at last, also before the page was loaded anew. */
      readonly last: string | null;
    };

/** The workbench as a window opens. */
export const initialWorkbench: Workbench = {
  tab: 'facts',
  root: null,
  ticked: new Set(),
  runId: null,
  proposalId: null,
  help: false,
  refreshNext: false,
  usage: null,
};

/** The workbench after an action. `projects` drops what was removed and chooses one where none is. */
export function reduceWorkbench(state: Workbench, action: WorkbenchAction): Workbench {
  switch (action.type) {
    case 'tab':
      return { ...state, tab: action.tab };
    case 'project':
      return { ...state, root: action.root, tab: 'facts' };
    case 'tick': {
      const ticked = new Set(state.ticked);
      if (action.on) ticked.add(action.root);
      else ticked.delete(action.root);
      return { ...state, ticked };
    }
    case 'tick-all':
      return { ...state, ticked: new Set(action.roots) };
    case 'run':
      return { ...state, runId: action.id, proposalId: null, tab: action.tab };
    case 'proposal':
      return { ...state, proposalId: action.id };
    case 'help':
      return { ...state, help: action.open };
    case 'refresh-next':
      return { ...state, refreshNext: action.on };
    case 'usage':
      return { ...state, usage: action.usage };
    case 'projects': {
      const known = new Set(action.roots);
      const root = [state.root, action.last].find((one) => one !== null && known.has(one));
      return {
        ...state,
        root: root ?? action.roots[0] ?? null,
        ticked: new Set([...state.ticked].filter((one) => known.has(one))),
      };
    }
  }
}

/** The projects that Generate works on: the ticked ones, otherwise the one that is shown. */
export function targetsOf(state: Workbench): readonly string[] {
  if (state.ticked.size > 0) return [...state.ticked];
  return state.root === null ? [] : [state.root];
}
