/**
 * What a panel and the host say to each other. A panel pulls: it asks, when it starts and whenever it is told that something changed.
 * Every request gets one answer or one error. Everything crosses as JSON, apart from typed arrays, which must be exactly as long as
 * their buffers; so NaN and Infinity can't be sent, and a field that is undefined arrives as missing.
 */
export interface Contract {
  readonly requests: Readonly<Record<string, Exchange>>;
  /** What the host may say has changed, without saying to what. */
  readonly changes: string;
}

/** A request's argument and its answer; `null` where there's nothing to say. */
export interface Exchange {
  readonly ask: unknown;
  readonly answer: unknown;
}

export type RequestName<C extends Contract> = keyof C['requests'] & string;
export type Ask<C extends Contract, N extends RequestName<C>> = C['requests'][N]['ask'];
export type Answer<C extends Contract, N extends RequestName<C>> = C['requests'][N]['answer'];

/** The host's side: one function for each request. What it throws is the answer's error. */
export type Handlers<C extends Contract> = {
  readonly [N in RequestName<C>]: (ask: Ask<C, N>) => Answer<C, N> | Promise<Answer<C, N>>;
};

/** The panel's side. */
export interface HostConnection<C extends Contract> {
  /** Rejects with the host's error. */
  ask<N extends RequestName<C>>(name: N, ask: Ask<C, N>): Promise<Answer<C, N>>;
  onChange(listener: (what: C['changes']) => void): void;
  /** What `keep` kept when the panel was last open, also before a reload of the window. Someone else's data: check it. */
  kept(): unknown;
  keep(state: unknown): void;
}

/** The receiver answers with an AnswerMessage or an ErrorMessage of the same id. */
export interface RequestMessage {
  readonly id: number;
  readonly request: string;
  readonly ask: unknown;
}

export interface AnswerMessage {
  readonly id: number;
  readonly answer: unknown;
}

export interface ErrorMessage {
  readonly id: number;
  readonly error: WireError;
}

/** The receiver asks again for what it shows of this. */
export interface ChangeMessage {
  readonly changed: string;
}

/** An error on its way: its name, to tell errors apart by, and the message for a person. */
export interface WireError {
  readonly name: string;
  readonly message: string;
}

export type MessageToPanel = AnswerMessage | ErrorMessage | ChangeMessage;
