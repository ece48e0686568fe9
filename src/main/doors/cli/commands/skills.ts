import type { Skill } from '#shared/agentdb-skills.ts';
import { OmegaError } from '#shared/error.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import {
  excerpt,
  noteDegraded,
  printFields,
  printText,
  shareText,
  timeText,
} from '../kept-text.ts';
import type { Session } from '../session.ts';
import { printable, type Terminal } from '../terminal.ts';
import { openingModel, whileWaiting } from '../while-waiting.ts';

/** `omega skills list`: the latest version of every skill. */
export async function skillsListCommand(session: Session, limit: number): Promise<ExitCode> {
  const { terminal } = session;
  const skills = await session.call('skill.list', { limit });
  terminal.json(skills);
  if (skills.length === 0) {
    terminal.note('No skill is kept yet. Programs keep them by the route skill.create.');
  }
  for (const skill of skills) print(terminal, skill, null);
  return exitCodes.fine;
}

/** `omega skills search TEXT`: the skills that fit a wish best, the proven ones first. */
export async function skillsSearchCommand(
  session: Session,
  text: string,
  limit: number,
): Promise<ExitCode> {
  const { terminal } = session;
  const search = session.call('skill.search', { text, limit });
  const answer = await whileWaiting(openingModel, search);
  terminal.json(answer);
  noteDegraded(terminal, answer.degraded);
  if (answer.skills.length === 0) {
    terminal.note('No skill fits. `omega skills` lists what there is.');
  }
  for (const { skill, similarity } of answer.skills) print(terminal, skill, similarity);
  return exitCodes.fine;
}

/** `omega skills show NAME`: one version of a skill in full, the latest by default. Fails with `NOT_FOUND`. */
export async function skillsShowCommand(
  session: Session,
  name: string,
  version: number | undefined,
): Promise<ExitCode> {
  const { terminal } = session;
  const which = version === undefined ? { name } : { name, version };
  const skill = await session.call('skill.get', which);
  if (skill === null) {
    const what = version === undefined ? 'skill' : `version ${version} of a skill`;
    const message = `There is no ${what} "${name}". \`omega skills\` lists what there is.`;
    throw new OmegaError('NOT_FOUND', message);
  }
  terminal.json(skill);
  const { metadata, lastUsedAt, meanReward, meanLatencyMs } = skill;
  printFields(terminal, {
    name: skill.name,
    version: skill.version,
    id: skill.id,
    for: skill.description,
    made: timeText(skill.createdAt),
    worth: shareText(skill.worth),
    used: skill.uses === 0 ? 'never' : usesText(skill),
    reward: meanReward === null ? null : `${shareText(meanReward)} on average`,
    latency: meanLatencyMs === null ? null : `${Math.round(meanLatencyMs)} ms on average`,
    'last used': lastUsedAt === null ? null : timeText(lastUsedAt),
    metadata: Object.keys(metadata).length > 0 ? JSON.stringify(metadata) : null,
  });
  if (skill.content !== '') {
    terminal.line();
    printText(terminal, skill.content);
  }
  return exitCodes.fine;
}

function usesText({ uses, successes }: Skill): string {
  return `${uses} times, ${successes} with success`;
}

function print(terminal: Terminal, skill: Skill, similarity: number | null): void {
  const { name, version, description, uses, worth } = skill;
  const title = terminal.style('bold', printable(name));
  const used = uses === 0 ? 'never used' : usesText(skill);
  const like = similarity === null ? '' : `, alike ${shareText(similarity)}`;
  terminal.line(`${title} version ${version}, worth ${shareText(worth)}, ${used}${like}`);
  terminal.line(`    ${excerpt(description)}`);
}
