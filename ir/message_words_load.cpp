#include "ir/message_words_code.h"

#include <functional>
#include <map>
#include <utility>

namespace ring::ir::words {
namespace {

using MakeRef = std::function<Expr*()>; // a new node each time: a node has one parent

class Reader {
public:
  Reader(Module& module, Global& words, Local* at, Block& body)
      : b_(module), words_(words), first_(at) {
    b_.set_block(&body);
  }

  void run(TypePtr type) {
    if (!needs_loop(type)) return b_.return_(value(type, 0));
    Local* message = b_.var("message", type);
    fill([&] { return b_.ref(message); }, type, 0);
    b_.return_(b_.load(b_.ref(message)));
  }

private:
  TypePtr u32() { return b_.types().u32(); }
  /// As people write them: `x >> 8`, `a[3]`.
  Expr* constant(std::uint64_t value) { return b_.integer(b_.types().i32(), value); }

  /// The word of byte `offset`, which counts from the word first_ on.
  Expr* word(std::uint64_t offset) {
    const auto index = static_cast<std::uint32_t>(offset / 4);
    Expr* at = b_.ref(first_);
    if (index > 0) at = b_.add(at, b_.u32(index));
    return b_.load(b_.span_element(b_.ref(&words_), at));
  }

  /// The bits from byte `offset` on, in the low end of a u32; what is above them may be anything.
  Expr* bits(std::uint64_t offset) {
    Local*& shared = shared_[offset / 4];
    if (!shared) shared = b_.let("word", word(offset));
    const std::uint64_t shift = offset % 4 * 8;
    return shift == 0 ? b_.ref(shared) : b_.binary(BinaryOp::shr, b_.ref(shared), constant(shift));
  }

  Expr* scalar(TypePtr type, std::uint64_t offset) {
    TypeTable& types = b_.types();
    switch (size_of(type)) {
    case 1:
      if (type->is_bool()) {
        Expr* byte = b_.binary(BinaryOp::bit_and, bits(offset), b_.u32(0xff));
        return b_.binary(BinaryOp::ne, byte, b_.u32(0));
      }
      return b_.convert(type, bits(offset));
    case 2:
      if (!type->is_float()) return b_.convert(type, bits(offset));
      return b_.bitcast(type, b_.convert(types.scalar(Scalar::u16), bits(offset)));
    case 4:
      return b_.bitcast(type, word(offset));
    default:
      Expr* low = b_.convert(types.u64(), word(offset));
      Expr* high = b_.convert(types.u64(), word(offset + 4));
      high = b_.binary(BinaryOp::shl, high, constant(32));
      return b_.bitcast(type, b_.binary(BinaryOp::bit_or, low, high));
    }
  }

  /// Of a type without loops.
  Expr* value(TypePtr type, std::uint64_t offset) {
    std::vector<Expr*> elements;
    if (const auto* structure = type->as<StructType>()) {
      for (const StructDecl::Field& field : structure->decl->fields)
        elements.push_back(value(field.type, offset + field.offset));
    } else if (const auto* vector = type->as<VectorType>()) {
      for (std::uint32_t i = 0; i < vector->count; ++i)
        elements.push_back(value(vector->element, offset + i * size_of(vector->element)));
    } else if (const auto* array = type->as<ArrayType>()) {
      for (std::uint64_t i = 0; i < array->count; ++i)
        elements.push_back(value(array->element, offset + i * size_of(array->element)));
    } else {
      return scalar(type, offset);
    }
    return b_.construct(type, std::move(elements));
  }

  void fill(const MakeRef& object, TypePtr type, std::uint64_t offset) {
    if (!needs_loop(type)) return b_.store(object(), value(type, offset));
    if (const auto* array = type->as<ArrayType>()) return fill(object, *array, offset);
    const auto& fields = type->as<StructType>()->decl->fields;
    for (std::uint32_t i = 0; i < fields.size(); ++i) {
      fill([&] { return b_.member(object(), i); }, fields[i].type, offset + fields[i].offset);
    }
  }

  void fill(const MakeRef& object, const ArrayType& array, std::uint64_t offset) {
    const std::uint64_t size = size_of(array.element);
    const Turns turns = turns_of(array);
    if (turns.count > 0) loop(object, array, offset, turns);
    for (std::uint64_t i = turns.count * turns.elements; i < array.count; ++i) {
      const MakeRef element = [&] { return b_.index(object(), constant(i)); };
      fill(element, array.element, offset + i * size);
    }
  }

  void loop(const MakeRef& object, const ArrayType& array, std::uint64_t offset,
            const Turns& turns) {
    Local* turn = b_.var("i", u32(), b_.u32(0));
    Loop* loop = b_.loop(b_.binary(BinaryOp::lt, b_.load(b_.ref(turn)), b_.u32(turns.count)));
    Block* const outer = b_.block();
    Local* const outer_first = first_;
    const auto outer_shared = std::exchange(shared_, {});
    b_.set_block(&loop->body);
    const auto scaled = [&](std::uint32_t factor) {
      Expr* value = b_.load(b_.ref(turn));
      return factor == 1 ? value : b_.mul(value, b_.u32(factor));
    };
    const auto plus = [&](Expr* value, std::uint64_t constant) {
      return constant == 0 ? value : b_.add(value, b_.u32(std::uint32_t(constant)));
    };
    first_ = b_.let("first", b_.add(plus(b_.ref(outer_first), offset / 4), scaled(turns.words)));
    for (std::uint32_t i = 0; i < turns.elements; ++i) {
      const MakeRef element = [&] { return b_.index(object(), plus(scaled(turns.elements), i)); };
      fill(element, array.element, offset % 4 + i * size_of(array.element));
    }
    b_.set_block(&loop->continuing);
    b_.store(b_.ref(turn), b_.add(b_.load(b_.ref(turn)), b_.u32(1)));
    b_.set_block(outer);
    first_ = outer_first;
    shared_ = outer_shared;
  }

  Builder b_;
  Global& words_;
  Local* first_;                           // the word that offsets count from
  std::map<std::uint64_t, Local*> shared_; // words of which several fields are parts
};

} // namespace

bool needs_loop(TypePtr type) {
  if (const auto* array = type->as<ArrayType>()) {
    return turns_of(*array).count > 0 || needs_loop(array->element);
  }
  const auto* structure = type->as<StructType>();
  if (!structure) return false;
  for (const StructDecl::Field& field : structure->decl->fields) {
    if (needs_loop(field.type)) return true;
  }
  return false;
}

void write_load(Module& module, Global& words, Local* at, TypePtr type, Block& body) {
  Reader(module, words, at, body).run(type);
}

} // namespace ring::ir::words
