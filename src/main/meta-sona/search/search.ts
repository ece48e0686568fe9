import { throwIfCancelled } from '#main/core/abort.ts';
import { type Random, seededRandom } from '#main/core/random.ts';
import type { Episode } from '../policy/range-policy.ts';
import { RangePolicy } from '../policy/range-policy.ts';
import type { Point } from '../space/dimension.ts';
import type { SearchSpace } from '../space/search-space.ts';
import { breed } from './breed.ts';
import { searchChoices } from './choice-tree.ts';
import { Surrogate } from './surrogate.ts';
import type { Origin, Trial } from './trial.ts';

/** Evaluations of one generation. */
const generationSize = 8;
/** Points that are drawn at first, to learn what there is. */
const firstDraws = 12;
/** Weight of doubt where points are compared that were not measured. */
const optimism = 0.35;
/** Points that are bred, or drawn for the same choices, of which the most hopeful is tried. */
const litter = 24;
/** Episodes that the policy plays against the guesses between two generations. */
const rehearsals = 64;
/** The best that have children. */
const elite = 6;

/** What takes part; what is left out is replaced by chance. */
export type Parts = {
  readonly tree: boolean;
  readonly policy: boolean;
  readonly evolution: boolean;
};

/** How a space is searched. */
export type SearchOptions = {
  readonly seed: number;
  readonly evaluations: number;
  readonly mctsIterations: number;
  readonly ppoLearningRate: number;
  readonly parts: Parts;
  /** Told of each evaluation; true ends the search. */
  readonly onTrial?: (trial: Trial) => boolean;
};

/** Measures a point: the higher the better. What it rejects with is noted, and the search goes on. */
export type Evaluate = (point: Point, signal: AbortSignal) => Promise<number>;

/**
 * Searches a space in generations: a tree over the choices and a policy over the ranges plan against
 * guesses from what was measured, evolution varies the best, and what they propose is measured. The
 * same seed and scores give the same trials. Rejects with `CANCELLED` alone.
 */
export async function search(
  space: SearchSpace,
  evaluate: Evaluate,
  options: SearchOptions,
  signal: AbortSignal,
): Promise<readonly Trial[]> {
  const state = new Search(space, options);
  while (state.trials.length < options.evaluations) {
    throwIfCancelled(signal);
    const proposal = state.propose();
    const measured = await measure(evaluate, proposal.point, signal);
    if (state.note({ ...proposal, ...measured })) break;
  }
  return state.trials;
}

type Proposal = Pick<Trial, 'point' | 'origin' | 'parents'>;

class Search {
  readonly trials: Trial[] = [];
  readonly #space: SearchSpace;
  readonly #options: SearchOptions;
  readonly #random: Random;
  readonly #surrogate: Surrogate;
  readonly #policy: RangePolicy;
  readonly #tried = new Set<string>();

  constructor(space: SearchSpace, options: SearchOptions) {
    this.#space = space;
    this.#options = options;
    this.#random = seededRandom(options.seed);
    this.#surrogate = new Surrogate(space);
    this.#policy = new RangePolicy(space, options.ppoLearningRate, this.#random);
  }

  propose(): Proposal {
    const at = this.trials.length;
    if (at < firstDraws)
      return this.#fresh(() => this.#plain(this.#space.sample(this.#random), 'start'));
    const turn = (at - firstDraws) % generationSize;
    if (turn === 0) this.#rehearse();
    const { tree, policy, evolution } = this.#options.parts;
    if (turn === generationSize - 1) {
      return this.#fresh(() => this.#plain(this.#space.sample(this.#random), 'random'));
    }
    if (evolution && turn % 2 === 1) return this.#fresh(() => this.#bred());
    if (tree || policy) return this.#fresh(() => this.#planned());
    return this.#fresh(() => this.#plain(this.#space.sample(this.#random), 'random'));
  }

  /** Whether the search is over. */
  note(measured: Proposal & Pick<Trial, 'score' | 'error'>): boolean {
    const generation = Math.max(
      0,
      Math.ceil((this.trials.length - firstDraws + 1) / generationSize),
    );
    const trial: Trial = { ...measured, key: this.#space.keyOf(measured.point), generation };
    this.trials.push(trial);
    this.#tried.add(trial.key);
    this.#surrogate.add(trial.point, trial.score);
    return this.#options.onTrial?.(trial) === true;
  }

  /** Choices by the tree, ranges by the policy; of several drafts the most hopeful. */
  #planned(): Proposal {
    const { parts, mctsIterations } = this.#options;
    const { tree, policy } = parts;
    const draw = (chosen: Point): Point =>
      policy ? this.#policy.draw(chosen).point : this.#space.withRanges(chosen, this.#random);
    const hope = (point: Point): number => this.#surrogate.hope(point, optimism);
    const chosen = tree
      ? searchChoices(this.#space, mctsIterations, (one) => hope(draw(one)), this.#random)
      : this.#space.withChoices({}, this.#random);
    const drafts = Array.from({ length: litter }, () => draw(chosen));
    return this.#plain(this.#hopeful(drafts), 'tree');
  }

  #bred(): Proposal {
    const parents = this.trials
      .filter(({ score }) => score !== null)
      .toSorted((a, b) => (b.score ?? 0) - (a.score ?? 0))
      .slice(0, elite);
    if (parents.length === 0) return this.#plain(this.#space.sample(this.#random), 'random');
    const drafts = Array.from({ length: litter }, () => {
      const [mother, father] = [this.#early(parents), this.#early(parents)];
      return {
        mother,
        father,
        point: breed(this.#space, mother.point, father.point, this.#random),
      };
    });
    const point = this.#hopeful(drafts.map((one) => one.point));
    const { mother, father } = drafts.find((one) => one.point === point) ?? (drafts[0] as never);
    return { point, origin: 'bred', parents: [...new Set([mother.key, father.key])] };
  }

  /** One of the parents, the better the likelier: the better of two drawn. */
  #early(parents: readonly Trial[]): Trial {
    const at = () => Math.floor(this.#random() * parents.length);
    return parents[Math.min(at(), at())] as Trial;
  }

  /** The policy plays against the guesses and learns from them: R. S. Sutton, "Dyna" (1991). */
  #rehearse(): void {
    if (!this.#options.parts.policy || this.#space.ranges.length === 0) return;
    const elites = this.trials
      .filter(({ score }) => score !== null)
      .toSorted((a, b) => (b.score ?? 0) - (a.score ?? 0))
      .slice(0, elite);
    const choices = this.#space.choices.map(({ name }) => name);
    const episodes: { episode: Episode; reward: number }[] = [];
    for (let at = 0; at < rehearsals; at++) {
      const of = elites[at % Math.max(1, elites.length)]?.point;
      const chosen = of
        ? Object.fromEntries(Object.entries(of).filter(([name]) => choices.includes(name)))
        : this.#space.withChoices({}, this.#random);
      const episode = this.#policy.draw(chosen);
      episodes.push({ episode, reward: this.#surrogate.hope(episode.point, optimism) });
    }
    this.#policy.learn(episodes);
  }

  #hopeful(points: readonly Point[]): Point {
    const fresh = points.filter((one) => !this.#tried.has(this.#space.keyOf(one)));
    const [first, ...others] = fresh.length > 0 ? fresh : points;
    const hope = (point: Point): number => this.#surrogate.hope(point, optimism);
    return others.reduce((best, one) => (hope(one) > hope(best) ? one : best), first as Point);
  }

  /** A proposal that was not tried yet, where one is found soon. */
  #fresh(propose: () => Proposal): Proposal {
    for (let at = 0; at < 4; at++) {
      const proposal = propose();
      if (!this.#tried.has(this.#space.keyOf(proposal.point))) return proposal;
    }
    for (let at = 0; at < 50; at++) {
      const point = this.#space.sample(this.#random);
      if (!this.#tried.has(this.#space.keyOf(point))) return this.#plain(point, 'random');
    }
    return propose();
  }

  #plain(point: Point, origin: Origin): Proposal {
    return { point, origin, parents: [] };
  }
}

async function measure(
  evaluate: Evaluate,
  point: Point,
  signal: AbortSignal,
): Promise<Pick<Trial, 'score' | 'error'>> {
  try {
    const score = await evaluate(point, signal);
    if (Number.isFinite(score)) return { score, error: null };
    return { score: null, error: `It gave ${score}, which is no score.` };
  } catch (error) {
    throwIfCancelled(signal);
    return { score: null, error: error instanceof Error ? error.message : String(error) };
  }
}
