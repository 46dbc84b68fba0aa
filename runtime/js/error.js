// What every failure is: `code` is for programs, the message for people.
//
//   catch (error) { if (error instanceof RingError && error.code === 'timeout') … }
//
// Codes are those of ring::ErrorCode: invalid_argument, unsupported, compile_failed, out_of_bounds, timeout,
// device_lost, unknown_actor, name_taken, not_active, illegal_state, mailbox_full, not_delivered (the message became a
// dead letter, which is `error.letter`), wrong_message, layout_mismatch, shut_down.
export class RingError extends Error {
  constructor(code, message, details = {}) {
    super(message);
    this.name = 'RingError';
    this.code = code;
    Object.assign(this, details);
  }
}
