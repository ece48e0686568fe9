import { useMutation, useQuery } from '@tanstack/react-query';
import { useBridge } from '../bridge/bridge-context.ts';
import { callRoute } from '../bridge/call-route.ts';
import { keys } from '../bridge/query-keys.ts';
import { toastError } from './toasts.ts';

/** The facts of a project; scans it when it is first looked at. `refetch` scans it again. */
export function useScan(root: string | null) {
  const bridge = useBridge();
  return useQuery({
    queryKey: keys.scan(root ?? ''),
    queryFn: () => callRoute(bridge, 'scan.run', { root: root ?? '' }),
    enabled: root !== null,
  });
}

/** Ends the scan of a project that is going on. */
export function useCancelScan() {
  const bridge = useBridge();
  return useMutation({
    mutationFn: (root: string) => callRoute(bridge, 'scan.cancel', { root }),
    onError: toastError,
  });
}

/** What is known of a project without scanning it: its services, or that its scan failed. */
export function useScanSummary(root: string) {
  const bridge = useBridge();
  const { data, isError } = useQuery({
    queryKey: keys.scan(root),
    queryFn: () => callRoute(bridge, 'scan.run', { root }),
    enabled: false,
  });
  return { services: data?.services.length, failed: isError };
}

/** Files that the scan of `root` has read so far, as the server last told. */
export function useScanProgress(root: string | null): number | undefined {
  return useQuery<number>({
    queryKey: keys.scanProgress(root ?? ''),
    queryFn: () => 0,
    enabled: false,
  }).data;
}
