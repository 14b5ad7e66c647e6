#include "common/json_line.h"

#include <unistd.h>

#include <cmath>
#include <csignal>
#include <limits>

#include "test/check.h"

namespace {

/// What `line` writes, as one read of a pipe gets it.
std::string Written(JsonLine& line) {
  int ends[2];
  char bytes[8192];
  CHECK(pipe(ends) == 0);
  CHECK(line.Write(ends[1]));
  const ssize_t length = read(ends[0], bytes, sizeof bytes);
  close(ends[0]);
  close(ends[1]);
  return {bytes, static_cast<std::size_t>(length)};
}

std::string Text(const std::string& value) {
  JsonLine line("t", 0);
  line.Text("x", value);
  const std::string written = Written(line);
  const std::string before = R"({"type":"t","instance":0,"x":")";
  return written.substr(before.size(), written.size() - before.size() - 3);
}

void ALineHasItsTypeAndInstanceFirst() {
  JsonLine line("hello", 7);
  line.Integer("pid", 42).Text("build", "1").Seconds("at_seconds", 1'000'000'001);
  CHECK_TEXT(Written(line),
             R"({"type":"hello","instance":7,"pid":42,"build":"1","at_seconds":1.000000001})"
             "\n");
}

void AnInnerObjectIsClosed() {
  JsonLine empty("s", 0);
  empty.Open("labels").Close().Integer("n", 1);
  CHECK_TEXT(Written(empty), "{\"type\":\"s\",\"instance\":0,\"labels\":{},\"n\":1}\n");
  JsonLine left("s", 0);
  left.Open("labels").Text("a", "b").Text("c", "d");
  CHECK_TEXT(Written(left),
             "{\"type\":\"s\",\"instance\":0,\"labels\":{\"a\":\"b\",\"c\":\"d\"}}\n");
}

void TextIsEscaped() {
  CHECK_TEXT(Text("a\"b\\c/d"), R"(a\"b\\c/d)");
  CHECK_TEXT(Text(std::string("\0\n\t\x1f\x7f", 5)), "\\u0000\\u000a\\u0009\\u001f\x7f");
  CHECK_TEXT(Text("Grüße, 世界 🎉"), "Grüße, 世界 🎉");
}

void WhatIsNoUtf8IsReplaced() {
  const std::string replaced = "\xef\xbf\xbd";
  CHECK_TEXT(Text("a\xff"
                  "b"),
             "a" + replaced + "b");
  CHECK_TEXT(Text("\xc0\xaf"), replaced + replaced);                 // overlong
  CHECK_TEXT(Text("\xe0\x80\xaf"), replaced + replaced + replaced);  // overlong
  CHECK_TEXT(Text("\xed\xa0\x80"), replaced + replaced + replaced);  // a surrogate
  CHECK_TEXT(Text("\xf4\x90\x80\x80"), replaced + replaced + replaced + replaced);
  CHECK_TEXT(Text("\xe4\xb8"), replaced + replaced);  // cut off
  CHECK_TEXT(Text("\xe4\xb8"
                  "a"),
             replaced + replaced + "a");
  CHECK_TEXT(Text("\xf4\x8f\xbf\xbf"), "\xf4\x8f\xbf\xbf");  // the last there is
}

void NumbersAreExactOrLeftOut() {
  JsonLine line("n", 0);
  line.Number("tenth", 0.1).Number("bytes", 85520809984).Number("large", 9007199254740991);
  line.Number("third", 1.0 / 3).Number("zero", 0).Number("negative", -2.5e-9);
  line.Number("nan", std::nan("")).Number("infinite", std::numeric_limits<double>::infinity());
  CHECK_TEXT(Written(line),
             "{\"type\":\"n\",\"instance\":0,\"tenth\":0.1,\"bytes\":85520809984,"
             "\"large\":9007199254740991,\"third\":0.3333333333333333"
             "1"
             ",\"zero\":0,\"negative\":-2.5e-09}\n");
}

void SecondsHaveNineDecimals() {
  JsonLine line("n", 0);
  line.Seconds("a", 0).Seconds("b", 9'007'199'254'740'993'123).Seconds("c", -500'000'001);
  CHECK_TEXT(Written(line),
             "{\"type\":\"n\",\"instance\":0,\"a\":0.000000000,"
             "\"b\":9007199254.740993123,\"c\":-0.500000001}\n");
}

void ATextIsCutAtACharacter() {
  JsonLine plain("r", 0);
  plain.Text("message", "abcdef", 4);
  CHECK_TEXT(Written(plain), "{\"type\":\"r\",\"instance\":0,\"message\":\"abcd\"}\n");
  JsonLine wide("r", 0);
  wide.Text("message", "ab世界", 6);
  CHECK_TEXT(Written(wide), "{\"type\":\"r\",\"instance\":0,\"message\":\"ab世\"}\n");
  JsonLine escaped("r", 0);  // the reader gets one byte of it
  escaped.Text("message", "\n\n\n", 2);
  CHECK_TEXT(Written(escaped), "{\"type\":\"r\",\"instance\":0,\"message\":\"\\u000a\\u000a\"}\n");
}

void ALineIsUnder4KiBAndWhole() {
  JsonLine line("s", 0);
  line.Open("labels").Text("a", std::string(5000, '\x01')).Text("b", "c").Integer("d", 123456);
  const std::string written = Written(line);
  CHECK(written.size() < 4096);
  CHECK(written.size() > 4080);
  CHECK_TEXT(written.substr(written.size() - 10), "\\u0001\"}}\n");
}

void AFieldWithoutRoomIsLeftOut() {
  for (std::size_t length = 4000; length < 4096; ++length) {
    JsonLine line("s", 0);
    line.Text("a", std::string(length, 'a')).Number("b", 1.5).Open("c").Text("d", "e").Close();
    const std::string written = Written(line);
    CHECK(written.size() < 4096);
    const bool ends_whole = written.find("a\"}\n") != std::string::npos ||
                            written.find("\"b\":1.5}\n") != std::string::npos ||
                            written.find("\"c\":{}}\n") != std::string::npos ||
                            written.find("\"c\":{\"d\":\"\"}}\n") != std::string::npos ||
                            written.find("\"c\":{\"d\":\"e\"}}\n") != std::string::npos;
    CHECK(ends_whole);
  }
}

void ABrokenPipeIsNoSignal() {
  int ends[2];
  CHECK(pipe(ends) == 0);
  (void)std::signal(SIGPIPE, SIG_IGN);
  close(ends[0]);
  CHECK(!JsonLine("s", 0).Write(ends[1]));
  close(ends[1]);
}

}  // namespace

int main() {
  ALineHasItsTypeAndInstanceFirst();
  AnInnerObjectIsClosed();
  TextIsEscaped();
  WhatIsNoUtf8IsReplaced();
  NumbersAreExactOrLeftOut();
  SecondsHaveNineDecimals();
  ATextIsCutAtACharacter();
  ALineIsUnder4KiBAndWhole();
  AFieldWithoutRoomIsLeftOut();
  ABrokenPipeIsNoSignal();
  return Failures();
}
