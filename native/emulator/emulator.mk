# The stand-in libraries and their tests; included by ../Makefile, which says how to compile.

EMULATOR := $(BUILD_DIR)/emulator
EMULATOR_OBJECTS = $(patsubst %.cpp,$(BUILD_DIR)/%.o,$(wildcard $(1)))
EMULATOR_ENGINE := $(call EMULATOR_OBJECTS,emulator/engine/*.cpp emulator/engine/*/*.cpp)
EMULATOR_SHARED := $(EMULATOR_ENGINE) $(call EMULATOR_OBJECTS,emulator/bridge/text.cpp emulator/bridge/version.cpp)
EMULATOR_LIBRARIES := $(EMULATOR)/libcuda.so.1 $(EMULATOR)/libnvidia-ml.so.1
EMULATOR_PROFILES := $(patsubst %,$(BUILD_DIR)/%,$(wildcard emulator/profiles/*.profile))

ALL_TARGETS += $(EMULATOR_LIBRARIES) $(EMULATOR_PROFILES)

# A probe has no libstdc++ of its own, so it is in the libraries, and shown by none of them. They
# stay where they are loaded (nodelete), as the real ones do: their threads may still run.
EMULATOR_LDFLAGS = -shared -static-libstdc++ -static-libgcc -Wl,-z,nodelete \
  -Wl,--version-script=emulator/bridge/exports.map -Wl,-soname,$(@F)

$(EMULATOR)/libcuda.so.1: $(call EMULATOR_OBJECTS,emulator/bridge/cuda_*.cpp)
$(EMULATOR)/libnvidia-ml.so.1: $(call EMULATOR_OBJECTS,emulator/bridge/nvml_*.cpp)
$(EMULATOR_LIBRARIES): $(EMULATOR_SHARED) emulator/bridge/exports.map
	@mkdir -p $(@D)
	$(CXX) $(EMULATOR_LDFLAGS) $(LDFLAGS) -o $@ $(filter %.o,$^) $(LDLIBS)

$(EMULATOR)/profiles/%.profile: emulator/profiles/%.profile
	@mkdir -p $(@D)
	cp $< $@
