import { Box, Button, Code, FileButton, Group, Text, Textarea } from '@mantine/core';
import { useState } from 'react';
import { maxPastedLength } from '#shared/usage.ts';
import { Dialog } from '../../components/dialog.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { useReadUsage } from '../../hooks/use-usage.ts';
import { useWorkbench } from '../../hooks/workbench-provider.tsx';
import { UsageTable } from './usage-table.tsx';

type Props = { readonly onClose: () => void };

/** Takes figures of CPU and memory that a person has at hand, and shows what was read of them. */
export default function UsageDialog({ onClose }: Props) {
  const { state, dispatch } = useWorkbench();
  return (
    <Dialog title="Measured use" width={640} opened onClose={onClose}>
      {state.usage ? (
        <>
          <UsageTable usage={state.usage} />
          <Group justify="flex-end" mt={12}>
            <Button variant="default" onClick={() => dispatch({ type: 'usage', usage: null })}>
              Remove
            </Button>
            <Button onClick={onClose}>Done</Button>
          </Group>
        </>
      ) : (
        <UsageForm />
      )}
    </Dialog>
  );
}

function UsageForm() {
  const [text, setText] = useState('');
  const read = useReadUsage();
  const tooLong = text.length > maxPastedLength;
  const open = async (file: File | null) => {
    if (file) setText(await file.text());
  };
  return (
    <>
      <Text size="sm" mb={8}>
        Paste what <Code>kubectl top pod --containers</Code> prints, or the answer of Prometheus to
        a range query of <Code>container_memory_working_set_bytes</Code> or{' '}
        <Code>container_cpu_usage_seconds_total</Code>. The next runs take requests and limits from
        it, with the reason beside them.
      </Text>
      <Textarea
        aria-label="Figures of CPU and memory"
        placeholder={'NAMESPACE  POD            NAME  CPU(cores)  MEMORY(bytes)'}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        error={tooLong && 'Too long to paste: give the file to `omega generate --metrics FILE`.'}
        minRows={8}
        maxRows={16}
        autosize
        spellCheck={false}
        data-autofocus
        styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: 12 } }}
      />
      {read.error && (
        <Box mt={10}>
          <ErrorNotice error={read.error} />
        </Box>
      )}
      <Group justify="flex-end" mt={12}>
        <FileButton accept=".json,.txt,.prom,text/plain,application/json" onChange={open}>
          {(props) => (
            <Button variant="default" {...props}>
              Open a file…
            </Button>
          )}
        </FileButton>
        <Button
          disabled={text.trim() === '' || tooLong}
          loading={read.isPending}
          onClick={() => read.mutate(text)}
        >
          Use
        </Button>
      </Group>
    </>
  );
}
