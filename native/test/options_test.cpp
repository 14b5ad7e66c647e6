#include "common/options.h"

#include <utility>
#include <vector>

#include "test/check.h"

namespace {

/// A command line that lives as long as it is read.
class Line {
 public:
  Line(std::initializer_list<const char*> words)
      : Line(std::vector<std::string>(words.begin(), words.end())) {}
  explicit Line(std::vector<std::string> words) : words_(std::move(words)) {
    pointers_.push_back(program_);
    for (std::string& word : words_) pointers_.push_back(word.data());
  }
  Options Read() { return {static_cast<int>(pointers_.size()), pointers_.data()}; }

 private:
  char program_[8] = "program";
  std::vector<std::string> words_;
  std::vector<char*> pointers_;
};

bool Accepts(std::initializer_list<const char*> words) {
  Line line(words);
  Options options = line.Read();
  options.Text("text", nullptr);
  options.Integer("number", 1, 1, 256);
  options.Seconds("seconds", 0);
  options.Boolean("boolean", false);
  return options.Complete("program [--text=T]");
}

Nanoseconds Seconds(const char* word) {
  Line line({word});
  Options options = line.Read();
  return options.Seconds("seconds", 5);
}

void OptionsAreReadByName() {
  Line line({"--number=12", "--text=a=b", "--boolean=true", "--empty="});
  Options options = line.Read();
  CHECK_TEXT(options.Text("text", "fallback"), "a=b");
  CHECK_TEXT(options.Text("empty", "fallback"), "");
  CHECK(options.Integer("number", 1, 1, 256) == 12);
  CHECK(options.Boolean("boolean", false));
  CHECK(options.Complete("program"));
}

void WhatIsNotGivenFallsBack() {
  Line line({});
  Options options = line.Read();
  CHECK(options.Text("text", nullptr) == nullptr);
  CHECK(options.Integer("number", 7, 1, 256) == 7);
  CHECK(options.Boolean("boolean", true));
  CHECK(options.Seconds("seconds", kSecond) == kSecond);
  CHECK(options.Complete("program"));
}

void WhatNobodyAsksForIsRefused() {
  CHECK(Accepts({}));
  CHECK(Accepts({"--number=256", "--boolean=false", "--seconds=1"}));
  CHECK(!Accepts({"--other=1"}));
  CHECK(!Accepts({"--numbers=1"}));
  CHECK(!Accepts({"--number"}));
  CHECK(!Accepts({"number=1"}));
  CHECK(!Accepts({"stray"}));
  CHECK(!Accepts({"--number=1", "--number=2"}));
}

void MalformedValuesAreRefused() {
  for (const char* word : {"--number=", "--number=0", "--number=257", "--number=1x", "--number=-1",
                           "--number= 1", "--number=99999999999999999999", "--boolean=yes",
                           "--boolean=", "--seconds=", "--seconds=1.", "--seconds=.5",
                           "--seconds=1e3", "--seconds=-1", "--seconds=0.1234567891"})
    CHECK(!Accepts({word}));
}

void SecondsAreExact() {
  CHECK(Seconds("--seconds=30") == 30 * kSecond);
  CHECK(Seconds("--seconds=0.5") == kSecond / 2);
  CHECK(Seconds("--seconds=0.000000001") == 1);
  CHECK(Seconds("--seconds=1.1") == 1'100'000'000);
}

/// Whether `count` options are accepted that are all asked for.
bool AcceptsMany(int count) {
  std::vector<std::string> words;
  words.reserve(static_cast<std::size_t>(count));
  for (int at = 0; at < count; ++at) words.push_back("--" + std::to_string(at) + "=x");
  Line line(words);
  Options options = line.Read();
  for (int at = 0; at < count; ++at) options.Text(std::to_string(at).c_str(), nullptr);
  return options.Complete("program");
}

void TooManyArgumentsAreRefused() {
  CHECK(AcceptsMany(63));
  CHECK(!AcceptsMany(64));
}

}  // namespace

int main() {
  // What is refused is said on standard error; here that is no news.
  CHECK(std::freopen("/dev/null", "w", stderr) != nullptr);
  OptionsAreReadByName();
  WhatIsNotGivenFallsBack();
  WhatNobodyAsksForIsRefused();
  MalformedValuesAreRefused();
  SecondsAreExact();
  TooManyArgumentsAreRefused();
  return Failures();
}
