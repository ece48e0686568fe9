import { ruleUrl } from '#shared/rules.ts';
import { Report } from '../report.ts';
import type { Validator } from '../validator.ts';
import { judgeWithLint, judgeWithUtils } from './parsers.ts';
import { maxInstructions, readInstructions } from './read-instructions.ts';
import { judgeBases } from './rules-base.ts';
import { judgeFiles } from './rules-files.ts';
import { judgeFinalStage } from './rules-final.ts';
import { judgeRuns } from './rules-run.ts';
import { readStages } from './stages.ts';

/** Longest Dockerfile that is judged; the parsers take time that grows faster than their input. */
const maxLength = 200_000;

/**
 * Judges a Dockerfile by two parsers and our own rules. An error means that `docker build` refuses the
 * file, or that a secret is in it; what good public images do at times is at most a warning.
 */
export const validateDockerfile: Validator = async ({ content }) => {
  const report = new Report();
  const instructions = content.length > maxLength ? [] : readInstructions(content);
  if (content.length > maxLength || instructions.length > maxInstructions) {
    const message = `This is too long for a Dockerfile (at most ${maxLength} characters and ${maxInstructions} instructions). Move scripts into files.`;
    report.add('dockerfile/too-large', 'error', 1, message, ruleUrl('dockerfile/too-large'));
    return report.findings;
  }
  const tree = readStages(instructions);
  judgeBases(tree, report);
  judgeFiles(tree, report);
  judgeRuns(tree, report);
  judgeFinalStage(tree, report);
  const own = new Report();
  judgeWithUtils(content, own);
  judgeWithLint(instructions, own);
  for (const { rule, severity, line, message, url } of own.findings) {
    if (!report.has(rule, line)) report.add(rule, severity, line, message, url);
  }
  return report.findings;
};
