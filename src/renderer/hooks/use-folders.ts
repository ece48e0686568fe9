import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useBridge } from '../bridge/bridge-context.ts';
import { callRoute } from '../bridge/call-route.ts';
import { keys } from '../bridge/query-keys.ts';

/** The folders inside `path` (the home folder where it is undefined), while `open`. */
export function useFolders(path: string | undefined, open: boolean) {
  const bridge = useBridge();
  return useQuery({
    queryKey: keys.folder(path),
    queryFn: () => callRoute(bridge, 'folder.list', path === undefined ? {} : { path }),
    enabled: open,
    staleTime: 0,
    placeholderData: keepPreviousData,
  });
}
