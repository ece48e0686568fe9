/** A rule as Prometheus reads it. */
export type Rule =
  | {
      readonly record: string;
      readonly expr: string;
      readonly labels: Readonly<Record<string, string>>;
    }
  | {
      readonly alert: string;
      readonly expr: string;
      readonly for?: string;
      readonly labels: Readonly<Record<string, string>>;
      readonly annotations: Readonly<Record<string, string>>;
    };

/** Rules that are asked one after the other, and a comment that stands above them. */
export type RuleGroup = {
  readonly name: string;
  readonly comment: string;
  readonly rules: readonly Rule[];
};
