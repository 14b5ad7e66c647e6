// A probe's body, run as a process of its own.
#pragma once

#include <sys/wait.h>
#include <unistd.h>

#include <string>

#include "test/check.h"

/// What a probe wrote, and how it ended.
struct Run {
  std::string output;
  int status;

  [[nodiscard]] int ExitCode() const { return WIFEXITED(status) ? WEXITSTATUS(status) : -1; }
  [[nodiscard]] bool Has(const std::string& text) const {
    return output.find(text) != std::string::npos;
  }
  /// The lines' types and phases, in order: "hello end:spawn begin:init ...".
  [[nodiscard]] std::string Story() const;
};

inline std::string Between(const std::string& line, const std::string& before) {
  const std::size_t at = line.find(before);
  if (at == std::string::npos) return "";
  return line.substr(at + before.size(), line.find('"', at + before.size()) - at - before.size());
}

inline std::string Run::Story() const {
  std::string story;
  for (std::size_t at = 0; at < output.size(); at = output.find('\n', at) + 1) {
    const std::string line = output.substr(at, output.find('\n', at) - at);
    const std::string phase = Between(line, R"("phase":")");
    if (at != 0) story += ' ';
    story += Between(line, R"("type":")") + (phase.empty() ? "" : ":" + phase);
  }
  return story;
}

inline std::string ReadAll(int descriptor) {
  std::string all;
  char bytes[4096];
  for (ssize_t length = 0; (length = read(descriptor, bytes, sizeof bytes)) > 0;)
    all.append(bytes, static_cast<std::size_t>(length));
  return all;
}

/// Runs `body` as the main of a process of its own.
template <typename Body>
Run RunProbe(Body body) {
  int ends[2];
  CHECK(pipe(ends) == 0);
  const pid_t pid = fork();
  if (pid == 0) {
    dup2(ends[1], STDOUT_FILENO);
    close(ends[0]);
    close(ends[1]);
    _exit(body());
  }
  close(ends[1]);
  Run run{ReadAll(ends[0]), 0};
  close(ends[0]);
  CHECK(waitpid(pid, &run.status, 0) == pid);
  return run;
}
