import type { RecalledEpisode } from '#shared/agentdb-episodes.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { excerpt, noteDegraded, printFields, shareText, timeText } from '../kept-text.ts';
import type { Session } from '../session.ts';
import { printable, type Terminal } from '../terminal.ts';
import { openingModel, whileWaiting } from '../while-waiting.ts';

/** Which episodes are shown. */
export type EpisodesOptions = { readonly session?: string; readonly limit: number };

const none = 'No episode is kept yet. Programs keep them by the route episode.store.';

/** `omega episodes list`: the latest episodes. */
export async function episodesListCommand(
  session: Session,
  options: EpisodesOptions,
): Promise<ExitCode> {
  const { terminal } = session;
  const answer = await session.call('episode.recall', queryOf(options));
  terminal.json(answer);
  noteDegraded(terminal, answer.degraded);
  if (answer.episodes.length === 0) {
    terminal.note(
      options.session === undefined ? none : 'No episode of that session is kept; leave it out.',
    );
  }
  print(terminal, answer.episodes);
  return exitCodes.fine;
}

/** `omega episodes recall TEXT`: the episodes whose task and critique are most like a text. */
export async function episodesRecallCommand(
  session: Session,
  text: string,
  options: EpisodesOptions,
): Promise<ExitCode> {
  const { terminal } = session;
  const recall = session.call('episode.recall', { ...queryOf(options), text });
  const answer = await whileWaiting(openingModel, recall);
  terminal.json(answer);
  noteDegraded(terminal, answer.degraded);
  if (answer.episodes.length === 0) {
    terminal.note('No episode fits. `omega episodes` lists the latest ones.');
  }
  print(terminal, answer.episodes);
  return exitCodes.fine;
}

/** `omega episodes totals`: what the episodes came to. */
export async function episodesTotalsCommand(
  session: Session,
  ofSession: string | undefined,
): Promise<ExitCode> {
  const { terminal } = session;
  const filter = ofSession === undefined ? {} : { sessionId: ofSession };
  const totals = await session.call('episode.totals', filter);
  terminal.json(totals);
  if (totals.count === 0) terminal.note(none);
  const { successRate, meanReward, meanLatencyMs, meanTokens } = totals;
  printFields(terminal, {
    episodes: totals.count,
    succeeded: successRate === null ? null : `${Math.round(successRate * 100)} %`,
    reward: meanReward === null ? null : `${shareText(meanReward)} on average`,
    latency: meanLatencyMs === null ? null : `${Math.round(meanLatencyMs)} ms on average`,
    tokens: meanTokens === null ? null : `${Math.round(meanTokens)} on average`,
  });
  return exitCodes.fine;
}

function queryOf({ session: sessionId, limit }: EpisodesOptions) {
  return { limit, ...(sessionId === undefined ? {} : { sessionId }) };
}

function print(terminal: Terminal, found: readonly RecalledEpisode[]): void {
  for (const { episode, similarity } of found) {
    const { id, task, critique, reward, success, at } = episode;
    const outcome = success
      ? terminal.style('green', 'succeeded')
      : terminal.style('red', 'failed');
    const like = similarity === null ? '' : `, alike ${shareText(similarity)}`;
    const title = terminal.style('bold', printable(id));
    const figures = `reward ${shareText(reward)}${like}`;
    terminal.line(`${title} ${outcome}, ${figures} ${terminal.style('dim', timeText(at))}`);
    terminal.line(`    ${excerpt(task)}`);
    if (critique !== '') terminal.line(terminal.style('dim', `    ${excerpt(critique)}`));
  }
}
