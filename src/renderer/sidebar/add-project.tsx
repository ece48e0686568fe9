import { ActionIcon, TextInput, Tooltip } from '@mantine/core';
import { IconFolderOpen, IconPlus } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import { useBridge } from '../bridge/bridge-context.ts';
import { useAddProject } from '../hooks/use-projects.ts';
import { errorTitle, toErrorData } from '../model/error-advice.ts';
import classes from './add-project.module.css';
import { FolderDialog } from './folder-dialog.tsx';

/** Adds a project by its path, or through a folder picker: the system's, or ours in a browser. */
export function AddProject() {
  const bridge = useBridge();
  const add = useAddProject();
  const [path, setPath] = useState('');
  const [browsing, setBrowsing] = useState(false);
  const error = add.error ? toErrorData(add.error) : null;

  const submit = (event: FormEvent) => {
    event.preventDefault();
    const root = path.trim();
    if (root !== '') add.mutate(root, { onSuccess: () => setPath('') });
  };
  const browse = async () => {
    if (bridge.door === 'web') return setBrowsing(true);
    const picked = await bridge.pickFolder();
    if (picked !== null) add.mutate(picked);
  };

  return (
    <form onSubmit={submit} className={classes.add}>
      <TextInput
        value={path}
        onChange={(event) => {
          setPath(event.currentTarget.value);
          add.reset();
        }}
        placeholder="/path/to/project"
        aria-label="Path of a project to add"
        spellCheck={false}
        autoComplete="off"
        error={error && `${errorTitle(error.code)}: ${error.message}`}
        disabled={add.isPending}
        className={classes.grow}
      />
      <Tooltip label="Add this path">
        <ActionIcon type="submit" size={30} variant="default" aria-label="Add project">
          <IconPlus size={15} />
        </ActionIcon>
      </Tooltip>
      <Tooltip label="Browse folders">
        <ActionIcon size={30} variant="default" aria-label="Browse folders" onClick={browse}>
          <IconFolderOpen size={15} />
        </ActionIcon>
      </Tooltip>
      <FolderDialog
        opened={browsing}
        onClose={() => setBrowsing(false)}
        onPick={(root) => {
          setBrowsing(false);
          add.mutate(root);
        }}
      />
    </form>
  );
}
