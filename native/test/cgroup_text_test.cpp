#include "common/cgroup_text.h"

#include "test/check.h"

namespace {

std::string Kept(const std::string& text) {
  char paths[kCgroupRoom];
  KeepCgroupPaths(text, paths);
  return paths;
}

void VersionTwoHasOnePath() {
  CHECK_TEXT(Kept("0::/system.slice/docker-0a.scope\n"), "/system.slice/docker-0a.scope");
  CHECK_TEXT(Kept("0::/\n"), "/");
}

void EachPathOfVersionOneIsKeptOnce() {
  CHECK_TEXT(Kept("12:pids:/docker/0a\n11:memory:/docker/0a\n1:name=systemd:/docker/0a\n0::/\n"),
             "/docker/0a\n/");
  CHECK_TEXT(Kept("3:cpu,cpuacct:/a\n2:memory:/a/b\n1:freezer:/a\n"), "/a\n/a/b");
}

void APathMayHaveColons() {
  CHECK_TEXT(Kept("0::/kubelet/system.slice:cri-containerd:0a\n"),
             "/kubelet/system.slice:cri-containerd:0a");
}

void WhatIsNoLineIsNotTaken() {
  CHECK_TEXT(Kept(""), "");
  CHECK_TEXT(Kept("\n"), "");
  CHECK_TEXT(Kept("no colons\n1:one\n2:cpu:\n"), "");
  CHECK_TEXT(Kept("1:cpu:/a\n0::/half"), "/a");
}

void APathThatDoesNotFitEndsTheText() {
  const std::string room(kCgroupRoom - 2, 'a');
  CHECK_TEXT(Kept("0::/" + room + "\n"), "/" + room);
  CHECK_TEXT(Kept("0::/" + room + "a\n"), "");
  CHECK_TEXT(Kept("1:cpu:/a\n2:pids:/" + room + "\n0::/b\n"), "/a");
}

}  // namespace

int main() {
  VersionTwoHasOnePath();
  EachPathOfVersionOneIsKeptOnce();
  APathMayHaveColons();
  WhatIsNoLineIsNotTaken();
  APathThatDoesNotFitEndsTheText();
  return Failures();
}
