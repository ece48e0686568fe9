import { Button, Group } from '@mantine/core';
import { IconArrowBackUp } from '@tabler/icons-react';
import type { ApplyReport } from '#shared/review.ts';
import { useUndo } from '../../hooks/use-checkpoints.ts';
import { baseName } from '../../model/format.ts';
import { UndoOutcome } from '../history/undo-outcome.tsx';
import { OutcomeTable } from './outcome-table.tsx';

type Props = { readonly reports: readonly ApplyReport[]; readonly onClose: () => void };

/** What a write did, with the way back for each project. */
export function WriteReport({ reports, onClose }: Props) {
  return (
    <>
      <OutcomeTable reports={reports} />
      {reports.map((report) => (
        <UndoOne key={report.root} report={report} several={reports.length > 1} />
      ))}
      <Group justify="flex-end" mt={16}>
        <Button onClick={onClose} data-autofocus>
          Done
        </Button>
      </Group>
    </>
  );
}

function UndoOne({ report, several }: { readonly report: ApplyReport; readonly several: boolean }) {
  const undo = useUndo();
  const { checkpointId } = report;
  if (checkpointId === null) return null;
  if (undo.data) return <UndoOutcome report={undo.data} />;
  return (
    <Button
      variant="default"
      mt={12}
      mr={8}
      loading={undo.isPending}
      leftSection={<IconArrowBackUp size={14} aria-hidden />}
      onClick={() => undo.mutate(checkpointId)}
    >
      {several ? `Undo in ${baseName(report.root)}` : 'Undo'}
    </Button>
  );
}
