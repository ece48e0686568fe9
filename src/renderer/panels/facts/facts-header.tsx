import { Button, Group, Title } from '@mantine/core';
import { IconRefresh, IconX } from '@tabler/icons-react';
import type { ScanResult } from '#shared/scan.ts';
import { CopyIcon } from '../../components/copy-icon.tsx';
import { plural } from '../../model/format.ts';
import classes from './facts.module.css';

type Props = {
  readonly name: string;
  readonly root: string;
  readonly scan: ScanResult | undefined;
  readonly busy: boolean;
  /** Files read so far, where the server has told. */
  readonly files: number | undefined;
  readonly onRescan: () => void;
  readonly onCancel: () => void;
};

/** Name and place of the project, a summary of its scan, and the way to scan again or to stop. */
export function FactsHeader(props: Props) {
  const { scan } = props;
  return (
    <header className={classes.header}>
      <div className={classes.headerText}>
        <Title order={2} fz={20} className="clip">
          {props.name}
        </Title>
        <Group gap={4} wrap="nowrap" c="dimmed">
          <span className="mono clip" title={props.root}>
            {props.root}
          </span>
          <CopyIcon value={props.root} what="path of the project" />
        </Group>
      </div>
      <output className={classes.summary} aria-live="polite">
        {props.busy ? progress(props.files) : scan ? summary(scan) : ''}
      </output>
      {props.busy ? (
        <Button
          variant="default"
          onClick={props.onCancel}
          leftSection={<IconX size={14} aria-hidden />}
        >
          Cancel scan
        </Button>
      ) : (
        <Button
          variant="default"
          onClick={props.onRescan}
          leftSection={<IconRefresh size={14} aria-hidden />}
        >
          Rescan
        </Button>
      )}
    </header>
  );
}

function progress(files: number | undefined): string {
  return files === undefined ? 'Scanning…' : `Scanning… ${plural(files, 'file')}`;
}

function summary(scan: ScanResult): string {
  const unknowns = scan.services.reduce((sum, service) => sum + service.unknowns.length, 0);
  const parts = [plural(scan.services.length, 'service')];
  if (unknowns > 0) parts.push(`${unknowns} unknown`);
  return parts.join(' · ');
}
