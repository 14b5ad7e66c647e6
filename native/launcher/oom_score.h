// Whom the kernel ends first when memory runs out.
#pragma once

/// While there is one, what is started is the first to go: a probe is what is missed least, and
/// the daemon, the launcher and the jobs on the host are not to pay for it. Without a /proc, or
/// where that is not allowed, nothing changes.
class FirstToGo {
 public:
  FirstToGo();
  ~FirstToGo();
  FirstToGo(const FirstToGo&) = delete;
  FirstToGo& operator=(const FirstToGo&) = delete;

 private:
  char before_[16] = {};
};
