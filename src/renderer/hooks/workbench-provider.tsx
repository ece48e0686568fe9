import {
  createContext,
  type Dispatch,
  type ReactNode,
  startTransition,
  use,
  useCallback,
  useMemo,
  useReducer,
} from 'react';
import {
  initialWorkbench,
  reduceWorkbench,
  type Workbench,
  type WorkbenchAction,
} from '../model/workbench.ts';

type Value = { readonly state: Workbench; readonly dispatch: Dispatch<WorkbenchAction> };

const WorkbenchContext = createContext<Value | null>(null);

/** Holds what the user looks at, for everything below it. */
export function WorkbenchProvider({ children }: { readonly children: ReactNode }) {
  const [state, change] = useReducer(reduceWorkbench, initialWorkbench);
  const dispatch = useCallback((action: WorkbenchAction) => {
    // Another panel is drawn in slices, so that files that are being written go on meanwhile.
    if (action.type === 'tab' || action.type === 'run') startTransition(() => change(action));
    else change(action);
  }, []);
  const value = useMemo(() => ({ state, dispatch }), [state, dispatch]);
  return <WorkbenchContext value={value}>{children}</WorkbenchContext>;
}

/** What the user looks at, and how to change it. */
export function useWorkbench(): Value {
  const value = use(WorkbenchContext);
  if (!value) throw new Error('useWorkbench needs a WorkbenchProvider above it.');
  return value;
}
