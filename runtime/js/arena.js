// The arena: a copy of its words here, and the buffer on the device. Between two runs of a kernel nobody else writes,
// so the host may. What it wrote goes up word for word, never a neighbour: the device may have changed that.

const kBufferUsage = { mapRead: 0x1, copySource: 0x4, copyTarget: 0x8, storage: 0x80 }; // GPUBufferUsage
const kMapModeRead = 0x1; // GPUMapMode

class Arena {
  constructor(device, capacity) {
    this.device = device;
    this.used = 0;
    this.freed = new Map(); // by number of words: addresses that may be given again
    this.changed = []; // [first, end) of what the host wrote, in the order of writing
    this.grow(capacity);
    this.allocate(ringAbi.kArenaWords); // address 0 is nobody's
    this.set(ringAbi.kArenaMagic, ringAbi.kArenaMagicValue);
    this.set(ringAbi.kArenaVersion, ringAbi.kProtocolVersion);
  }

  get(at) {
    return this.words[at];
  }
  set(at, value) {
    this.words[at] = value;
    this.touch(at, at + 1);
  }
  touch(first, end) {
    const last = this.changed.at(-1);
    if (last && first >= last[0] && first <= last[1]) last[1] = Math.max(last[1], end);
    else this.changed.push([first, end]);
  }

  /// Words that begin on a cache line. New ones are zero; those that were freed keep what they held.
  allocate(count) {
    const words = Math.ceil(count / ringAbi.kLine) * ringAbi.kLine;
    const again = this.freed.get(words)?.pop();
    if (again !== undefined) return again;
    const at = this.used;
    this.used += words;
    if (this.used > this.words.length) this.grow(Math.max(this.used, 2 * this.words.length));
    return at;
  }
  free(at, count) {
    const words = Math.ceil(count / ringAbi.kLine) * ringAbi.kLine;
    if (!this.freed.has(words)) this.freed.set(words, []);
    this.freed.get(words).push(at);
  }

  grow(capacity) {
    const limit = Math.min(this.device.limits.maxStorageBufferBindingSize, this.device.limits.maxBufferSize);
    if (capacity * 4 > limit) {
      throw new RingError('unsupported',
        `the actors need ${capacity * 4} bytes, and a buffer of this device has at most ${limit}: ` +
        'take smaller mailboxes, or request a larger maxStorageBufferBindingSize');
    }
    const words = new Uint32Array(capacity);
    const buffer = this.device.createBuffer({
      label: 'ring arena', size: capacity * 4,
      usage: kBufferUsage.storage | kBufferUsage.copySource | kBufferUsage.copyTarget,
    });
    if (this.buffer) {
      words.set(this.words);
      copyBuffer(this.device, this.buffer, buffer);
    }
    this.words = words;
    this.view = new DataView(words.buffer);
    this.buffer = buffer;
  }

  upload() {
    for (const [first, end] of this.changed)
      this.device.queue.writeBuffer(this.buffer, first * 4, this.words, first, end - first);
    this.changed = [];
  }

  /// Adds to the encoder what brings these [first, end) back. The function that it returns waits for that.
  download(encoder, regions) {
    const size = regions.reduce((sum, [first, end]) => sum + (end - first), 0) * 4;
    if (this.staging === undefined || this.staging.size < size) {
      this.staging?.destroy();
      this.staging = this.device.createBuffer({
        label: 'ring staging', size: size * 2, usage: kBufferUsage.copyTarget | kBufferUsage.mapRead,
      });
    }
    const { staging } = this;
    let offset = 0;
    for (const [first, end] of regions) {
      encoder.copyBufferToBuffer(this.buffer, first * 4, staging, offset, (end - first) * 4);
      offset += (end - first) * 4;
    }
    return async () => {
      await staging.mapAsync(kMapModeRead, 0, size);
      const words = new Uint32Array(staging.getMappedRange(0, size));
      let from = 0;
      for (const [first, end] of regions) {
        this.words.set(words.subarray(from, from + end - first), first);
        from += end - first;
      }
      staging.unmap();
    };
  }

  destroy() {
    this.buffer.destroy();
    this.staging?.destroy();
  }
}

/// Everything of `from`, which is given back.
function copyBuffer(device, from, to) {
  const encoder = device.createCommandEncoder();
  encoder.copyBufferToBuffer(from, 0, to, 0, from.size);
  device.queue.submit([encoder.finish()]);
  from.destroy();
}

/// Reads a buffer back.
async function bytesOf(device, buffer) {
  const staging = device.createBuffer({ size: buffer.size, usage: kBufferUsage.copyTarget | kBufferUsage.mapRead });
  const encoder = device.createCommandEncoder();
  encoder.copyBufferToBuffer(buffer, 0, staging, 0, buffer.size);
  device.queue.submit([encoder.finish()]);
  await staging.mapAsync(kMapModeRead);
  const bytes = staging.getMappedRange().slice(0);
  staging.destroy();
  return bytes;
}
