import { CloseButton } from '@mantine/core';
import { useLocalStorage } from '@mantine/hooks';
import classes from './how-it-works.module.css';

const steps = [
  ['Read', 'Omega scans the folder and shows each fact with the file and line it comes from.'],
  ['Generate', 'Choose the artifacts in the sidebar and press Generate. Nothing is written yet.'],
  [
    'Review and write',
    'Edit, accept or reject each file beside what is on disk. Every write can be undone.',
  ],
] as const;

/** Three steps for a first start; gone for good once dismissed. */
export function HowItWorks() {
  const [hidden, setHidden] = useLocalStorage({ key: 'omega.hint.hidden', defaultValue: false });
  if (hidden) return null;
  return (
    <section className={classes.hint} aria-label="How it works">
      <ol>
        {steps.map(([title, text], index) => (
          <li key={title}>
            <span className={classes.step} aria-hidden>
              {index + 1}
            </span>
            <div>
              <strong>{title}</strong>
              <p>{text}</p>
            </div>
          </li>
        ))}
      </ol>
      <CloseButton size="sm" aria-label="Dismiss how it works" onClick={() => setHidden(true)} />
    </section>
  );
}
