#include <cstdlib>
#include <cstring>
#include <string>
#include <vector>

#include "emulator/engine/gpu_identity.h"
#include "emulator/test/check.h"

namespace emulator::test {
namespace {

std::vector<std::string> UuidsOf(const Cuda& cuda) {
  int count = 0;
  CHECK_EQUAL(cuda.cuDeviceGetCount(&count), CUDA_SUCCESS);
  std::vector<std::string> uuids;
  for (int device = 0; device < count; ++device) {
    CUuuid uuid{};
    CHECK_EQUAL(cuda.cuDeviceGetUuid(&uuid, device), CUDA_SUCCESS);
    Uuid bytes{};
    std::memcpy(bytes.data(), uuid.bytes, bytes.size());
    uuids.push_back(UuidText(bytes));
  }
  return uuids;
}

/// Which GPUs, of four with seed 1, a process with this CUDA_VISIBLE_DEVICES sees, as digits;
/// "none" when cuInit finds no device.
std::string Seen(Scene& scene, const std::string& visible, const std::string& more = "") {
  setenv("CUDA_VISIBLE_DEVICES", visible.c_str(), 1);
  scene.Arm("gpus = 4\n" + more);
  const Cuda cuda = scene.LoadCuda();
  const CUresult result = cuda.cuInit(0);
  if (result == CUDA_ERROR_NO_DEVICE) return "none";
  CHECK_EQUAL(result, CUDA_SUCCESS);
  std::string digits;
  for (const std::string& uuid : UuidsOf(cuda)) {
    for (unsigned int gpu = 0; gpu < 4; ++gpu) {
      if (UuidText(UuidOf(1, gpu)) == uuid) digits += std::to_string(gpu);
    }
  }
  return digits;
}

std::string UuidOfGpu(std::uint64_t gpu) {
  return UuidText(UuidOf(1, gpu));
}

void AllAreSeenWithoutTheVariable(Scene& scene) {
  unsetenv("CUDA_VISIBLE_DEVICES");
  scene.Arm("gpus = 16");
  const Cuda cuda = scene.LoadCuda();
  CHECK_EQUAL(cuda.cuInit(0), CUDA_SUCCESS);
  CHECK_EQUAL(UuidsOf(cuda).size(), std::size_t{16});
}

void OrderIsTheVariables(Scene& scene) {
  CHECK_EQUAL(Seen(scene, "2, 0"), "20");
}
void UuidsAreFound(Scene& scene) {
  CHECK_EQUAL(Seen(scene, UuidOfGpu(3) + "," + UuidOfGpu(1)), "31");
}
void ABeginningIsEnough(Scene& scene) {
  CHECK_EQUAL(Seen(scene, UuidOfGpu(2).substr(0, 12)), "2");
}
void AnAmbiguousBeginningIsNothing(Scene& scene) {
  CHECK_EQUAL(Seen(scene, "0,GPU-"), "0");
}
void TheFirstUnknownEndsTheList(Scene& scene) {
  CHECK_EQUAL(Seen(scene, "1,9,0"), "1");
}
void TwiceIsNothing(Scene& scene) {
  CHECK_EQUAL(Seen(scene, "1,1"), "none");
}
void EmptyIsNothing(Scene& scene) {
  CHECK_EQUAL(Seen(scene, ""), "none");
}
void LostAreAbsent(Scene& scene) {
  CHECK_EQUAL(Seen(scene, "0,1", "lost = 0"), "12");
}

void UuidsDependOnTheSeed(Scene&) {
  CHECK_EQUAL(UuidOfGpu(0), UuidText(UuidOf(1, 0)));
  CHECK(UuidOfGpu(0) != UuidOfGpu(1));
  CHECK(UuidOfGpu(0) != UuidText(UuidOf(2, 0)));
  CHECK_EQUAL(UuidOfGpu(0).size(), std::string("GPU-xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx").size());
}

int AttributeOf(const Cuda& cuda, int attribute) {
  int value = -1;
  const auto result =
      cuda.cuDeviceGetAttribute(&value, static_cast<CUdevice_attribute>(attribute), 0);
  return result == CUDA_SUCCESS ? value : -static_cast<int>(result);
}

void AttributesAreTheProfiles(Scene& scene) {
  const Cuda cuda = scene.StartCuda("compute_mode = default\nmps_enabled = yes");
  CHECK_EQUAL(AttributeOf(cuda, CU_DEVICE_ATTRIBUTE_MULTIPROCESSOR_COUNT), 132);
  CHECK_EQUAL(AttributeOf(cuda, CU_DEVICE_ATTRIBUTE_COMPUTE_MODE), 0);
  CHECK_EQUAL(AttributeOf(cuda, CU_DEVICE_ATTRIBUTE_UNIFIED_ADDRESSING), 1);
  CHECK_EQUAL(AttributeOf(cuda, CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MAJOR), 9);
  CHECK_EQUAL(AttributeOf(cuda, CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MINOR), 0);
  CHECK_EQUAL(AttributeOf(cuda, CU_DEVICE_ATTRIBUTE_MPS_ENABLED), 1);
  CHECK_EQUAL(AttributeOf(cuda, 4711), -CUDA_ERROR_INVALID_VALUE);
}

void OldDriversDoNotKnowMps(Scene& scene) {
  const Cuda cuda = scene.StartCuda("mps_enabled = unsupported");
  CHECK_EQUAL(AttributeOf(cuda, CU_DEVICE_ATTRIBUTE_MPS_ENABLED), -CUDA_ERROR_INVALID_VALUE);
}

void TheNameSaysEmulated(Scene& scene) {
  const Cuda cuda = scene.StartCuda("name = Something else");
  char name[64] = {};
  CHECK_EQUAL(cuda.cuDeviceGetName(name, sizeof name, 0), CUDA_SUCCESS);
  CHECK_EQUAL(std::string(name), "EMULATED Something else");
  CHECK_EQUAL(cuda.cuDeviceGetName(name, 9, 0), CUDA_SUCCESS);
  CHECK_EQUAL(std::string(name), "EMULATED");
}

void BusIdsNeedRoom(Scene& scene) {
  const Cuda cuda = scene.StartCuda("gpus = 2");
  char bus_id[13] = {};
  CHECK_EQUAL(cuda.cuDeviceGetPCIBusId(bus_id, sizeof bus_id, 1), CUDA_SUCCESS);
  CHECK_EQUAL(std::string(bus_id), "0000:11:00.0");
  CHECK_EQUAL(cuda.cuDeviceGetPCIBusId(bus_id, 12, 1), CUDA_ERROR_INVALID_VALUE);
}

int CanAccess(const Cuda& cuda, CUdevice device, CUdevice peer) {
  int can = -1;
  CHECK_EQUAL(cuda.cuDeviceCanAccessPeer(&can, device, peer), CUDA_SUCCESS);
  return can;
}

void GpusReachEachOther(Scene& scene) {
  const Cuda cuda = scene.StartCuda("gpus = 2");
  CHECK_EQUAL(CanAccess(cuda, 0, 1), 1);
  CHECK_EQUAL(CanAccess(cuda, 1, 0), 1);
  CHECK_EQUAL(CanAccess(cuda, 1, 1), 0);
  int can = 0;
  CHECK_EQUAL(cuda.cuDeviceCanAccessPeer(&can, 0, 2), CUDA_ERROR_INVALID_DEVICE);
  CHECK_EQUAL(cuda.cuDeviceCanAccessPeer(nullptr, 0, 1), CUDA_ERROR_INVALID_VALUE);
}

}  // namespace
}  // namespace emulator::test

int main(int argc, char** argv) {
  using namespace emulator::test;
  return RunCases(
      argc, argv,
      {
          {"all GPUs are seen where nothing is said", AllAreSeenWithoutTheVariable},
          {"CUDA_VISIBLE_DEVICES gives the order", OrderIsTheVariables},
          {"GPUs are found by UUID", UuidsAreFound},
          {"the beginning of a UUID is enough", ABeginningIsEnough},
          {"but not when two begin so", AnAmbiguousBeginningIsNothing},
          {"the first unknown name ends the list", TheFirstUnknownEndsTheList},
          {"a GPU named twice leaves none", TwiceIsNothing},
          {"an empty list is no device", EmptyIsNothing},
          {"a lost GPU is not counted", LostAreAbsent},
          {"a UUID depends on seed and index alone", UuidsDependOnTheSeed},
          {"attributes are the profile's, unknown ones invalid", AttributesAreTheProfiles},
          {"the MPS attribute may be unknown", OldDriversDoNotKnowMps},
          {"a device's name begins with EMULATED, whatever it is", TheNameSaysEmulated},
          {"a bus id needs room for all of it", BusIdsNeedRoom},
          {"GPUs are peers of each other, and none of itself", GpusReachEachOther},
      });
}
