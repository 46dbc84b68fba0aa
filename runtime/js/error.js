// What every failure is: `code` is for programs, the message for people.
//
//   catch (error) { if (error instanceof RingError && error.code === 'timeout') … }
//
// Codes: invalid_argument, unsupported, compile_failed, out_of_bounds, illegal_state (the actor is not
// active, or the step is none of its state's), mailbox_full, not_delivered (the message became a dead letter, which is
// `error.letter`), timeout, device_lost.
export class RingError extends Error {
  constructor(code, message, details = {}) {
    super(message);
    this.name = 'RingError';
    this.code = code;
    Object.assign(this, details);
  }
}
