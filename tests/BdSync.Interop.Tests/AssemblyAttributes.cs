using System.Runtime.Versioning;
using Xunit.Sdk;
using Xunit.v3;

// Each test starts programs of its own in a folder of its own, and often waits for them; those that measure opt out.
[assembly: Parallelization(Mode = ParallelMode.All, MaxThreads = 4)]

// Loop devices, /proc, signals.
[assembly: SupportedOSPlatform("linux")]
