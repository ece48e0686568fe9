import { Badge } from '@mantine/core';
import { IconEyeOff } from '@tabler/icons-react';
import type { PromptPreview } from '#shared/calls.ts';
import { artifactNames } from '../../model/artifact-names.ts';
import { plural } from '../../model/format.ts';
import { isMaker, makerNames } from '../../model/provider-names.ts';
import classes from './preview.module.css';

/** To whom it goes, how much it is, which files it carries, and what was blacked out of them. */
export function PreviewSummary({ preview }: { readonly preview: PromptPreview }) {
  const { provider, model, artifacts, tokens, files, redactions } = preview;
  const asked = artifacts.map(
    ({ kind, service }) => `${artifactNames[kind]} of ${service ?? 'the whole project'}`,
  );
  return (
    <>
      <p className={classes.lead}>
        To <b>{isMaker(provider) ? makerNames[provider] : provider}</b>, model <b>{model}</b>, about{' '}
        <b className="num" data-preview="tokens" data-value={tokens}>
          {plural(tokens, 'token')}
        </b>
        . Nothing has been sent yet.
        {asked.length > 1 && (
          <span data-preview="artifacts">
            {' '}
            It asks for {asked.length} at once: {asked.join(', ')}.
          </span>
        )}
      </p>
      <div className={classes.columns}>
        <section aria-label="Files that it carries">
          <h3>{plural(files.length, 'file')} carried</h3>
          <ul>
            {files.map(({ path, characters, whole }) => (
              <li key={path}>
                <span className="mono clip" title={path}>
                  {path}
                </span>
                {!whole && (
                  <Badge color="yellow" className={classes.part}>
                    in part
                  </Badge>
                )}
                <span className={classes.size}>{plural(characters, 'character')}</span>
              </li>
            ))}
          </ul>
        </section>
        <section aria-label="What was blacked out">
          <h3>{plural(redactions.length, 'place')} blacked out</h3>
          {redactions.length === 0 && <p>No secret was found in what it carries.</p>}
          <ul>
            {redactions.map(({ path, line, what }, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: two secrets can share a line.
              <li key={`${path}:${line}:${at}`}>
                <IconEyeOff size={13} aria-hidden />
                <span className="mono clip" title={`${path}:${line}`}>
                  {path}:{line}
                </span>
                <span className={classes.size}>{what}</span>
              </li>
            ))}
          </ul>
        </section>
      </div>
    </>
  );
}
