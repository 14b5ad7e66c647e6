// Both libraries export this, and no real driver does: it tells an emulated figure from a real one.
extern "C" {
extern const char* const cudaprobe_emulator_version;
const char* const cudaprobe_emulator_version = "1";
}
