import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useBridge } from '../bridge/bridge-context.ts';
import { callRoute } from '../bridge/call-route.ts';
import { keys } from '../bridge/query-keys.ts';
import { toastError } from './toasts.ts';
import { useWorkbench } from './workbench-provider.tsx';

/** The projects that the user has added. */
export function useProjects() {
  const bridge = useBridge();
  return useQuery({
    queryKey: keys.projects,
    queryFn: () => callRoute(bridge, 'project.list', {}),
  });
}

const lastKey = 'omega.project';

/**
 * Keeps what is chosen within what exists; chooses a project where none is: the one of last time, so
 * that Generate means no other one for whoever loads the page anew.
 */
export function useChosenProject(): void {
  const { data } = useProjects();
  const { state, dispatch } = useWorkbench();
  useEffect(() => {
    const last = localStorage.getItem(lastKey);
    if (data) dispatch({ type: 'projects', roots: data.map((project) => project.root), last });
  }, [data, dispatch]);
  useEffect(() => {
    if (state.root !== null) localStorage.setItem(lastKey, state.root);
  }, [state.root]);
}

/** Adds a folder as a project and shows it. */
export function useAddProject() {
  const bridge = useBridge();
  const client = useQueryClient();
  const { dispatch } = useWorkbench();
  return useMutation({
    mutationFn: (root: string) => callRoute(bridge, 'project.add', { root }),
    onSuccess: async (project) => {
      await client.invalidateQueries({ queryKey: keys.projects });
      dispatch({ type: 'project', root: project.root });
    },
  });
}

/** Takes a project off the list; its files stay as they are. */
export function useRemoveProject() {
  const bridge = useBridge();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (root: string) => callRoute(bridge, 'project.remove', { root }),
    onSuccess: async (_none, root) => {
      client.removeQueries({ queryKey: keys.scan(root) });
      await client.invalidateQueries({ queryKey: keys.projects });
    },
    onError: toastError,
  });
}
