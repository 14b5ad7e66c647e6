// Text of the kernel's, of other processes and of drivers: control groups, /proc/PID/stat, names in
// the protocol's lines, and the lines between a probe and its worker.
#include <unistd.h>

#include "common/cgroup_text.h"
#include "common/json_line.h"
#include "common/json_text.h"
#include "common/pause_line.h"
#include "common/process_directory.h"
#include "fuzz/input.h"

namespace {

void ReadCgroups(std::string_view text) {
  char paths[kCgroupRoom];
  KeepCgroupPaths(text, paths);
  const std::size_t length = strnlen(paths, sizeof paths);
  Require(length < sizeof paths);
  Require(length <= text.size());
}

void ReadStat(std::string_view text) {
  const auto stat = ParseStat(text);
  if (!stat) return;
  Require(strnlen(stat->name, sizeof stat->name) < sizeof stat->name);
}

void WriteCharacters(std::string_view text) {
  while (!text.empty()) {
    const JsonCharacter character = FirstJsonCharacter(text);
    Require(character.consumed >= 1 && character.consumed <= text.size());
    Require(character.length >= 1 && character.length <= sizeof character.bytes);
    text.remove_prefix(character.consumed);
  }
}

/// One line of at most 4 KiB, whatever is put into it.
void WriteLine(std::string_view text, int pipe_in, int pipe_out) {
  const std::string_view key = text.substr(0, text.size() % 40);
  JsonLine line("sample", 0);
  line.Text("name", text).Text(key, text, text.size() / 2).Number(key, 0.1).Open("labels");
  line.Text(key, text).Text("a", text).Close();
  Require(line.Integer("last", -1).Write(pipe_in));
  char written[8192];
  const ssize_t length = read(pipe_out, written, sizeof written);
  Require(length > 2 && length <= 4096);
  const std::string_view whole{written, static_cast<std::size_t>(length)};
  Require(whole.front() == '{' && whole.substr(whole.size() - 2) == "}\n");
}

void ReadPauses(const std::string& text) {
  const auto paused = ParsePaused(text.c_str());
  if (paused) Require(paused->at >= 0 && strnlen(paused->phase.text, sizeof(Word)) < sizeof(Word));
  const auto ended = ParseEnded(text.c_str());
  if (ended) Require(ended->outcome.text[0] != '\0');
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static int ends[2] = {-1, -1};
  if (ends[0] < 0) Require(pipe(ends) == 0);
  const std::string_view text = AsText(data, size);
  ReadCgroups(text);
  ReadStat(text);
  WriteCharacters(text);
  WriteLine(text, ends[1], ends[0]);
  ReadPauses(std::string(text));
  return 0;
}
