#include "common/uuid.h"

#include "test/check.h"

namespace {

void AUuidIsPrintedAsNvmlDoes() {
  constexpr CUuuid kUuid{{0x00, 0x11, 0x22, 0x33, 0x44, 0x55, 0x66, 0x77, 0x88, 0x99, 0xaa, 0xbb,
                          0xcc, 0xdd, 0xee, 0xff}};
  CHECK_TEXT(PrintUuid(kUuid).text, "GPU-00112233-4455-6677-8899-aabbccddeeff");
  CHECK(IsUuid(PrintUuid(kUuid).text));
}

void OnlyThatShapeIsAUuid() {
  CHECK(IsUuid("GPU-00000000-0000-0000-0000-000000000000"));
  CHECK(!IsUuid(""));
  CHECK(!IsUuid("0"));
  CHECK(!IsUuid("00112233-4455-6677-8899-aabbccddeeff"));
  CHECK(!IsUuid("GPU-00112233-4455-6677-8899-aabbccddeef"));
  CHECK(!IsUuid("GPU-00112233-4455-6677-8899-aabbccddeeff0"));
  CHECK(!IsUuid("GPU-00112233-4455-6677-8899-aabbccddeefg"));
  CHECK(!IsUuid("GPU-00112233-4455-6677-8899-AABBCCDDEEFF"));
  CHECK(!IsUuid("GPU-0011223344556677-8899-aabbccddeeff00"));
}

}  // namespace

int main() {
  AUuidIsPrintedAsNvmlDoes();
  OnlyThatShapeIsAUuid();
  return Failures();
}
