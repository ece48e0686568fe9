import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { RouteInput } from '#shared/contract.ts';
import { useBridge } from '../bridge/bridge-context.ts';
import { callRoute } from '../bridge/call-route.ts';
import { keys } from '../bridge/query-keys.ts';

/** For what a prompt is shown. */
export type PreviewTarget = Pick<
  RouteInput<'prompt.preview'>,
  'root' | 'kind' | 'service' | 'use' | 'model' | 'run'
>;

/** What would be sent to a model for one artifact, made anew each time that it is looked at, once `ready`. */
export function usePromptPreview(target: PreviewTarget, ready: boolean) {
  const bridge = useBridge();
  return useQuery({
    queryKey: keys.promptPreview(target),
    queryFn: () => callRoute(bridge, 'prompt.preview', target),
    enabled: ready,
    placeholderData: keepPreviousData,
    staleTime: 0,
    gcTime: 0,
  });
}
