// Exhaustive matching over a variant: a new alternative makes every match() without a case for it
// fail to compile.
//
//   match(expr.node, [&](const Load& load) {...}, [&](const Call& call) {...}, ...);
#pragma once

#include <utility>
#include <variant>

namespace ring::ir {

template <class... Fs> struct Overloaded : Fs... {
  using Fs::operator()...;
};

template <class Variant, class... Fs> decltype(auto) match(Variant&& variant, Fs&&... cases) {
  return std::visit(Overloaded<std::decay_t<Fs>...>{std::forward<Fs>(cases)...},
                    std::forward<Variant>(variant));
}

} // namespace ring::ir
