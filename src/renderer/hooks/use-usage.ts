import { useMutation } from '@tanstack/react-query';
import { useBridge } from '../bridge/bridge-context.ts';
import { callRoute } from '../bridge/call-route.ts';
import { useWorkbench } from './workbench-provider.tsx';

/** Has a pasted text of figures read, and keeps them for the next runs; its error is for the form. */
export function useReadUsage() {
  const bridge = useBridge();
  const { dispatch } = useWorkbench();
  return useMutation({
    mutationFn: (text: string) => callRoute(bridge, 'usage.read', { text }),
    onSuccess: (usage) => dispatch({ type: 'usage', usage }),
  });
}
