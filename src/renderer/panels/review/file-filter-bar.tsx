import { SegmentedControl, TextInput } from '@mantine/core';
import type { ProposalSummary } from '#shared/run.ts';
import { countShown, type FileFilter, type Shown } from '../../model/file-filter.ts';
import classes from './files.module.css';

type Props = {
  readonly proposals: readonly ProposalSummary[];
  readonly filter: FileFilter;
  readonly onChange: (filter: FileFilter) => void;
};

/** Narrows a long list of files by what they are called and by what there is to see in them. */
export function FileFilterBar({ proposals, filter, onChange }: Props) {
  const counts = countShown(proposals);
  const choice = (value: Shown, name: string) => ({
    value,
    label: `${name} ${counts[value].toLocaleString('en')}`,
  });
  return (
    <div className={classes.filter}>
      <TextInput
        size="xs"
        type="search"
        placeholder="Path, service or kind"
        aria-label="Filter the files by path"
        value={filter.text}
        onChange={(event) => onChange({ ...filter, text: event.currentTarget.value })}
      />
      <SegmentedControl
        size="xs"
        fullWidth
        aria-label="Files that are listed"
        classNames={{ label: classes.choice ?? '' }}
        value={filter.shown}
        onChange={(shown) => onChange({ ...filter, shown: shown as Shown })}
        data={[choice('changes', 'Changes'), choice('findings', 'Findings'), choice('all', 'All')]}
      />
    </div>
  );
}
