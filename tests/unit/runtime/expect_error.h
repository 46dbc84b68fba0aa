// Runs something that must throw a ring::Error of one code, whose message has some words.
#pragma once

#include <ring/error.h>

#include <gtest/gtest.h>

#include <string>

namespace ring::test {

template <class Action>
void expect_error(ErrorCode code, std::initializer_list<const char*> words, Action action) {
  try {
    action();
    ADD_FAILURE() << "no error; expected " << name_of(code);
  } catch (const Error& error) {
    EXPECT_EQ(name_of(error.code()), name_of(code)) << error.what();
    for (const char* word : words)
      EXPECT_NE(std::string(error.what()).find(word), std::string::npos)
          << "'" << word << "' is not in: " << error.what();
  }
}

} // namespace ring::test
