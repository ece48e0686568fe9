import { Button, Kbd, Text } from '@mantine/core';
import { IconPlayerStopFilled, IconSparkles } from '@tabler/icons-react';
import { useFreeHotkeys } from '../hooks/use-free-hotkeys.ts';
import { useModKey } from '../hooks/use-mod-key.ts';
import { useActiveRunId, useGenerate, useRunControl } from '../hooks/use-runs.ts';
import { plural } from '../model/format.ts';

/** Starts a run, or stops the one that is going on. */
export function GenerateButton() {
  const { start, roots, kinds, ready } = useGenerate();
  const control = useRunControl();
  const active = useActiveRunId();
  const modKey = useModKey();
  const can = ready && roots.length > 0 && active === null && !start.isPending;
  useFreeHotkeys([['mod+Enter', () => can && start.mutate()]], { everywhere: true });
  if (active !== null) {
    return (
      <div>
        <Button
          fullWidth
          size="sm"
          color="red"
          variant="light"
          loading={control.isPending}
          leftSection={<IconPlayerStopFilled size={14} aria-hidden />}
          onClick={() => control.mutate({ act: 'cancel', id: active })}
        >
          Cancel run
        </Button>
        <Text size="xs" c="dimmed" mt={6} ta="center">
          Jobs that are done keep their files.
        </Text>
      </div>
    );
  }
  return (
    <div>
      <Button
        fullWidth
        size="sm"
        disabled={!can}
        loading={start.isPending}
        leftSection={<IconSparkles size={15} aria-hidden />}
        onClick={() => start.mutate()}
      >
        Generate
      </Button>
      <Text size="xs" c="dimmed" mt={6} ta="center">
        {roots.length === 0
          ? 'Add a project first'
          : `${plural(roots.length, 'project')} × ${plural(kinds.length, 'artifact')}`}{' '}
        <Kbd size="xs">{modKey} ↵</Kbd>
      </Text>
    </div>
  );
}
