// A ring of message slots, as protocol/queue.h has it. No kernel runs while the host looks, so its claims need no
// atomics, and a ring's positions say what the slots' sequences would.

class Ring {
  /// `head` and `tail` are the addresses of its positions.
  constructor(arena, { slots, capacity, slotWords, head, tail }) {
    Object.assign(this, { arena, slots, capacity, slotWords, head, tail });
  }

  /// A new ring in the arena, all slots free.
  static create(arena, capacity, slotWords, positions, slots = arena.allocate(capacity * slotWords)) {
    const ring = new Ring(arena, { slots, capacity, slotWords, ...positions });
    for (let position = 0; position < capacity; ++position)
      arena.set(ring.slot(position) + ringAbi.kSequence, 2 * position);
    return ring;
  }

  get words() {
    return this.capacity * this.slotWords;
  }
  slot(position) {
    return this.slots + (position & (this.capacity - 1)) * this.slotWords;
  }
  get depth() {
    return (this.arena.get(this.tail) - this.arena.get(this.head)) >>> 0;
  }

  /// The address of a slot that `fill` fills; false when the ring is full.
  push(fill) {
    if (this.depth >= this.capacity) return false;
    const position = this.arena.get(this.tail);
    const slot = this.slot(position);
    fill(slot);
    this.arena.words[slot + ringAbi.kSequence] = (2 * position + 1) >>> 0;
    this.arena.touch(slot, slot + this.slotWords); // whole slots, so that neighbours go up together
    this.arena.set(this.tail, (position + 1) >>> 0);
    return true;
  }
}

/// The mailbox of the actor at `at`: one ring, or one for each priority, one behind the other. `capacity` is a ring's.
class Mailbox {
  constructor(arena, at, capacity, slotWords, hasPriorities) {
    Object.assign(this, { arena, capacity, slotWords });
    const count = hasPriorities ? ringAbi.kPriorities : 1;
    this.words = count * capacity * slotWords;
    this.slots = arena.allocate(this.words);
    this.rings = Array.from({ length: count }, (_, i) => Ring.create(arena, capacity, slotWords,
      { head: at + ringAbi.kHead + i, tail: at + ringAbi.kTail + i }, this.slots + i * capacity * slotWords));
  }

  get depth() {
    return this.rings.reduce((sum, ring) => sum + ring.depth, 0);
  }

  /// The slots that hold a message, in the order in which the actor would take them.
  *filledSlots() {
    const [normal, high, critical, low] = this.rings;
    for (const ring of [critical, high, normal, low]) {
      const head = ring ? this.arena.get(ring.head) : 0;
      for (let i = 0; i < (ring?.depth ?? 0); ++i) yield ring.slot((head + i) >>> 0);
    }
  }
}

/// Where the lanes of a parallel actor put what they send, as protocol/host.h lays it out.
class LaneStage {
  constructor(arena, lanes, slotWords) {
    const laneWords = ringAbi.kLaneSlots + ringAbi.kLaneSends * slotWords;
    this.words = lanes * laneWords;
    this.at = arena.allocate(this.words);
    for (let lane = 0; lane < lanes; ++lane) arena.set(this.at + lane * laneWords + ringAbi.kLaneCount, 0);
  }
}

/// Capacities are powers of two.
function powerOfTwo(count) {
  return 2 ** Math.ceil(Math.log2(Math.max(count, 1)));
}

/// Words of a slot for payloads of that many bytes, up to a whole cache line.
function slotWordsFor(bytes) {
  return Math.ceil((ringAbi.kPayload + Math.ceil(bytes / 4)) / ringAbi.kLine) * ringAbi.kLine;
}
