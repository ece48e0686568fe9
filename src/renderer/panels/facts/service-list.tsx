import { Button, Group, Text, TextInput } from '@mantine/core';
import { IconSearch, IconZoomQuestion } from '@tabler/icons-react';
import { useState } from 'react';
import type { Service } from '#shared/scan.ts';
import { Blank } from '../../components/blank.tsx';
import { filterServices } from '../../model/facts.ts';
import classes from './facts.module.css';
import { ServiceCard } from './service-card.tsx';

/** Up to this many services are opened from the start. */
const openAtFirst = 6;
/** From this many on, a filter is offered. */
const filterFrom = 8;

/** The services of a project, each a card that folds. */
export function ServiceList({ services }: { readonly services: readonly Service[] }) {
  const [text, setText] = useState('');
  const [open, setOpen] = useState(
    () => new Set(services.length <= openAtFirst ? services.map(keyOf) : []),
  );
  if (services.length === 0) {
    return (
      <Blank
        icon={<IconZoomQuestion />}
        title="No deployable service found"
        text="Omega looks for manifests such as package.json, pyproject.toml, go.mod or pom.xml. The list below says what was passed over, and why."
      />
    );
  }
  const shown = filterServices(services, text);
  const toggle = (key: string) =>
    setOpen((before) => {
      const next = new Set(before);
      if (!next.delete(key)) next.add(key);
      return next;
    });
  return (
    <section aria-label="Services">
      {services.length >= filterFrom && (
        <Group gap={8} mb={10}>
          <TextInput
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
            placeholder="Filter services"
            aria-label="Filter services"
            leftSection={<IconSearch size={14} aria-hidden />}
            w={260}
          />
          <Button variant="subtle" onClick={() => setOpen(new Set(shown.map(keyOf)))}>
            Open all
          </Button>
          <Button variant="subtle" onClick={() => setOpen(new Set())}>
            Close all
          </Button>
        </Group>
      )}
      <div className={classes.cards}>
        {shown.map((service) => (
          <ServiceCard
            key={keyOf(service)}
            service={service}
            open={open.has(keyOf(service))}
            onToggle={() => toggle(keyOf(service))}
          />
        ))}
      </div>
      {shown.length === 0 && (
        <Text size="sm" c="dimmed" py={16}>
          No service matches this filter.
        </Text>
      )}
    </section>
  );
}

function keyOf(service: Service): string {
  return `${service.path}\n${service.name}`;
}
