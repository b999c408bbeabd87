/** A failure that a person has to act on. `hint` tells them how. */
export class ActionableError extends Error {
  override readonly name: string = "ActionableError";
  readonly hint: string;

  constructor(
    message: string,
    { hint, cause }: { hint: string; cause?: unknown },
  ) {
    super(message, { cause });
    this.hint = hint;
  }
}
