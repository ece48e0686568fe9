import { Skeleton, Stack } from '@mantine/core';

/** The shape of a panel while its content is on the way. */
export function PanelSkeleton({ label = 'Loading' }: { readonly label?: string }) {
  return (
    <Stack p={20} gap={12} role="status" aria-label={label}>
      <Skeleton height={18} width={220} />
      <Skeleton height={12} width={340} />
      <Skeleton height={132} mt={8} radius="md" />
      <Skeleton height={132} radius="md" />
    </Stack>
  );
}
