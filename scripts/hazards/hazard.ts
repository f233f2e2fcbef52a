// What goes wrong in systems of this kind, and where it is shown that it does not go wrong here.

/** A test of this repository, by its file and a part of its full name (descriptions included) that no other test there has. */
export interface ShownByTest {
  readonly file: string;
  readonly test: string;
}

/** A journey test of the workspace, by journey and name. */
export interface ShownByScenario {
  readonly journey: string;
  readonly scenario: string;
}

/** A page that says why the hazard cannot occur; its heading must be there. */
export interface Explained {
  readonly page: string;
  readonly heading: string;
}

export interface Hazard {
  /** Number in the list that the project keeps of hazards of this field. */
  readonly id: string;
  readonly hazard: string;
  readonly shown: readonly (ShownByTest | ShownByScenario)[];
  readonly explained?: Explained;
}
