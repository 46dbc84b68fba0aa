// The parts of runtime/js that need no device: node --test js_parts_test.mjs, with RING_TEST_MODULE=actors.ring.js.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import process from 'node:process';
import test from 'node:test';

const text = await readFile(process.env.RING_TEST_MODULE, 'utf8');
const internals = 'export { Codec, Clock, checksum, powerOfTwo, slotWordsFor, smallFloatBits, smallFloatOf, kSmallFloats, ' +
  'ringModule, ringAbi };';
const ring = await import(`data:text/javascript;base64,${Buffer.from(text + internals).toString('base64')}`);
const { Codec, RingError, ringModule, smallFloatBits, smallFloatOf, kSmallFloats } = ring;
const codec = new Codec(ringModule.structs);

const isInvalid = (pattern) => (error) =>
  error instanceof RingError && error.code === 'invalid_argument' && pattern.test(error.message);

function bytesOf(type, value) {
  const view = new DataView(new ArrayBuffer(codec.sizeOf(type)));
  codec.write(view, 0, type, value, 'value');
  return view;
}
const through = (type, value) => codec.read(bytesOf(type, value), 0, type);

test('a module exports its actors beside the runtime', () => {
  assert.equal(typeof ring.Runtime.create, 'function');
  assert.equal(ring.Ledger.facts.name, 'the "ledger"');
  assert.equal(ring.echo.facts.type, 2);
  assert.equal(ring.Ledger.module.kernel.name, 'actors_bounded');
  assert.equal(ring.Ledger.module.wgsl, '// line "one"\n\n// line three\n');
  assert.deepEqual(ringModule.kernel.params.map((param) => param.name),
    ['words', 'Ledger_states', 'Ledger_rows', 'Ledger_sums', 'crew', 'first', 'count', 'budget']);
});

test('a struct goes to the offsets that C++ gave it', () => {
  const balance = { account: 2n ** 63n, parts: [{ low: -2, high: 3 }, { low: 4, high: -5 }], is_final: true, ratio: 1.5 };
  const view = bytesOf({ struct: 'Balance' }, balance);
  assert.equal(view.getBigUint64(0, true), 2n ** 63n);
  assert.deepEqual([8, 10, 12, 14].map((at) => view.getInt16(at, true)), [-2, 3, 4, -5]);
  assert.equal(view.getUint8(16), 1);
  assert.equal(view.getUint16(18, true), 0x3e00);
  assert.deepEqual(through({ struct: 'Balance' }, balance), balance);
});

test('scalars keep their values', () => {
  for (const [type, values] of Object.entries({
    i8: [-128, 127], u8: [0, 255], i16: [-32768, 32767], u16: [65535], i32: [-(2 ** 31), 2 ** 31 - 1],
    u32: [2 ** 32 - 1], i64: [-(2n ** 63n), 2n ** 63n - 1n], u64: [2n ** 64n - 1n],
    f32: [0.5, -Infinity], f64: [Math.PI], bool: [true, false],
  })) for (const value of values) assert.equal(through(type, value), value, type);
  assert.equal(through('u64', 7), 7n);
  assert.ok(Number.isNaN(through('f16', NaN)));
});

test('small floats round to the nearest, ties to even', () => {
  const f16 = (value) => smallFloatBits(value, kSmallFloats.f16);
  const bf16 = (value) => smallFloatBits(value, kSmallFloats.bf16);
  assert.equal(f16(1), 0x3c00);
  assert.equal(f16(-2), 0xc000);
  assert.equal(f16(-0), 0x8000);
  assert.equal(f16(65504), 0x7bff);
  assert.equal(f16(65519), 0x7bff);
  assert.equal(f16(65520), 0x7c00); // a tie between the largest, which is odd, and infinity
  assert.equal(f16(2 ** -24), 1); // the smallest
  assert.equal(f16(2 ** -25), 0); // a tie
  assert.equal(f16(3 * 2 ** -25), 2); // a tie
  assert.equal(f16(1 + 2 ** -11), 0x3c00); // a tie
  assert.equal(f16(1 + 3 * 2 ** -11), 0x3c02);
  assert.equal(f16(2 - 2 ** -12), 0x4000); // carries into the exponent
  assert.equal(bf16(1), 0x3f80);
  assert.equal(bf16(3.389e38), 0x7f7f);
  for (let bits = 0; bits < 0x10000; ++bits) {
    for (const format of Object.values(kSmallFloats)) {
      const value = smallFloatOf(bits, format);
      if (!Number.isNaN(value)) assert.equal(smallFloatBits(value, format), bits);
    }
  }
});

test('what does not fit is named', () => {
  const write = (type, value) => () => bytesOf(type, value);
  assert.throws(write({ struct: 'Deposit' }, { account: 7 }), isInvalid(/value\.amount is missing/));
  assert.throws(write({ struct: 'Deposit' }, { account: 7, amount: 1, extra: 0 }), isInvalid(/no 'extra', but account/));
  assert.throws(write({ struct: 'Deposit' }, { account: 2 ** 32, amount: 1 }), isInvalid(/value\.account.*within u32/));
  assert.throws(write({ struct: 'Deposit' }, { account: 1.5, amount: 1 }), isInvalid(/value\.account.*integer/));
  assert.throws(write({ struct: 'Deposit' }, { account: 1, amount: '1' }), isInvalid(/value\.amount.*number/));
  assert.throws(write({ struct: 'Deposit' }, null), isInvalid(/an object/));
  assert.throws(write({ array: 'u8', count: 2 }, [1]), isInvalid(/array of 2/));
  assert.throws(write('i8', 128), isInvalid(/within i8/));
  assert.throws(write('u64', -1), isInvalid(/within u64/));
  assert.throws(write('bool', 1), isInvalid(/true or false/));
});

test('the checksum is CRC-32C', () => {
  // RFC 3720, B.4: 32 bytes of zeros, of ones, and counting up.
  const counting = new Uint32Array(new Uint8Array(Array.from({ length: 32 }, (_, i) => i)).buffer);
  assert.equal(ring.checksum(new Uint32Array(8)), 0x8a9136aa);
  assert.equal(ring.checksum(new Uint32Array(8).fill(0xffffffff)), 0x62a8ab43);
  assert.equal(ring.checksum(counting), 0x46dd794e);
});

test('rings have room for what they must hold', () => {
  assert.deepEqual([0, 1, 3, 4, 1000].map(ring.powerOfTwo), [1, 1, 4, 4, 1024]);
  assert.equal(ring.slotWordsFor(0), 16);
  assert.equal(ring.slotWordsFor(1), 32);
  assert.equal(ring.slotWordsFor(64), 32);
  assert.equal(ring.slotWordsFor(65), 48);
});

test('the clock never steps back', () => {
  const clock = new ring.Clock();
  let [physical, logical] = [0, 0];
  const stepped = () => clock.physical > physical || (clock.physical === physical && clock.logical > logical);
  const check = () => {
    assert.ok(stepped());
    [physical, logical] = [clock.physical, clock.logical];
  };
  for (let i = 0; i < 1000; ++i) {
    clock.tick();
    check();
    clock.update(i % 2 ? clock.physical : 0, i);
    check();
  }
  const ahead = ring.Clock.wall() + 1e6;
  clock.update(ahead, 5);
  assert.deepEqual([clock.physical, clock.logical], [ahead, 6]);
});
