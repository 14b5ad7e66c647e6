#!/bin/sh
# A probe that fails as soon as it starts, by docs/protocol.md. Leaves a byte in the file $1.
printf x >>"$1"
printf '{"type":"hello","instance":0,"protocol":1,"probe":"load","pid":%d,"build":"load"}\n' $$
printf '{"type":"result","instance":0,"outcome":"failure","reason":"oom","phase":"work","code":"","message":"as asked"}\n'
exit 1
