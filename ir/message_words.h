// Values as words: the functions that move a message, or an argument of a launch, between a value
// and the bound span @words, which host and devices share.
//
//   Function* load = load_words(module, deposit);    // load_Deposit(at: u32) -> Deposit
//   Function* store = store_words(module, deposit);  // store_Deposit(at: u32, message: Deposit)
//
// The bytes are those of the C++ object from the word `at` on; the last word is filled with zeros.
// A store writes every word as a whole, so bytes that belong to no field become 0 and nothing is
// read. Each function is made once for a type and found again by its C++ name,
// `ring::protocol::load<bank::Deposit>`.
//
// A new function stands behind all others of the module. So a front end that adds each function
// when its body is complete has callees before callers; whoever puts a call into a function that is
// there already calls order_functions() when it is done (LibraryLinker::finish() does the same).
#pragma once

#include "ir/module.h"

namespace ring::ir {

/// Smaller numbers are the events of an actor's life: start, stop, idle.
inline constexpr std::uint32_t kFirstMessageId = 16;

/// The bound span @words, a span<u32, read_write>, made on first use.
Global& message_words(Module& module);

/// Whether the value of type span is @words.
bool is_message_words(const Expr& span);

/// `type` is a scalar, or a vector, array or struct of such, without pointers, references or spans.
/// It has no effects.
Function* load_words(Module& module, TypePtr type);
/// The same for the way back. It has effects, so a call of it stands in an Eval.
Function* store_words(Module& module, TypePtr type);

/// How many words a value of the type takes.
std::uint32_t word_count(TypePtr type);

} // namespace ring::ir
