import { Button, type ButtonProps } from '@mantine/core';
import { IconEye } from '@tabler/icons-react';
import { useState } from 'react';
import { useConfig } from '../../hooks/use-config.ts';
import { useWorkbench } from '../../hooks/workbench-provider.tsx';
import { PreviewDialog } from './preview-dialog.tsx';

type Props = Pick<ButtonProps, 'fullWidth' | 'mt'> & {
  readonly root: string | null;
  /** Null means the first of the project. */
  readonly service: string | null;
};

/** Shows what would be sent to the provider that is set; nothing where the blueprints are. */
export function PreviewButton({ root, service, ...look }: Props) {
  const [open, setOpen] = useState(false);
  const config = useConfig();
  const { usage } = useWorkbench().state;
  const use = config?.providers.use ?? 'blueprint';
  const kinds = config?.run.kinds ?? [];
  const [kind] = kinds;
  if (use === 'blueprint') return null;
  return (
    <>
      <Button
        {...look}
        variant="default"
        disabled={root === null || kind === undefined}
        leftSection={<IconEye size={14} aria-hidden />}
        onClick={() => setOpen(true)}
      >
        Show what will be sent
      </Button>
      {root !== null && kind !== undefined && (
        <PreviewDialog
          opened={open}
          onClose={() => setOpen(false)}
          target={{
            root,
            kind,
            service,
            use,
            model: null,
            run: { kinds, ...(usage ? { usage } : {}) },
          }}
        />
      )}
    </>
  );
}
