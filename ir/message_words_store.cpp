#include "ir/message_words_code.h"

#include <functional>
#include <utility>

namespace ring::ir::words {
namespace {

using Make = std::function<Expr*()>; // a new node each time: a node has one parent

/// Goes through the bytes from the first to the last. What is known of the current word waits until
/// a byte behind it is put.
class Writer {
public:
  Writer(Module& module, Global& words, Local* at, Block& body)
      : b_(module), words_(words), first_(at) {
    b_.set_block(&body);
  }

  void run(Local* message) {
    // Not every target can index a value with a variable.
    if (needs_loop(message->type)) message = b_.var("object", message->type, b_.ref(message));
    put([&] { return b_.ref(message); }, message->type, 0);
    flush_to((size_of(message->type) + 3) / 4);
  }

private:
  TypePtr u32() { return b_.types().u32(); }
  /// As people write them: `x >> 8`, `a[3]`.
  Expr* constant(std::uint64_t value) { return b_.integer(b_.types().i32(), value); }

  Expr* pending() { return pending_ ? std::exchange(pending_, nullptr) : b_.u32(0); }

  /// Writes the words in front of word `end`.
  void flush_to(std::uint64_t end) {
    for (; word_ < end; ++word_) {
      Expr* at = b_.ref(first_);
      if (word_ > 0) at = b_.add(at, b_.u32(std::uint32_t(word_)));
      b_.store(b_.span_element(b_.ref(&words_), at), pending());
    }
  }

  /// `bits` has zeros above what is put.
  void put_bits(Expr* bits, std::uint64_t offset) {
    flush_to(offset / 4);
    const std::uint64_t shift = offset % 4 * 8;
    if (shift > 0) bits = b_.binary(BinaryOp::shl, bits, constant(shift));
    pending_ = pending_ ? b_.binary(BinaryOp::bit_or, pending_, bits) : bits;
  }

  void put_scalar(Expr* value, std::uint64_t offset) {
    TypeTable& types = b_.types();
    const TypePtr type = value->type;
    switch (size_of(type)) {
    case 1:
      // By the unsigned type of its size, which is extended with zeros.
      if (!type->is_bool()) value = b_.bitcast(types.scalar(Scalar::u8), value);
      return put_bits(b_.convert(u32(), value), offset);
    case 2:
      value = b_.bitcast(types.scalar(Scalar::u16), value);
      return put_bits(b_.convert(u32(), value), offset);
    case 4:
      return put_bits(b_.bitcast(u32(), value), offset);
    default:
      Local* wide = b_.let("wide", b_.bitcast(types.u64(), value));
      put_bits(b_.convert(u32(), b_.ref(wide)), offset);
      Expr* high = b_.binary(BinaryOp::shr, b_.ref(wide), constant(32));
      return put_bits(b_.convert(u32(), high), offset + 4);
    }
  }

  void put(const Make& value, TypePtr type, std::uint64_t offset) {
    if (const auto* structure = type->as<StructType>()) {
      const auto& fields = structure->decl->fields;
      for (std::uint32_t i = 0; i < fields.size(); ++i)
        put([&] { return b_.member(value(), i); }, fields[i].type, offset + fields[i].offset);
    } else if (const auto* vector = type->as<VectorType>()) {
      for (std::uint32_t i = 0; i < vector->count; ++i)
        put_element(value, vector->element, i, offset);
    } else if (const auto* array = type->as<ArrayType>()) {
      const Turns turns = turns_of(*array);
      if (turns.count > 0) loop(value, *array, offset, turns);
      for (std::uint64_t i = turns.count * turns.elements; i < array->count; ++i)
        put_element(value, array->element, i, offset);
    } else {
      put_scalar(b_.rvalue(value()), offset);
    }
  }

  void put_element(const Make& aggregate, TypePtr type, std::uint64_t i, std::uint64_t offset) {
    const Make element = [&] { return b_.index(aggregate(), constant(i)); };
    put(element, type, offset + i * size_of(type));
  }

  void loop(const Make& value, const ArrayType& array, std::uint64_t offset, const Turns& turns) {
    flush_to(offset / 4);
    // Where the array begins inside a word, each turn begins with a part of one.
    const bool carries = offset % 4 != 0;
    Local* partial = carries ? b_.var("partial", u32(), pending()) : nullptr;
    Local* turn = b_.var("i", u32(), b_.u32(0));
    Loop* loop = b_.loop(b_.binary(BinaryOp::lt, b_.load(b_.ref(turn)), b_.u32(turns.count)));
    Block* const outer = b_.block();
    Local* const outer_first = first_;
    const std::uint64_t outer_word = word_;
    b_.set_block(&loop->body);
    const auto scaled = [&](std::uint32_t factor) {
      Expr* index = b_.load(b_.ref(turn));
      return factor == 1 ? index : b_.mul(index, b_.u32(factor));
    };
    const auto plus = [&](Expr* sum, std::uint64_t constant) {
      return constant == 0 ? sum : b_.add(sum, b_.u32(std::uint32_t(constant)));
    };
    first_ = b_.let("first", b_.add(plus(b_.ref(outer_first), outer_word), scaled(turns.words)));
    word_ = 0;
    if (carries) pending_ = b_.load(b_.ref(partial));
    for (std::uint32_t i = 0; i < turns.elements; ++i) {
      const Make element = [&] { return b_.index(value(), plus(scaled(turns.elements), i)); };
      put(element, array.element, offset % 4 + i * size_of(array.element));
    }
    flush_to(turns.words);
    if (carries) b_.store(b_.ref(partial), pending());
    b_.set_block(&loop->continuing);
    b_.store(b_.ref(turn), b_.add(b_.load(b_.ref(turn)), b_.u32(1)));
    b_.set_block(outer);
    first_ = outer_first;
    word_ = outer_word + std::uint64_t(turns.count) * turns.words;
    if (carries) pending_ = b_.load(b_.ref(partial));
  }

  Builder b_;
  Global& words_;
  Local* first_;            // the word that word_ counts from
  std::uint64_t word_ = 0;  // the current word
  Expr* pending_ = nullptr; // what is known of it; null: only zeros
};

} // namespace

void write_store(Module& module, Global& words, Local* at, Local* message, Block& body) {
  Writer(module, words, at, body).run(message);
}

} // namespace ring::ir::words
