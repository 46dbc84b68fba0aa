// What the cases check with, the same in Node, Deno and a page.
export function fail(message) {
  throw new Error(message);
}

const shown = (value) => JSON.stringify(value, (_, v) => (typeof v === 'bigint' ? `${v}n` : v));

export function equal(got, wanted, what = '') {
  if (shown(got) !== shown(wanted)) fail(`${what ? `${what}: ` : ''}got ${shown(got)}, wanted ${shown(wanted)}`);
}

export function near(got, wanted, tolerance, what = '') {
  if (!(Math.abs(got - wanted) <= tolerance)) fail(`${what ? `${what}: ` : ''}got ${got}, wanted ${wanted}`);
}

/// The promise or function must fail with that code, and a message that has all these texts.
export async function rejects(action, code, ...texts) {
  try {
    await (typeof action === 'function' ? action() : action);
  } catch (error) {
    if (error.code !== code) throw error;
    for (const text of texts) if (!error.message.includes(text)) fail(`'${error.message}' does not say '${text}'`);
    return;
  }
  fail(`nothing failed with '${code}'`);
}
