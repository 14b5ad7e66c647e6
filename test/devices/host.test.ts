import { arch, release } from "node:os";
import { describe, expect, it } from "vitest";
import { readHostFacts, type HostFacts } from "../../src/devices/host.ts";
import { readHost } from "../support/host-files.ts";

/** The facts of a host with these files. */
async function factsOf(files: Readonly<Record<string, string>>): Promise<HostFacts> {
  return readHost(readHostFacts, files);
}

const X86 = "processor\t: 0\nmodel name\t: AMD EPYC 9654 96-Core Processor\nflags\t\t: fpu sse2";
const ARM = "processor\t: 0\nCPU implementer\t: 0x41\nCPU architecture: 8\nCPU part\t: 0xd4f\n";

const CLOCKS = "sys/devices/system/clocksource/clocksource0/available_clocksource";

/** What DMI says, on a processor that says it is a guest's unless said otherwise. */
function machine(vendor: string, product: string, cpuInfo = `${X86} hypervisor\n`) {
  return {
    "proc/cpuinfo": cpuInfo,
    "sys/class/dmi/id/sys_vendor": `${vendor}\n`,
    "sys/class/dmi/id/product_name": `${product}\n`,
  };
}

describe("the host's facts", () => {
  it("have the distribution as os-release writes it, without its quotes", async () => {
    const text = 'PRETTY_NAME="Debian 12"\nNAME="Debian GNU/Linux"\nID=debian\n';
    expect(await factsOf({ "etc/os-release": text })).toMatchObject({
      distribution: "Debian GNU/Linux",
    });
  });

  it.each([
    ['VERSION="12 (bookworm)"', "12"],
    ['VERSION="24.04.3 LTS (Noble Numbat)"\nVERSION_ID="24.04"', "24.04.3 LTS"],
    ['VERSION_ID="9.4"', "9.4"],
    ["ID=arch", ""],
  ])("have of %j the version %j", async (text, distributionVersion) => {
    expect(await factsOf({ "etc/os-release": text })).toMatchObject({ distributionVersion });
  });

  it.each([
    ["NAME=Fedora", "Fedora"],
    ["NAME='Red Hat'", "Red Hat"],
    [String.raw`NAME="A \"quoted\" name"`, 'A "quoted" name'],
    ["NAME=", ""],
    ["VERSION=1", ""],
  ])("read %s as %s", async (line, distribution) => {
    expect(await factsOf({ "etc/os-release": `${line}\n` })).toMatchObject({ distribution });
  });

  it("look for it in /usr/lib where /etc has none", async () => {
    const facts = await factsOf({ "usr/lib/os-release": "NAME=NixOS\nVERSION_ID=25.05\n" });
    expect(facts).toMatchObject({ distribution: "NixOS", distributionVersion: "25.05" });
  });

  it("have the processor's name, and Arm's numbers where the kernel has no name", async () => {
    const [x86, arm] = [
      await factsOf({ "proc/cpuinfo": X86 }),
      await factsOf({ "proc/cpuinfo": ARM }),
    ];
    expect(x86.cpuModel).toBe("AMD EPYC 9654 96-Core Processor");
    expect(arm.cpuModel).toBe("0x41 0xd4f");
  });

  it("are those of the kernel that runs, and empty where nothing is said", async () => {
    expect(await factsOf({})).toEqual({
      distribution: "",
      distributionVersion: "",
      kernel: release(),
      architecture: arch(),
      cpuModel: "",
      virtualization: "none",
    });
  });
});

describe("virtualization", () => {
  it.each([
    ["Red Hat", "KVM", "kvm"],
    ["OpenStack Foundation", "OpenStack Nova", "kvm"],
    ["Amazon EC2", "p5.48xlarge", "amazon"],
    ["QEMU", "Standard PC (Q35 + ICH9, 2009)", "qemu"],
    ["Google", "Google Compute Engine", "google"],
    ["VMware, Inc.", "VMware7,1", "vmware"],
    ["innotek GmbH", "VirtualBox", "oracle"],
    ["Xen", "HVM domU", "xen"],
    ["Microsoft Corporation", "Virtual Machine", "microsoft"],
    ["Somebody", "Something", "unknown"],
  ])("of a guest of %s, %s is %s", async (vendor, product, virtualization) => {
    expect(await factsOf(machine(vendor, product))).toMatchObject({ virtualization });
  });

  it("is none where the processor knows of no hypervisor, whoever made the machine", async () => {
    const bare = await factsOf(machine("Amazon EC2", "p5.metal-48xl", X86));
    expect(bare.virtualization).toBe("none");
    expect((await factsOf(machine("Supermicro", "SYS-821GE", X86))).virtualization).toBe("none");
  });

  it.each([
    ["tsc kvm-clock acpi_pm", "kvm"],
    ["hyperv_clocksource_tsc_page acpi_pm", "microsoft"],
    ["xen tsc", "xen"],
    ["tsc hpet acpi_pm", "qemu"],
  ])(
    "of a guest of an emulator's machine with the clocks %s is %s",
    async (clocks, virtualization) => {
      const files = { ...machine("QEMU", "Standard PC"), [CLOCKS]: `${clocks}\n` };
      expect(await factsOf(files)).toMatchObject({ virtualization });
    },
  );

  it("is by the clock where there is no DMI", async () => {
    const files = { "proc/cpuinfo": `${X86} hypervisor\n`, [CLOCKS]: "tsc kvm-clock\n" };
    expect(await factsOf(files)).toMatchObject({ virtualization: "kvm" });
  });

  it("is none in the domain of Xen that runs the others", async () => {
    const files = { ...machine("Xen", "HVM domU"), "proc/xen/capabilities": "control_d\n" };
    expect(await factsOf(files)).toMatchObject({ virtualization: "none" });
  });

  it("is that of the device tree on Arm, where there is one", async () => {
    const tree = { "proc/device-tree/hypervisor/compatible": "linux,kvm\0" };
    const facts = await factsOf({ "proc/cpuinfo": ARM, ...tree });
    expect(facts.virtualization).toBe("unknown");
    const clocks = { [CLOCKS]: "arch_sys_counter kvm-clock\n" };
    expect((await factsOf({ "proc/cpuinfo": ARM, ...tree, ...clocks })).virtualization).toBe("kvm");
  });

  it("goes by the maker on Arm otherwise, whose processors do not tell", async () => {
    const [guest, whole, own] = [
      await factsOf(machine("Amazon EC2", "g5g.xlarge", ARM)),
      await factsOf(machine("Amazon EC2", "g5g.metal", ARM)),
      await factsOf(machine("NVIDIA", "GH200", ARM)),
    ];
    expect(guest.virtualization).toBe("amazon");
    expect(whole.virtualization).toBe("none");
    expect(own.virtualization).toBe("none");
  });
});
