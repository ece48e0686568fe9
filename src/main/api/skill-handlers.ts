import type { ApiContext, HandlersOf } from './context.ts';

/** Ways of doing things, and how they did. */
export function skillHandlers({ omega }: ApiContext): HandlersOf<'skill'> {
  return {
    'skill.create': (skill, signal) => omega.createSkill(skill, signal),
    'skill.search': (query, signal) => omega.searchSkills(query, signal),
    'skill.use': (use, signal) => omega.recordSkillUse(use, signal),
    'skill.list': (list, signal) => omega.listSkills(list, signal),
    'skill.get': (name, signal) => omega.getSkill(name, signal),
  };
}
