// Plain objects to bytes and back. A type is the name of a scalar ("u32"), { array: type, count } or { struct: name };
// structs have the offsets that C++ gave them. 64-bit integers are BigInts; numbers are taken for them too.

const kIntegers = { i8: 8, i16: 16, i32: 32, i64: 64, u8: 8, u16: 16, u32: 32, u64: 64 };
const kSmallFloats = { f16: { mantissa: 10, bias: 15 }, bf16: { mantissa: 7, bias: 127 } };
const kNumberArrays = {
  i8: Int8Array, i16: Int16Array, i32: Int32Array, i64: BigInt64Array, u8: Uint8Array, u16: Uint16Array,
  u32: Uint32Array, u64: BigUint64Array, f32: Float32Array, f64: Float64Array,
};

class Codec {
  /// structs: { name: { size, fields: [{ name, type, offset }] } }
  constructor(structs) {
    this.structs = structs;
  }

  /// Writes the value at byte `at` of the DataView. `path` names it in errors: "Deposit.amount".
  write(view, at, type, value, path) {
    if (typeof type === 'string') return writeScalar(view, at, type, value, path);
    if (type.array) {
      if (value?.length !== type.count) throw wrong(path, `an array of ${type.count}`, value);
      const size = this.sizeOf(type.array);
      for (let i = 0; i < type.count; ++i) this.write(view, at + i * size, type.array, value[i], `${path}[${i}]`);
      return;
    }
    const { fields } = this.structs[type.struct];
    if (value === null || typeof value !== 'object') throw wrong(path, 'an object', value);
    for (const field of fields) {
      if (!(field.name in value)) throw new RingError('invalid_argument', `${path}.${field.name} is missing`);
      this.write(view, at + field.offset, field.type, value[field.name], `${path}.${field.name}`);
    }
    for (const name of Object.keys(value)) {
      if (fields.some((field) => field.name === name)) continue;
      const known = fields.map((field) => field.name).join(', ');
      throw new RingError('invalid_argument', `${path} has no '${name}', but ${known || 'nothing'}`);
    }
  }

  read(view, at, type) {
    if (typeof type === 'string') return readScalar(view, at, type);
    if (type.array) {
      const size = this.sizeOf(type.array);
      return Array.from({ length: type.count }, (_, i) => this.read(view, at + i * size, type.array));
    }
    const value = {};
    for (const field of this.structs[type.struct].fields)
      value[field.name] = this.read(view, at + field.offset, field.type);
    return value;
  }

  sizeOf(type) {
    if (typeof type === 'string') return type === 'bool' ? 1 : bitsOf(type) / 8;
    return type.array ? type.count * this.sizeOf(type.array) : this.structs[type.struct].size;
  }
}

function bitsOf(scalar) {
  return Number(scalar.match(/\d+$/)[0]);
}

function wrong(path, wanted, value) {
  return new RingError('invalid_argument', `${path} must be ${wanted}, not ${String(value)}`);
}

function writeScalar(view, at, type, value, path) {
  if (type === 'bool') {
    if (typeof value !== 'boolean') throw wrong(path, 'true or false', value);
    return view.setUint8(at, value ? 1 : 0);
  }
  if (type in kIntegers) return writeInteger(view, at, type, value, path);
  if (typeof value !== 'number') throw wrong(path, 'a number', value);
  if (type === 'f32') return view.setFloat32(at, value, true);
  if (type === 'f64') return view.setFloat64(at, value, true);
  view.setUint16(at, smallFloatBits(value, kSmallFloats[type]), true);
}

function writeInteger(view, at, type, value, path) {
  const bits = kIntegers[type];
  const isSigned = type[0] === 'i';
  if (typeof value !== 'bigint' && !Number.isSafeInteger(value)) throw wrong(path, 'an integer', value);
  const wide = BigInt(value);
  const kept = isSigned ? BigInt.asIntN(bits, wide) : BigInt.asUintN(bits, wide);
  if (kept !== wide) throw wrong(path, `within ${type}`, value);
  if (bits === 64) return view.setBigUint64(at, BigInt.asUintN(64, wide), true);
  const low = Number(BigInt.asUintN(32, wide)); // the setters take what they need of it
  if (bits === 32) view.setUint32(at, low, true);
  else if (bits === 16) view.setUint16(at, low, true);
  else view.setUint8(at, low);
}

function readScalar(view, at, type) {
  switch (type) {
    case 'bool': return view.getUint8(at) !== 0;
    case 'i8': return view.getInt8(at);
    case 'u8': return view.getUint8(at);
    case 'i16': return view.getInt16(at, true);
    case 'u16': return view.getUint16(at, true);
    case 'i32': return view.getInt32(at, true);
    case 'u32': return view.getUint32(at, true);
    case 'i64': return view.getBigInt64(at, true);
    case 'u64': return view.getBigUint64(at, true);
    case 'f32': return view.getFloat32(at, true);
    case 'f64': return view.getFloat64(at, true);
    default: return smallFloatOf(view.getUint16(at, true), kSmallFloats[type]);
  }
}

/// To the nearest, ties to even; IEEE 754 binary interchange with `mantissa` bits.
function smallFloatBits(value, { mantissa, bias }) {
  const sign = value < 0 || Object.is(value, -0) ? 0x8000 : 0;
  const infinity = (2 * bias + 1) * 2 ** mantissa;
  if (Number.isNaN(value)) return infinity | (1 << (mantissa - 1));
  const size = Math.abs(value);
  if (size === Infinity) return sign | infinity;
  let exponent = Math.max(size === 0 ? -Infinity : Math.floor(Math.log2(size)), 1 - bias);
  if (2 ** exponent > size && exponent > 1 - bias) --exponent; // log2 rounds
  if (2 ** (exponent + 1) <= size) ++exponent;
  const scaled = size / 2 ** (exponent - mantissa); // exact: a power of two
  let rounded = Math.floor(scaled);
  const rest = scaled - rounded;
  if (rest > 0.5 || (rest === 0.5 && rounded % 2 === 1)) ++rounded;
  return sign | Math.min((exponent + bias - 1) * 2 ** mantissa + rounded, infinity);
}

function smallFloatOf(bits, { mantissa, bias }) {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits & 0x7fff) >> mantissa;
  const fraction = bits & ((1 << mantissa) - 1);
  if (exponent === 2 * bias + 1) return fraction ? NaN : sign * Infinity;
  if (exponent === 0) return sign * fraction * 2 ** (1 - bias - mantissa);
  return sign * (fraction + 2 ** mantissa) * 2 ** (exponent - bias - mantissa);
}
