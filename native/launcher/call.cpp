#include "launcher/call.h"

#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "common/options.h"
#include "launcher/surroundings.h"

namespace {

int Refuse(const char* why) {
  (void)std::fprintf(stderr, "launcher: it has no call: %s\n", why);
  return kUsageExit;
}

/// False when it could not be read to its end; errno says why.
bool ReadInput(Array<char>& text) {
  constexpr std::size_t kPiece = 4096;
  ssize_t count = 0;
  do {
    const std::size_t before = text.Size();
    count = read(STDIN_FILENO, text.Extend(kPiece), kPiece);
    text.Shorten(before + (count > 0 ? static_cast<std::size_t>(count) : 0));
  } while (count > 0 || (count < 0 && errno == EINTR));
  return count == 0;
}

void Split(Array<char>& text, Array<char*>& words) {
  for (char* word = text.begin(); word < text.end(); word += std::strlen(word) + 1) {
    words.Append(word);
  }
}

}  // namespace

bool IsCallToCome(int argc, char** argv) {
  return argc == 2 && std::strcmp(argv[1], "--call=stdin") == 0;
}

int ExecuteCall(const char* launcher) {
  SettleIn();
  Array<char> text;
  if (!ReadInput(text)) return Refuse(std::strerror(errno));
  if (text.Size() == 0) return 0;
  Call call;
  if (!call.Parse(text)) return Refuse("standard input is none");
  execve(launcher, call.Words(), call.Variables());
  return Refuse(std::strerror(errno));
}

bool Call::Parse(Array<char>& text) {
  if (text.Size() == 0 || text[text.Size() - 1] != '\0') return false;
  Array<char*> words;
  Split(text, words);
  const std::size_t last = words.Size() - 1;
  count_ = std::strtoul(words[0], nullptr, 10);
  if (count_ == 0 || count_ >= last || *words[last] != '\0') return false;
  for (std::size_t at = 1; at <= count_; ++at) pointers_.Append(words[at]);
  pointers_.Append(nullptr);
  for (std::size_t at = count_ + 1; at < last; ++at) pointers_.Append(words[at]);
  pointers_.Append(nullptr);
  return true;
}
