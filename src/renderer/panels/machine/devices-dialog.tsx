import { Button, Skeleton, Text } from '@mantine/core';
import { IconCpu, IconRefresh } from '@tabler/icons-react';
import type { DeviceReport } from '#shared/devices.ts';
import { Dialog } from '../../components/dialog.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { useDevices } from '../../hooks/use-devices.ts';
import { deviceTitles } from '../../model/device-names.ts';
import { plural } from '../../model/format.ts';
import { DeviceTestPart } from './device-test.tsx';
import { HealthList } from './health-list.tsx';
import classes from './machine.module.css';
import { ProbeList } from './probe-list.tsx';
import { RouteCounts } from './route-counts.tsx';

/** The devices as they were tried, the one in use and why, what it did, and a test of it. */
export function DevicesDialog(props: { readonly opened: boolean; readonly onClose: () => void }) {
  return (
    <Dialog title="Devices" width={560} {...props}>
      <Devices />
    </Dialog>
  );
}

function Devices() {
  const { data, error, isFetching, refetch } = useDevices(true);
  const again = () => void refetch();
  return (
    <div className={classes.body}>
      {error && !isFetching && <ErrorNotice error={error} onRetry={again} />}
      {!data && isFetching && <Trying />}
      {data && (
        <>
          <Chosen report={data} />
          <section aria-label="Devices that were tried">
            <h3 className={classes.title}>
              Tried on this machine
              <Button
                variant="subtle"
                size="compact-xs"
                loading={isFetching}
                leftSection={<IconRefresh size={13} aria-hidden />}
                onClick={again}
              >
                Try again
              </Button>
            </h3>
            <ProbeList probes={data.probes} chosen={data.chosen} />
          </section>
          <DeviceTestPart works={data.chosen !== null} />
          <HealthList health={data.health} />
          <RouteCounts route={data.route} />
        </>
      )}
    </div>
  );
}

function Trying() {
  return (
    <div role="status">
      <Text size="sm" mb={10}>
        Trying each device in a process of its own. This takes a few seconds.
      </Text>
      <Skeleton height={62} mb={10} radius="md" />
      <Skeleton height={120} radius="md" />
    </div>
  );
}

function Chosen({ report }: { readonly report: DeviceReport }) {
  const { chosen, reason, slots, threads } = report;
  return (
    <div className={classes.chosen}>
      <IconCpu size={22} aria-hidden />
      <div>
        {chosen === null ? (
          <strong>No device computes embeddings</strong>
        ) : (
          <span>
            Embeddings run on <strong>{deviceTitles[chosen]}</strong>
          </span>
        )}
        <p>{reason}</p>
        {chosen !== null && (
          <p className="num">
            {plural(slots, 'session')} side by side, {plural(threads, 'thread')} each on the CPU
          </p>
        )}
      </div>
    </div>
  );
}
