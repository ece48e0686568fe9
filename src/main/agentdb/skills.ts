import { parseInput } from '#main/core/parse-input.ts';
import type { InsertedSkill, SkillText } from '#main/storage/agentdb/skill-store.ts';
import {
  type FoundSkill,
  type NewSkill,
  newSkillSchema,
  type Skill,
  type SkillList,
  type SkillName,
  type SkillQuery,
  type SkillUse,
  skillListSchema,
  skillNameSchema,
  skillQuerySchema,
  skillUseSchema,
} from '#shared/agentdb-skills.ts';
import { OmegaError } from '#shared/error.ts';
import { catchUpRows, embedAll, type MeaningfulPart } from './meanings.ts';

/** Candidates by meaning, for each skill that is asked for: among them worth decides. */
const candidates = 5;

/** A skill that was made, or was there with the same content. */
export type MadeSkill = {
  readonly skill: Skill;
  readonly created: boolean;
  readonly degraded: string | null;
};

/** What was found for a wish; `degraded` says why it is not by meaning, or may lack skills. */
export type FoundSkills = {
  readonly skills: readonly FoundSkill[];
  readonly degraded: string | null;
};

/** Ways of doing things, by name: searched by what they are for, and weighted by how they did. */
export class Skills {
  readonly #part: MeaningfulPart;

  constructor(part: MeaningfulPart) {
    this.#part = part;
  }

  /** Makes the next version of a name, with its vector; the same content again makes none. */
  async create(input: NewSkill, signal?: AbortSignal): Promise<MadeSkill> {
    const { embedding, ...text } = parseInput(newSkillSchema, 'createSkill', input);
    const { storage, meanings, clock, emit } = this.#part;
    const { vector, problem } = await meanings.ofStored(meantBy(text), embedding, signal);
    const [id, now] = [clock.id(), clock.now()];
    const made: InsertedSkill[] = [];
    const insert = (): void => {
      made.push(storage.skills.insert(id, text, vector !== null, now));
    };
    // By name: the vector of a new version takes the place of the one before.
    if (vector === null) storage.transaction(insert);
    else await meanings.write({ id: text.name, vector, metadata: {} }, insert);
    const [{ skill, created }] = made as [InsertedSkill];
    const { name, version } = skill;
    if (created) emit({ type: 'skill.created', id: skill.id, name, version });
    return { skill, created, degraded: problem };
  }

  /**
   * Skills for a wish, latest versions only: by the cosine, of which the half counts as much as the
   * skill is worth, so that of two that fit alike the proven one comes first, and a new one can.
   */
  async search(input: SkillQuery, signal?: AbortSignal): Promise<FoundSkills> {
    const { text, embedding, limit } = parseInput(skillQuerySchema, 'searchSkills', input);
    const { meanings } = this.#part;
    const { skills } = this.#part.storage;
    const { vector, problem } = await meanings.ofAsked(text, embedding, signal);
    if (vector === null) {
      const found = skills.withWords(text ?? '', limit * candidates);
      const ranked = found.map((skill, at) => {
        return { skill, similarity: null, score: weighed(1 / (1 + at), skill) };
      });
      const degraded = `${problem} These were found by their words.`;
      return { skills: best(ranked, limit), degraded };
    }
    await this.#catchUp(signal);
    const k = Math.min(1000, limit * candidates);
    const { hits, degraded } = await meanings.find(vector, { k, signal });
    const found = hits.flatMap(({ id: name, score: similarity }) => {
      const skill = skills.version(name);
      return skill ? [{ skill, similarity, score: weighed(similarity, skill) }] : [];
    });
    const missing = skills.pending === 0 ? null : `${skills.pending} skills are not embedded yet.`;
    return { skills: best(found, limit), degraded: degraded ?? missing };
  }

  /** Counts a use of a version. Throws `NOT_FOUND` where there is none of that id. */
  use(input: SkillUse): Skill {
    const { id, ...use } = parseInput(skillUseSchema, 'recordSkillUse', input);
    const { storage, clock, emit } = this.#part;
    const skill = storage.skills.use(id, use, clock.now());
    if (!skill) {
      const message = `There is no skill with the id "${id}"; list the skills to find the right one.`;
      throw new OmegaError('NOT_FOUND', message);
    }
    emit({ type: 'skill.used', id, success: use.success });
    return skill;
  }

  /** One version, or null. */
  get(input: SkillName): Skill | null {
    const named = parseInput(skillNameSchema, 'getSkill', input);
    const { skills } = this.#part.storage;
    if ('id' in named) return skills.get(named.id);
    return skills.version(named.name, named.version);
  }

  /** Every version of a name, newest first, or the latest of each name. */
  list(input: SkillList): readonly Skill[] {
    const { name, limit } = parseInput(skillListSchema, 'listSkills', input);
    const { skills } = this.#part.storage;
    return name === undefined ? skills.all(limit) : skills.versions(name, limit);
  }

  /** Embeds what was stored while the embedder was not to be had; how many it could. */
  embedWaiting(signal: AbortSignal): Promise<number> {
    const { skills } = this.#part.storage;
    return embedAll(
      () => skills.pending,
      () => this.#catchUp(signal),
    );
  }

  async #catchUp(signal: AbortSignal | undefined): Promise<void> {
    const { skills } = this.#part.storage;
    const waiting = skills.unembedded(catchUpRows).map((skill) => ({
      id: skill.name,
      text: meantBy(skill),
      metadata: {},
      // A version that came meanwhile has the name's vector.
      isDue: () => skills.version(skill.name)?.id === skill.id,
      done: () => skills.setEmbedded(skill.id),
    }));
    await this.#part.meanings.catchUp(waiting, signal);
  }
}

function meantBy({ name, description }: SkillText): string {
  return `${name}\n${description}`;
}

function weighed(similarity: number, { worth }: Skill): number {
  // What is unlike the wish is not made worse by being good at something else.
  return (Math.max(0, similarity) * (1 + worth)) / 2;
}

function best(found: readonly FoundSkill[], limit: number): readonly FoundSkill[] {
  return [...found].sort((one, other) => other.score - one.score).slice(0, limit);
}
