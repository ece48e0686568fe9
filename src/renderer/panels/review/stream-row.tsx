import { UnstyledButton } from '@mantine/core';
import { IconPencil } from '@tabler/icons-react';
import { memo } from 'react';
import { baseName } from '../../model/format.ts';
import type { Stream } from '../../model/stream-store.ts';
import classes from './files.module.css';

type Props = {
  readonly stream: Stream;
  /** Its project's folder, where there are several. */
  readonly project: string | null;
  readonly current: boolean;
  readonly onPick: (id: string) => void;
};

/** A file of the list that a model writes now. */
export const StreamRow = memo(function StreamRow({ stream, project, current, onPick }: Props) {
  const name = baseName(stream.path);
  const folder = stream.path.slice(0, -name.length - 1);
  return (
    <UnstyledButton
      className={classes.file}
      aria-current={current || undefined}
      title={stream.path}
      onClick={() => onPick(stream.key)}
    >
      <IconPencil size={14} role="img" aria-label="Being written" className={classes.written} />
      <span className={classes.fileName}>
        <span className="clip">{name}</span>{' '}
        <span className={classes.folder}>
          <bdi>{[project, folder].filter(Boolean).join(' · ')}</bdi>
        </span>
      </span>
    </UnstyledButton>
  );
});
