import type { Problem } from '../../src-worker/problem';

/** An `offer` stays until it is answered. */
export type Tone = 'problem' | 'note' | 'offer';

export interface Message {
  readonly id: number;
  readonly tone: Tone;
  readonly title: string;
  readonly problems: readonly Problem[];
  /** The ways out in one click, the likeliest first. */
  readonly actions: readonly MessageAction[];
  /** A line to be copied, such as the code that uses a file. */
  readonly code?: string | undefined;
}

export interface MessageAction {
  readonly label: string;
  readonly run: () => void;
}

/** What the window has to say outside of its views: problems and notes, until they are dismissed. */
export class MessagesState {
  list = $state.raw<readonly Message[]>([]);
  #nextId = 1;

  /** @param title what was tried, such as `penguins.csv was not loaded` */
  problem(title: string, problems: readonly Problem[], action?: MessageAction): void {
    this.#show('problem', title, problems, action === undefined ? [] : [action]);
  }

  note(title: string, action?: MessageAction, code?: string): void {
    this.#show('note', title, [], action === undefined ? [] : [action], code);
  }

  offer(title: string, ...actions: readonly MessageAction[]): void {
    this.#show('offer', title, [], actions);
  }

  dismiss(id: number): void {
    this.list = this.list.filter((message) => message.id !== id);
  }

  /** For what is no longer true, such as why training stopped once it goes on. */
  dismissTitled(title: string): void {
    this.list = this.list.filter((message) => message.title !== title);
  }

  /** All but an offer, which is a question that somebody has to answer. */
  dismissAll(): void {
    this.list = this.list.filter(({ tone }) => tone === 'offer');
  }

  #show(
    tone: Tone,
    title: string,
    problems: readonly Problem[],
    actions: readonly MessageAction[],
    code?: string,
  ): void {
    // The newest of a kind replaces the one before: a second bad file does not pile on top of the first.
    const message: Message = { id: this.#nextId++, tone, title, problems, actions, code };
    this.list = [...this.list.filter((other) => other.tone !== tone), message];
  }
}
