#include "launcher/oom_score.h"

#include <fcntl.h>
#include <unistd.h>

#include <cstring>

namespace {

constexpr char kFile[] = "/proc/self/oom_score_adj";
/// The most there is (proc(5)). Everybody may raise their own, and take back what they raised.
constexpr char kHighest[] = "1000";

void Set(const char* text) {
  const int file = open(kFile, O_WRONLY | O_CLOEXEC);
  if (file < 0) return;
  [[maybe_unused]] const ssize_t written = write(file, text, std::strlen(text));
  close(file);
}

}  // namespace

FirstToGo::FirstToGo() {
  const int file = open(kFile, O_RDONLY | O_CLOEXEC);
  if (file < 0) return;
  const ssize_t length = read(file, before_, sizeof before_ - 1);
  close(file);
  if (length > 0) Set(kHighest);
}

FirstToGo::~FirstToGo() {
  if (before_[0] != '\0') Set(before_);
}
