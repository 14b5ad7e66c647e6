// What libFuzzer hands over, taken apart.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

/// libFuzzer's own name for what it calls with each input.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

/// What does not hold is a find: the stack says where.
inline void Require(bool holds) {
  if (!holds) std::abort();
}

inline std::string_view AsText(const std::uint8_t* data, std::size_t size) {
  // Chars and bytes may look at the same memory.
  return {static_cast<const char*>(static_cast<const void*>(data)), size};
}

/// A command line of the program's name and the lines of an input.
class CommandLine {
 public:
  explicit CommandLine(std::string_view text) : text_("program\n") {
    text_ += text;
    text_ += '\n';
    char* word = text_.data();
    for (char& character : text_) {
      if (character == '\0') character = ' ';
      if (character != '\n') continue;
      character = '\0';
      words_.push_back(word);
      word = &character + 1;
    }
    count_ = static_cast<int>(words_.size());
    words_.push_back(nullptr);
  }
  [[nodiscard]] int Count() const { return count_; }
  char** Words() { return words_.data(); }

 private:
  std::string text_;
  std::vector<char*> words_;
  int count_ = 0;
};
