// A struct that bank.rir's imagined main file had by including this header. Its fields are private,
// so a generated header may check no more than its size.
#pragma once

#include <cstdint>

namespace ledger {

class Account {
public:
  Account() = default;
  Account(std::uint32_t id, float balance) : id_(id), balance_(balance) {}
  float balance() const { return balance_; }
  void add(float amount) { balance_ += amount; }

private:
  std::uint32_t id_ = 0;
  float balance_ = 0;
};

} // namespace ledger
