# The stand-in libraries and their tests; included by ../Makefile, which says how to compile.

EMULATOR := $(BUILD_DIR)/emulator
EMULATOR_OBJECTS = $(patsubst %.cpp,$(BUILD_DIR)/%.o,$(wildcard $(1)))
EMULATOR_ENGINE := $(call EMULATOR_OBJECTS,emulator/engine/*.cpp emulator/engine/*/*.cpp)
EMULATOR_SHARED := $(EMULATOR_ENGINE) $(call EMULATOR_OBJECTS,emulator/bridge/text.cpp emulator/bridge/version.cpp)
EMULATOR_LIBRARIES := $(EMULATOR)/libcuda.so.1 $(EMULATOR)/libnvidia-ml.so.1
EMULATOR_PROGRAMS := $(EMULATOR)/bin/nvidia-cuda-mps-control $(EMULATOR)/bin/nvidia-cuda-mps-server
EMULATOR_PROFILES := $(patsubst %,$(BUILD_DIR)/%,$(wildcard emulator/profiles/*.profile))

ALL_TARGETS += $(EMULATOR_LIBRARIES) $(EMULATOR_PROGRAMS) $(EMULATOR_PROFILES)

# A probe has no libstdc++ of its own, so it is in the libraries, and shown by none of them. gcc
# links them, because g++ would add libm, which takes half as long to load as a whole real driver. They
# stay where they are loaded (nodelete), as the real ones do: their threads may still run.
# -pthread matters to a glibc before 2.34, and -z defs says so, when linking, if it is not enough.
EMULATOR_LDFLAGS = -shared -pthread -static-libgcc -Wl,-z,defs -Wl,-z,nodelete -Wl,-soname,$(@F) \
  -Wl,--version-script=emulator/bridge/exports.map

$(EMULATOR)/libcuda.so.1: $(call EMULATOR_OBJECTS,emulator/bridge/cuda_*.cpp)
$(EMULATOR)/libnvidia-ml.so.1: $(call EMULATOR_OBJECTS,emulator/bridge/nvml_*.cpp)
$(EMULATOR_LIBRARIES): $(EMULATOR_SHARED) emulator/bridge/exports.map emulator/emulator.mk
	@mkdir -p $(@D)
	$(CC) $(EMULATOR_LDFLAGS) $(LDFLAGS) -o $@ $(filter %.o,$^) -l:libstdc++.a $(LDLIBS)

$(EMULATOR)/bin/nvidia-cuda-mps-control: $(call EMULATOR_OBJECTS,emulator/mps/control/*.cpp)
$(EMULATOR)/bin/nvidia-cuda-mps-server: $(call EMULATOR_OBJECTS,emulator/mps/server/*.cpp)
$(EMULATOR_PROGRAMS): $(call EMULATOR_OBJECTS,emulator/mps/*.cpp) $(EMULATOR_ENGINE) emulator/emulator.mk
	@mkdir -p $(@D)
	$(CC) -pthread -static-libgcc $(LDFLAGS) -o $@ $(filter %.o,$^) -l:libstdc++.a $(LDLIBS)

$(EMULATOR)/profiles/%.profile: emulator/profiles/%.profile
	@mkdir -p $(@D)
	cp $< $@

# Each test is a program that loads the libraries as a probe does; exports_test.sh is the exception.
EMULATOR_TEST_PARTS := $(call EMULATOR_OBJECTS,emulator/test/check.cpp emulator/test/scene.cpp emulator/test/process.cpp \
  emulator/test/mps.cpp emulator/test/peer.cpp) $(EMULATOR_ENGINE)
EMULATOR_TESTS := $(patsubst emulator/test/%_test.cpp,test_emulator_%,$(wildcard emulator/test/*_test.cpp))
TEST_TARGETS += $(EMULATOR_TESTS) test_emulator_exports

$(EMULATOR)/test/%_test: $(BUILD_DIR)/emulator/test/%_test.o $(EMULATOR_TEST_PARTS)
	$(CXX) $(LDFLAGS) -pthread -o $@ $^ $(LDLIBS)

$(EMULATOR_TESTS): test_emulator_%: $(EMULATOR)/test/%_test all
	@test/run.sh emulator_$* $< $(EMULATOR)

test_emulator_exports: emulator/test/exports_test.sh all
	@test/run.sh emulator_exports $< $(EMULATOR)
