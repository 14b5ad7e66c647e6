// function_ipc: what it costs to pass data from one process to another through host memory.
#include "common/options.h"
#include "common/probe.h"
#include "function_ipc/function_producer.h"
#include "transfer/transfer_sample.h"

namespace {

constexpr char kUsage[] =
    "function_ipc --device=GPU-uuid [--mechanism=shm|unix|tcp] [--memory=pinned|pageable] "
    "[--sizes=BYTES,...] [--samples=N] [--peers=GPU-uuid,...] [--libcuda=FILE] "
    "[--libnvidia_ml=FILE]";

}  // namespace

int main(int argc, char** argv) {
  Probe probe("function_ipc");
  Options options(argc, argv);
  FunctionOrder order;
  ReadFunctionOrder(options, order);
  if (!options.Complete(kUsage)) return kUsageExit;
  probe.Start();

  FunctionProducer producer(probe, order);
  FunctionProcess& own = producer.Own();
  probe.Untimed("spawn", [&] { return producer.StartConsumers(); });
  probe.Phase("load_driver", [&] { return own.Load(); });
  probe.Phase("init", [&] { return own.Init(); });
  const Nanoseconds opened_at = ReadClock();
  probe.Phase("context", [&] { return own.Open(order.transfer.gpu); });
  probe.Phase("load_module", [&] { return own.LoadModule(); });
  probe.Phase("allocate", [&] { return producer.Allocate(); });
  probe.Phase("meet", [&] { return producer.Meet(); });
  probe.Phase("measure", [&] { return producer.Measure(); });
  probe.Untimed("measure", [&] { return producer.DescribeLink(); });
  if (producer.Bytes() > 0) probe.Sample("bytes", producer.Bytes());
  probe.Phase("release", [&] { return producer.Release(); });
  // After a failure, too, the result says that all is given back.
  producer.End();
  const Nanoseconds context_time = ReadClock() - opened_at + producer.ConsumersTime();
  probe.Sample("gpu_seconds", InSeconds(context_time));
  return probe.Finish();
}
