import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useBridge } from '../bridge/bridge-context.ts';
import { callRoute } from '../bridge/call-route.ts';
import { keys } from '../bridge/query-keys.ts';

/**
 * The machine's devices. Trying them starts a process for each, so it happens only where `wanted`;
 * elsewhere it gives what was found before. `refetch` tries them anew.
 */
export function useDevices(wanted: boolean) {
  const bridge = useBridge();
  return useQuery({
    queryKey: keys.devices,
    queryFn: () => callRoute(bridge, 'devices.list', {}),
    enabled: wanted,
    gcTime: Number.POSITIVE_INFINITY,
  });
}

/** Embeds a few sentences on the device that is in use; afterwards the report counts them. */
export function useDeviceTest() {
  const bridge = useBridge();
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => callRoute(bridge, 'devices.test', {}),
    onSettled: () => {
      void client.invalidateQueries({ queryKey: keys.devices });
    },
  });
}
