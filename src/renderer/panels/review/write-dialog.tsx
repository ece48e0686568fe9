import { Box, Button, Group, Modal, Skeleton, Switch, Text } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { toastError } from '../../hooks/toasts.ts';
import { useDryRun, useWrite } from '../../hooks/use-write.ts';
import { plural } from '../../model/format.ts';
import { countOutcomes, dryRunText } from '../../model/outcomes.ts';
import { OutcomeTable } from './outcome-table.tsx';
import { WriteReport } from './write-report.tsx';

type Props = { readonly runId: string; readonly opened: boolean; readonly onClose: () => void };

/** Shows what a write would do, writes on confirmation, then shows what it did. */
export function WriteDialog({ runId, opened, onClose }: Props) {
  const [overwrite, setOverwrite] = useState(false);
  const write = useWrite(runId);
  const { reset } = write;
  useEffect(() => {
    if (!opened) return;
    setOverwrite(false);
    reset();
  }, [opened, reset]);
  // Who closed the dialog meanwhile must hear of it all the same.
  const isOpen = useRef(opened);
  useEffect(() => {
    isOpen.current = opened;
  }, [opened]);
  const failed = (error: Error) => {
    if (!isOpen.current) toastError(error);
  };
  const dry = useDryRun(runId, overwrite, opened && !write.data);
  const counts = countOutcomes(dry.data ?? []);
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      size="xl"
      title={write.data ? 'Written' : 'Write accepted files'}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      {write.data ? (
        <WriteReport reports={write.data} onClose={onClose} />
      ) : (
        <>
          <Text size="sm" c="dimmed" mb={12}>
            This is a dry run: nothing is written yet. What is there now is kept, so that you can
            undo.
          </Text>
          {dry.error && <ErrorNotice error={dry.error} onRetry={() => void dry.refetch()} />}
          {!dry.data && !dry.error && <Skeleton height={160} />}
          {dry.data && (
            <>
              <Text size="sm" fw={600} mb={8} role="status">
                {dryRunText(dry.data)}
              </Text>
              <OutcomeTable reports={dry.data} dryRun />
            </>
          )}
          {write.error && (
            <Box mt={12}>
              <ErrorNotice error={write.error} />
            </Box>
          )}
          <Group justify="space-between" mt={16} gap={12}>
            <Switch
              label="Overwrite files that Omega did not make"
              description="Off: such files are skipped and stay as they are"
              checked={overwrite}
              onChange={(event) => setOverwrite(event.currentTarget.checked)}
            />
            <Group gap={8}>
              <Button variant="default" onClick={onClose}>
                Cancel
              </Button>
              <Button
                loading={write.isPending}
                disabled={!dry.data || counts.written === 0}
                onClick={() => write.mutate(overwrite, { onError: failed })}
                data-autofocus
              >
                Write {plural(counts.written, 'file')}
              </Button>
            </Group>
          </Group>
        </>
      )}
    </Modal>
  );
}
