import { ActionIcon, Button, Group, Modal, ScrollArea, Text, UnstyledButton } from '@mantine/core';
import { IconArrowUp, IconFolder } from '@tabler/icons-react';
import { useState } from 'react';
import { ErrorNotice } from '../components/error-notice.tsx';
import { useFolders } from '../hooks/use-folders.ts';
import classes from './folder-dialog.module.css';

type Props = {
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly onPick: (root: string) => void;
};

/** Walks the folders of the server's machine; what is open can be added. */
export function FolderDialog({ opened, onClose, onPick }: Props) {
  const [path, setPath] = useState<string | undefined>();
  const { data, error, refetch, isFetching } = useFolders(path, opened);
  const parent = data?.parent ?? null;
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title="Add a project folder"
      size="lg"
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <Group gap={8} wrap="nowrap" mb={8}>
        <ActionIcon
          size={28}
          variant="default"
          aria-label="Up one folder"
          disabled={parent === null}
          onClick={() => parent !== null && setPath(parent)}
        >
          <IconArrowUp size={15} />
        </ActionIcon>
        <span className={`mono clip ${classes.grow}`} title={data?.path}>
          {data?.path ?? ' '}
        </span>
      </Group>
      {error && <ErrorNotice error={error} onRetry={() => void refetch()} />}
      <ScrollArea h={320} className={classes.folders} aria-busy={isFetching}>
        <ul aria-label="Folders">
          {data?.folders.map((folder) => (
            <li key={folder.path}>
              <UnstyledButton className={classes.folder} onClick={() => setPath(folder.path)}>
                <IconFolder size={15} aria-hidden />
                <span className="clip">{folder.name}</span>
              </UnstyledButton>
            </li>
          ))}
        </ul>
        {data?.folders.length === 0 && (
          <Text size="sm" c="dimmed" p={12}>
            No folders in here.
          </Text>
        )}
      </ScrollArea>
      <Group justify="flex-end" mt={12} gap={8}>
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <Button disabled={!data} onClick={() => data && onPick(data.path)}>
          Add this folder
        </Button>
      </Group>
    </Modal>
  );
}
