import { Button, Text } from '@mantine/core';
import { IconPlayerPlay } from '@tabler/icons-react';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { useDeviceTest } from '../../hooks/use-devices.ts';
import { deviceTitles } from '../../model/device-names.ts';
import classes from './machine.module.css';

/** Embeds a few sentences on request and shows how fast, and which device really computed. */
export function DeviceTestPart({ works }: { readonly works: boolean }) {
  const test = useDeviceTest();
  return (
    <section aria-label="Test">
      <h3 className={classes.title}>
        Test
        <Button
          variant="default"
          disabled={!works}
          loading={test.isPending}
          leftSection={<IconPlayerPlay size={13} aria-hidden />}
          onClick={() => test.mutate()}
        >
          Test
        </Button>
      </h3>
      <div aria-live="polite">
        {test.isPending && (
          <Text size="sm" c="dimmed">
            Embedding a few hundred sentences…
          </Text>
        )}
        {!test.isPending && !test.data && !test.error && (
          <Text size="sm" c="dimmed">
            Embeds a few hundred short sentences and says which device computed them, and how fast.
          </Text>
        )}
        {test.error && <ErrorNotice error={test.error} onRetry={() => test.mutate()} />}
        {test.data && !test.isPending && (
          <p className={classes.result}>
            <strong className="num">{test.data.textsPerSecond.toLocaleString('en')}</strong> short
            texts a second, computed on{' '}
            {test.data.devices.map((device) => deviceTitles[device]).join(' and ')}
            <span className={`num ${classes.dim}`}>
              {test.data.texts} texts, {test.data.dimensions} dimensions. Likeness of a paraphrase{' '}
              {test.data.paraphraseCosine}, of a stranger {test.data.unrelatedCosine}.
            </span>
          </p>
        )}
      </div>
    </section>
  );
}
