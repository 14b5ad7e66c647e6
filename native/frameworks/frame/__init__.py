"""The frame of a probe in Python: what docs/protocol.md asks of one."""
